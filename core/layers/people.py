"""Residents by category: each building with how many live in it, never who and never behind which door."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.extensions import Choice, Kind, Layer, Section
from core.kernel.hints import unindexed
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.layers import counts_at, kinds_of
from core.people.models import Person, Residence
from core.places import queries
from core.places.models import Building, House

CATEGORY = "person_category"


def rows(_uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each resident, at their building, inside a query."""
    columns: list[Any] = [
        Person.id,
        Person.area,
        Building.cell,
        Building.lon,
        Building.lat,
        col(Person.category).label("kind"),
        col(House.building_id).label("spot"),
    ]
    here = choose(*columns).select_from(Building).join(House, col(House.building_id) == Building.id)
    here = here.join(Residence, (col(Residence.house_id) == House.id) & col(Residence.to_on).is_(None))
    here = here.join(Person, col(Person.id) == Residence.person_id)
    return here.where(col(Building.cell).is_not(None), col(Person.state) == "here")


def tally(_uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """How many by area and category, in the order of an index of people, inside a query."""
    parts = (col(Person.area), col(Person.state), col(Person.category))
    columns: list[Any] = [parts[0], parts[2].label("kind"), func.count().label("number")]
    return choose(*columns).where(unindexed(Person.state) == "here").group_by(*parts)


def legend(_uow: UnitOfWork) -> Sequence[Kind]:
    """The categories, inside a query."""
    return kinds_of(CATEGORY)


def card(uow: UnitOfWork, building_id: int) -> Section:
    """The residents of a building by category, inside a query. Raises Missing."""
    found = queries.building(uow, building_id)
    counts = counts_at(uow, rows(uow, Choice()), building_id)
    facts: dict[str, object] = {_("Residents"): sum(counts.values())}
    facts |= {kind.label: counts[kind.key] for kind in legend(uow) if kind.key in counts}
    return Section(title=found.title, facts=facts)


layer = Layer(
    title=N_("Residents by category"),
    about=N_("How many people live in each building, by category; never who."),
    group="people",
    icon="groups",
    needs="person.view",
    shape="point",
    of=(Person, Residence, House, Building),
    placed=Building,
    rows=rows,
    legend=legend,
    card=card,
    tally=tally,
    opens="building?id={id}",
    from_zoom=16,
    pause=60,
    order=5,
)
