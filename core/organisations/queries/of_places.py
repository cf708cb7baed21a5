"""Organisations from where one stands: of a house on a day, along the ground floor of a building, of a person."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from core.kernel.unit_of_work import UnitOfWork, query
from core.organisations.models import Organisation, Premises, Staff
from core.organisations.queries.shared import OrganisationLine, line_of, seen_organisations
from core.people.models import Person
from core.places.models import Building, House
from core.places.queries import Cell, matrix

REPRESENTS = "legal"
LIVED_IN = ("owned", "rented")


@dataclass(frozen=True)
class TenantLine:
    """An organisation that stands or stood in a house, under the name it had then; of one that is out of sight now
    there is no number."""

    organisation_id: int | None
    name: str
    trade: str
    state: str
    from_on: date | None
    to_on: date | None
    is_overdue: bool


@dataclass(frozen=True)
class Shop:
    """A unit of a ground floor: `state` is open, closed (the last one gave up), vacant, home, or unknown when nobody
    has registered what is in it; with the open organisations in it, or else the last one."""

    house_id: int
    unit: str
    room: str
    state: str
    organisations: list[OrganisationLine]


@dataclass(frozen=True)
class WorkLine:
    """Where somebody works or worked: `post` is a word, or REPRESENTS for the legal representative."""

    organisation_id: int
    area: str
    name: str
    post: str
    state: str
    from_on: date | None
    to_on: date | None


@query("organisation.view")
def of_house(
    uow: UnitOfWork, house_id: int | str, on: date | None = None, *, with_past: bool = False
) -> list[TenantLine]:
    """Which organisations are in a house now, or were there on a day (first and last day count), or ever were: the
    present ones first, then the latest. Raises Missing."""
    house = uow.get(House, house_id)
    when = [] if with_past else _on(on)
    asked = select(Premises).where(Premises.house_id == house.id, *when).order_by(col(Premises.id))
    stays = uow.session.exec(asked).all()
    seen = seen_organisations(uow, (stay.organisation_id for stay in stays))
    lines = [_tenant(uow, stay, seen.get(stay.organisation_id)) for stay in stays]
    return sorted(lines, key=lambda line: line.to_on or date.max, reverse=True)


@query("organisation.view")
def of_building(uow: UnitOfWork, building_id: int | str) -> list[Shop]:
    """The ground floor of a building from left to right, as the rooms are numbered. Raises Missing.

    The ground floor is floor 1, or the lowest above the ground when there is none.
    """
    building = uow.get(Building, building_id)
    cells = [cell for cell in matrix(uow, building.id) if cell.floor > 0]
    lowest = min((cell.floor for cell in cells), default=1)
    ground = [cell for cell in cells if cell.floor == lowest]
    inside: dict[int, list[OrganisationLine]] = {}
    asked = select(Organisation).where(Organisation.building_id == building.id)
    for one in uow.session.exec(asked.order_by(col(Organisation.id))):
        inside.setdefault(one.house_id or 0, []).append(line_of(uow, one))
    return [_shop(cell, inside.get(cell.house_id, [])) for cell in ground]


@query("organisation.view")
def of_person(uow: UnitOfWork, person_id: int | str) -> list[WorkLine]:
    """Where somebody works and worked, and what they represent, as far as it is in sight. Raises Missing."""
    person = uow.get(Person, person_id)
    posts = uow.session.exec(select(Staff).where(Staff.person_id == person.id)).all()
    at = seen_organisations(uow, (post.organisation_id for post in posts))
    lines = [
        _work(at[post.organisation_id], post.post, post.from_on, post.to_on)
        for post in posts
        if post.organisation_id in at
    ]
    led = uow.session.exec(select(Organisation).where(Organisation.legal_person_id == person.id))
    lines += [_work(one, REPRESENTS, one.opened_on, one.closed_on) for one in led]
    return sorted(lines, key=lambda line: (line.to_on or date.max, line.from_on or date.min), reverse=True)


def _on(day: date | None) -> list[ColumnElement[bool]]:
    if day is None:
        return [col(Premises.to_on).is_(None)]
    came, left = col(Premises.from_on), col(Premises.to_on)
    return [or_(came.is_(None), came <= day), or_(left.is_(None), left >= day)]


def _tenant(uow: UnitOfWork, stay: Premises, found: Organisation | None) -> TenantLine:
    """The name is that of the time; trade and state are those of now."""
    line = line_of(uow, found) if found else None
    return TenantLine(
        found.id if found else None,
        stay.name,
        line.trade if line else "",
        line.state if line else "",
        stay.from_on,
        stay.to_on,
        line.is_overdue if line else False,
    )


def _shop(cell: Cell, inside: list[OrganisationLine]) -> Shop:
    trading = [one for one in inside if one.state == "open"]
    return Shop(cell.house_id, cell.unit, cell.room, _state(cell, inside), trading or inside[-1:])


def _state(cell: Cell, inside: list[OrganisationLine]) -> str:
    if any(one.state == "open" for one in inside):
        return "open"
    if cell.state in LIVED_IN:
        return "home"
    return "closed" if inside else "vacant" if cell.state == "vacant" else "unknown"


def _work(at: Organisation, post: str, from_on: date | None, to_on: date | None) -> WorkLine:
    return WorkLine(at.id, at.area, at.name, post, at.state, from_on, to_on)
