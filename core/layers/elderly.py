"""Old people who live alone: how many in each building, for those who serve them. Never who, never the door."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, false, func, literal
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.extensions import Choice, Kind, Layer, Section
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person, Residence
from core.people.tags import DERIVED, SEES_SENSITIVE
from core.places import queries
from core.places.models import Building, House

TAG = DERIVED["独居老人"]
KIND, COLOUR = "alone", "#8f4a8c"


def rows(uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each building with how many of them live in it, inside a query; none for a line that does not serve them."""
    place: list[Any] = [Building.id, Building.area, Building.cell, Building.lon, Building.lat]
    number = func.count(col(Person.id)).label("number")
    asked = choose(*place, literal(KIND).label("kind"), col(Building.id).label("spot"), number)
    return (
        asked.select_from(Building)
        .join(House, col(House.building_id) == Building.id)
        .join(Residence, (col(Residence.house_id) == House.id) & col(Residence.to_on).is_(None))
        .join(Person, col(Person.id) == Residence.person_id)
        .where(col(Building.cell).is_not(None), _served(uow))
        .group_by(*place)
    )


def tally(uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each of them with the area alone, inside a query."""
    columns: list[Any] = [Person.area, literal(KIND).label("kind")]
    return choose(*columns).where(_served(uow))


def _served(uow: UnitOfWork) -> Any:
    return TAG.rule(date.today()) if TAG.shown_to(uow.actor) else false()


def legend(_uow: UnitOfWork) -> Sequence[Kind]:
    """One colour, inside a query."""
    return [Kind(KIND, _("Elders living alone"), COLOUR)]


def card(uow: UnitOfWork, building_id: int) -> Section:
    """How many in a building. Raises Missing."""
    found = queries.building(uow, building_id)
    here = rows(uow, Choice()).where(col(Building.id) == building_id).subquery()
    number = uow.session.execute(choose(func.sum(here.c.number))).scalar() or 0
    return Section(title=found.title, facts={_("Elders living alone"): int(number)})


layer = Layer(
    title=N_("Elders living alone"),
    about=N_("How many in each building, by the rule of the service tag; only for those who serve them."),
    group="people",
    icon="elderly",
    needs=SEES_SENSITIVE,
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
    order=20,
)
