"""The visit list of a grid: the homes that are due in the order of a walk, and how far the day is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, func, select

from core.kernel.masking import name_for
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Person, Residence
from core.people.queries.shared import addresses, rows
from core.places.models import Building, House
from core.places.queries.shared import area_at
from core.visits.models import VisitAct
from core.visits.queries.reasons import Due, Why, due_in
from core.visits.rules import DOOR_ACTS, SILENT, Spot, counted, mark, walk


@dataclass(frozen=True)
class DueLine:
    """A home that is due: `people` are the names of those who live there as the actor may see them, `seen` the mark of
    what is filed of it, (`lon`, `lat`) the place of its building."""

    house_id: int
    address: str
    state: str
    people: tuple[str, ...]
    whys: tuple[Why, ...]
    seen: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class DueList:
    """A page of the list: `total` homes are due in the grid, `by_reason` of them for each reason; today `done` homes
    were visited, at `nobody` of them nobody opened. `after` begins the next page."""

    grid: str
    name: str
    lines: tuple[DueLine, ...]
    total: int
    by_reason: dict[str, int]
    done: int
    nobody: int
    after: str | None


Key = tuple[object, ...]


@query("visit.view")
def due_list(
    uow: UnitOfWork, grid: str, reason: str = "", after: str | None = None, limit: int = 25
) -> DueList:
    """The homes due in a grid, along the way round it; `reason` leaves only those due for it. Raises Missing.

    `after` is the house at the end of the page before. It may be done by now: its place on the way stays.
    """
    area = area_at(uow, grid)
    due = due_in(uow, area.area)
    ways = _ways(uow, area.area)
    wanted = [house for house, whys in due.items() if house in ways and _has(whys, reason)]
    start = ways.get(int(after)) if after and after.isdecimal() else None
    order = sorted((h for h in wanted if start is None or ways[h] > start), key=lambda house: ways[house])
    shown, done = order[:limit], _done(uow, area.area)
    return DueList(
        area.area,
        area.name,
        tuple(_lines(uow, shown, due)),
        len(wanted),
        dict(Counter(why.reason for whys in due.values() for why in whys)),
        sum(done.values()),
        done["nobody"],
        str(shown[-1]) if len(order) > limit else None,
    )


def _has(whys: Sequence[Why], reason: str) -> bool:
    return not reason or any(why.reason == reason for why in whys)


def _ways(uow: UnitOfWork, grid: str) -> dict[int, Key]:
    """House -> its place on the way: the turn of its building, then unit, floor and room as a person counts."""
    standing = rows(uow, select(Building.id, Building.lon, Building.lat).where(Building.area == grid))
    spots: list[Spot] = sorted(((row[0], row[1], row[2]) for row in standing), key=lambda spot: spot[0])
    turns = walk(tuple(spots))
    asked = select(House.id, House.building_id, House.unit, House.floor, House.room)  # type: ignore[call-overload]
    found = rows(uow, asked.where(House.area == grid))
    return {i: (turns.get(b, len(turns)), counted(u), f, counted(r), i) for i, b, u, f, r in found}


def _lines(uow: UnitOfWork, shown: Sequence[int], due: Due) -> list[DueLine]:
    at, homes = addresses(uow, shown), residents(uow, shown)
    asked = select(House, Building).where(House.building_id == Building.id, col(House.id).in_(shown))
    found = {house.id: (house, around) for house, around in uow.session.exec(asked)}
    return [_line(uow, *found[number], at[number], homes.get(number, []), due[number]) for number in shown]


def _line(
    uow: UnitOfWork,
    house: House,
    around: Building,
    address: str,
    people: Sequence[Person],
    whys: Sequence[Why],
) -> DueLine:
    names = (
        tuple(name_for(uow.actor, person.name) for person in people) if uow.actor.may("person.view") else ()
    )
    seen = mark_of(house, people)
    return DueLine(house.id, address, house.state, names, tuple(whys), seen, around.lon, around.lat)


def residents(uow: UnitOfWork, house_ids: Sequence[int]) -> Mapping[int, list[Person]]:
    """House -> those who live there now, as far as they are in sight, the longest first; inside a query or command."""
    asked = select(Residence.house_id, Person).where(
        Residence.person_id == Person.id,
        col(Residence.to_on).is_(None),
        col(Residence.house_id).in_(house_ids),
    )
    found: dict[int, list[Person]] = {}
    for house_id, person in uow.session.exec(asked.order_by(col(Residence.id))):
        found.setdefault(house_id, []).append(person)
    return found


def mark_of(house: House, people: Sequence[Person]) -> str:
    """The mark of what is filed of a home; what one actor sees is what is marked for them."""
    return mark([("House", house.id, house.version), *(("Person", one.id, one.version) for one in people)])


def _done(uow: UnitOfWork, grid: str) -> Counter[str]:
    """The homes of a grid visited today by what came of it: "nobody" where that was all."""
    kind, house = col(VisitAct.kind), col(VisitAct.house_id)
    asked = select(house, func.max(kind), func.min(kind)).where(
        VisitAct.area == grid, VisitAct.day == uow.today
    )
    found = rows(uow, asked.where(kind != SILENT).group_by(house))
    return Counter(DOOR_ACTS[1] if low == high == DOOR_ACTS[1] else "done" for _house, high, low in found)
