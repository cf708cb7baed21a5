"""The first steps where nobody is registered yet: what to do, in which order, and how far it is."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.accounts import queries as accounts
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.places import queries as places
from core.places.models import Level
from core.ui import counts
from core.ui.areas import tree
from core.ui.pieces import card, empty, hint


@dataclass(frozen=True)
class Step:
    """One of the first steps: who sees whether it is done, who does it, on which page, and what it is."""

    seen: str
    done: Callable[[UnitOfWork], bool]
    may: str
    page: str
    title: str


def _has_people(uow: UnitOfWork) -> bool:
    return counts.numbers(uow, uow.actor.area).people > 0


STEPS = (
    Step(
        "account.view",
        lambda uow: any(one.area for one in accounts.accounts(uow)),
        "account.edit",
        "accounts",
        N_("Make the accounts of those who work here"),
    ),
    Step(
        "area.view",
        lambda uow: any(one.level == Level.GRID for one in tree(uow).values()),
        "area.edit",
        "areas",
        N_("Add the grids of the community"),
    ),
    Step(
        "house.view",
        lambda uow: any(places.state_counts(uow).values()),
        "house.edit",
        "building_new",
        N_("Add the first building with its rooms"),
    ),
    Step("person.view", _has_people, "person.edit", "household_new", N_("Enter the first household")),
)


def first_steps(uow: UnitOfWork) -> bool:
    """Show what comes first and what is done of it; False where all is done or nothing of it is for this actor."""
    actor = uow.actor
    if actor.may("person.view") and _has_people(uow):
        return False  # the usual case asks for nothing else
    steps = [(one, one.done(uow)) for one in STEPS if actor.may(one.seen)]
    if not any(actor.may(one.may) and not done for one, done in steps):
        return False
    with card("first_steps", _("Begin here"), "flag"):
        hint(_("There is no data of your area yet. One after the other:"))
        for number, (one, done) in enumerate(steps, 1):
            _line(one, done, number, actor.may(one.may))
    return True


def _line(one: Step, done: bool, number: int, may: bool) -> None:
    """A step: its number or a mark, and the way there for whoever may go it."""
    icon = ":material/check_circle:" if done else f":material/counter_{number}:"
    told = _("done") if done else "" if may else _("somebody else does this")
    label = " · ".join(filter(None, (_(one.title), told)))
    st.page_link(f"pages/{one.page}.py", label=label, icon=icon, disabled=bool(told))


def nothing_found(uow: UnitOfWork, what: str, way: str) -> None:
    """An empty list: the first steps where there is nothing at all, else what to change about the filters."""
    if st.query_params or not first_steps(uow):
        empty(what, way)
