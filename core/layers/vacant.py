"""Houses that are empty or let: where to knock first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select
from sqlmodel import col

from core.kernel.extensions import Choice, Kind
from core.kernel.hints import unindexed
from core.kernel.i18n import N_
from core.kernel.unit_of_work import UnitOfWork
from core.layers import houses
from core.places.models import House

STATES = ("vacant", "rented")


def rows(uow: UnitOfWork, choice: Choice) -> Select[Any]:
    """The houses that are empty or let, inside a query."""
    return houses.rows(uow, choice).where(unindexed(col(House.state)).in_(STATES))


def tally(uow: UnitOfWork, choice: Choice) -> Select[Any]:
    """The same with their area and state alone, inside a query."""
    return houses.tally(uow, choice).where(unindexed(col(House.state)).in_(STATES))


def legend(uow: UnitOfWork) -> Sequence[Kind]:
    """The two states, inside a query."""
    return [kind for kind in houses.legend(uow) if kind.key in STATES]


layer = replace(
    houses.layer,
    title=N_("Vacant and rented"),
    about=N_("Houses in which nobody lives, and houses that are let."),
    icon="door_front",
    rows=rows,
    legend=legend,
    tally=tally,
    order=30,
)
