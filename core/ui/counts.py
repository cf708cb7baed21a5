"""Counts of a whole district take a third of a second: they are kept for some minutes, for the same branch, role, line
and language only. A grid or community is counted anew each time."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from core.completeness.queries import counting, fields
from core.components import queries as components
from core.kernel.i18n import language
from core.kernel.unit_of_work import UnitOfWork
from core.organisations import queries as organisations
from core.people import queries as people

T = TypeVar("T")
KEPT_SECONDS = 300
COMMUNITY_DEPTH = 3


def numbers(uow: UnitOfWork, under: str) -> people.Numbers:
    """People, households, categories, ages and tags at and below a path."""
    return _counted("numbers", "person.view", uow, under, lambda: people.numbers(uow, under))


def freshness(uow: UnitOfWork, under: str) -> list[people.FreshLine]:
    """How fresh each grid at and below a path is."""
    return _counted("freshness", "person.view", uow, under, lambda: people.freshness(uow, under))


def of_organisations(uow: UnitOfWork, under: str) -> tuple[organisations.Numbers, dict[str, int]]:
    """Organisations by kind, trade and state at and below a path, and what is to be done among them."""

    def both() -> tuple[organisations.Numbers, dict[str, int]]:
        return organisations.numbers(uow, under), organisations.open_work(uow, under)

    return _counted("organisations", "organisation.count", uow, under, both)


def of_components(uow: UnitOfWork, under: str) -> tuple[components.Numbers, dict[str, int]]:
    """Components by class and state at and below a path, and what is to be done among them."""

    def both() -> tuple[components.Numbers, dict[str, int]]:
        return components.numbers(uow, under), components.open_work(uow, under)

    return _counted("components", "component.count", uow, under, both)


def board(uow: UnitOfWork, under: str) -> counting.Board:
    """How complete and fresh the records of an area and of those below it are."""
    return _counted("board", "completeness.view", uow, under, lambda: counting.board(uow, under))


def field_sheet(uow: UnitOfWork, dataset: str, under: str) -> fields.FieldSheet:
    """How far the fields of a data set are filled."""
    what = f"fields:{dataset}"
    return _counted(what, "completeness.view", uow, under, lambda: fields.field_sheet(uow, dataset, under))


def _counted(what: str, needs: str, uow: UnitOfWork, under: str, count: Callable[[], T]) -> T:
    if under.count("/") >= COMMUNITY_DEPTH:
        return count()
    actor, office = uow.actor, uow.office.settings.url
    uow.require(needs)
    return _kept(what, office, actor.area, (actor.role, actor.line), language.get(), under, count)


@st.cache_data(ttl=KEPT_SECONDS, max_entries=500, show_spinner=False)
def _kept(
    what: str, office: str, area: str, post: tuple[str, str], spoken: str, under: str, _count: Callable[[], T]
) -> T:
    """One answer for everybody of the same branch, role, line and language."""
    return _count()
