"""Households by freshness: as fresh as the member whom nobody has asked for longest."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal
from sqlalchemy import select as choose
from sqlmodel import col

from core.completeness.declaring import limits
from core.kernel.colours import BAD, GONE, GOOD, WATCH
from core.kernel.extensions import Choice, Kind, Layer, Section
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.layers import counts_at
from core.people.models import Household, Person
from core.places import queries
from core.places.models import Building, House

STATES = {
    "fresh": (N_("verified lately"), GOOD),
    "due": (N_("due soon"), WATCH),
    "stale": (N_("too long ago"), BAD),
    "never": (N_("somebody was never verified"), GONE),
}


def rows(uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each open household, at its building, inside a query."""
    mine = (col(Person.household_id) == Household.id, col(Person.state) == "here")
    kind = choose(_kind(uow)).where(*mine).scalar_subquery()
    columns: list[Any] = [
        Household.id,
        Household.area,
        Building.cell,
        Building.lon,
        Building.lat,
        kind.label("kind"),
        col(House.building_id).label("spot"),
    ]
    here = choose(*columns).select_from(Building).join(House, col(House.building_id) == Building.id)
    here = here.join(Household, col(Household.house_id) == House.id)
    return here.where(col(Household.closed_on).is_(None), col(Building.cell).is_not(None))


def tally(uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """The same with area and freshness alone, from the people at once, inside a query."""
    by_home = (
        choose(func.min(Person.area).label("area"), _kind(uow).label("kind"))
        .where(col(Person.household_id).is_not(None), col(Person.state) == "here")
        .group_by(col(Person.household_id))
        .subquery()
    )
    return choose(by_home.c.area, by_home.c.kind)


def _kind(uow: UnitOfWork) -> ColumnElement[str]:
    """The freshness of several people together: of the one whom nobody has asked for longest."""
    seen = col(Person.verified_at)
    days = limits(uow.office.settings).resident_days
    due, stale = (uow.now - timedelta(days=n) for n in (days // 2, days))
    unseen = func.count(case((seen.is_(None), 1)))
    steps = ((unseen > 0, "never"), (func.min(seen) >= due, "fresh"), (func.min(seen) >= stale, "due"))
    nobody = (func.count() == 0, literal("never"))
    return case(nobody, *((where, literal(state)) for where, state in steps), else_=literal("stale"))


def legend(uow: UnitOfWork) -> Sequence[Kind]:
    """From fresh to never, inside a query."""
    return [Kind(key, _(said), tint) for key, (said, tint) in STATES.items()]


def card(uow: UnitOfWork, building_id: int) -> Section:
    """The households of a building by freshness. Raises Missing."""
    found = queries.building(uow, building_id)
    counts = counts_at(uow, rows(uow, Choice()), building_id)
    facts = {_(said): counts[key] for key, (said, _tint) in STATES.items() if key in counts}
    return Section(title=found.title, facts={_("Households"): sum(counts.values()), **facts})


layer = Layer(
    title=N_("Households by freshness"),
    about=N_("Each household is as fresh as the member whom nobody has asked for longest."),
    group="people",
    icon="update",
    needs="person.view",
    shape="point",
    of=(Person, Household, House, Building),
    placed=Building,
    rows=rows,
    legend=legend,
    card=card,
    tally=tally,
    opens="building?id={id}",
    from_zoom=16,
    pause=60,
    order=10,
)
