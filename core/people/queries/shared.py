"""What the queries on people share; every function here works inside a query or command."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case
from sqlmodel import col, select

from core.kernel.i18n import _
from core.kernel.records import AreaRecord
from core.kernel.session import ENDED
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person, Residence
from core.people.rules import TEMPORARY
from core.places.models import Building, House
from core.places.rules import building_address, door, short_address, span

AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class HomeLine:
    """Where somebody lives or lived: `address` is the short one, `area` the grid of the house; `source` is who said so,
    a code of `sources`, and the rest the newest look at it."""

    residence_id: int
    house_id: int
    address: str
    area: str
    kind: str
    from_on: date | None
    to_on: date | None
    source: str = ""
    verified_at: datetime | None = None
    verified_by: str = ""
    verified_from: str = ""


def rows(uow: UnitOfWork, statement: AnySelect, **values: object) -> Sequence[Any]:
    """The rows of a statement with any number of columns; inside a query, narrowed to the branch like
    every other.
    """
    return uow.session.execute(statement, values).all()


def below(uow: UnitOfWork, kind: type[AreaRecord], under: str) -> ColumnElement[bool]:
    """Records at and below a path inside a query; a path above the actor's own means the actor's own
    branch.
    """
    low, high = span(uow.actor.area if uow.actor.area.startswith(under) else under)
    return (col(kind.area) >= low) & (col(kind.area) < high)


def sees_all(uow: UnitOfWork, under: str) -> bool:
    """Whether the actor looks at the whole office, inside a query: then an order is walked, not an area
    collected.
    """
    return not uow.actor.ancestors and uow.actor.area.startswith(under)


def addresses(uow: UnitOfWork, house_ids: Iterable[int]) -> dict[int, str]:
    """House -> short address such as 和平路 12 号 501室, inside a query; houses out of sight are left out, closed ones
    are not, for people lived there."""
    wanted = select(House, Building).where(
        House.building_id == Building.id, col(House.id).in_(set(house_ids))
    )
    wanted = wanted.execution_options(**ENDED)
    return {house.id: _short(house, building) for house, building in uow.session.exec(wanted)}


def _short(house: House, building: Building) -> str:
    place = building_address(building.road, building.number, building.estate, building.name)
    short = short_address(door(place, house.unit, house.floor, house.room))
    return _("{address} (closed)").format(address=short) if house.closed_on else short


def homes(uow: UnitOfWork, person_ids: Iterable[int]) -> dict[int, HomeLine]:
    """Person -> the home now, inside a query: the usual one, else the newest temporary one."""
    wanted = select(Residence).where(
        col(Residence.person_id).in_(set(person_ids)), col(Residence.to_on).is_(None)
    )
    usual = case((col(Residence.kind) == TEMPORARY, 0), else_=1)
    found = uow.session.exec(wanted.order_by(usual, col(Residence.id))).all()
    at = addresses(uow, (residence.house_id for residence in found))
    return {residence.person_id: home_line(residence, at) for residence in found}


def home_line(residence: Residence, at: dict[int, str]) -> HomeLine:
    """A residence as a plain line; `at` holds the addresses of the houses."""
    return HomeLine(
        residence.id,
        residence.house_id,
        at.get(residence.house_id, ""),
        residence.area,
        residence.kind,
        residence.from_on,
        residence.to_on,
        residence.source,
        residence.verified_at,
        residence.verified_by,
        residence.verified_from,
    )


def seen_people(uow: UnitOfWork, person_ids: Iterable[int]) -> dict[int, Person]:
    """Those of the people who are in sight, by their number, inside a query."""
    found = uow.session.exec(select(Person).where(col(Person.id).in_(set(person_ids))))
    return {person.id: person for person in found}
