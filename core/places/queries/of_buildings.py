"""Looking at buildings, and at the floor by unit matrix (楼盘表) of one."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, func, select

from core.kernel.forms import own_values
from core.kernel.paging import Page
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import Building, House
from core.places.queries.of_areas import chain
from core.places.queries.shared import below, page_of
from core.places.rules import building_address, short_address


@dataclass(frozen=True)
class BuildingLine:
    """One building in a list; `houses` is the number of its rooms."""

    id: int
    area: str
    code: str
    address: str
    floors: int
    units: int
    use: str
    houses: int


@dataclass(frozen=True)
class BuildingDetail:
    """One building in full; `chain` is (path, name) down to its grid, `title` its address with blanks."""

    id: int
    version: int
    area: str
    code: str
    title: str
    address: str
    road: str
    number: str
    estate: str
    name: str
    floors: int
    units: int
    structure: str
    built_year: int | None
    use: str
    polygon: list[Any] | None
    lon: float | None
    lat: float | None
    houses: int
    is_provisional: bool
    spot: str
    closed_on: date | None
    chain: list[tuple[str, str]]
    own: dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """One room of the matrix."""

    house_id: int
    unit: str
    floor: int
    room: str
    state: str
    use: str
    residents: int
    verified_at: datetime | None


@query("house.view")
def building(uow: UnitOfWork, building_id: int | str) -> BuildingDetail:
    """One building. Raises Missing."""
    found = uow.get(Building, building_id)
    title = short_address(building_address(found.road, found.number, found.estate, found.name))
    houses = _houses(uow, [found.id]).get(found.id, 0)
    own = own_values(uow, [found])[found.id]
    return uow.show(BuildingDetail, found, title=title, houses=houses, chain=chain(uow, found.area), own=own)


@query("house.view")
def buildings(
    uow: UnitOfWork, under: str = "", after: str | None = None, limit: int = 50
) -> Page[BuildingLine]:
    """A page of buildings by grid and age; `after` is the key that came with the page before."""
    page = page_of(uow, Building, after, limit, lambda found: found, below(uow, Building, under))
    counts = _houses(uow, [found.id for found in page.items])
    lines = [uow.show(BuildingLine, found, houses=counts.get(found.id, 0)) for found in page.items]
    return Page(lines, page.after)


@query("house.view")
def building_count(uow: UnitOfWork, under: str = "") -> int:
    """How many buildings stand at and below a path."""
    return uow.session.exec(
        select(func.count()).select_from(Building).where(below(uow, Building, under))
    ).one()


@query("house.view")
def matrix(uow: UnitOfWork, building_id: int | str) -> list[Cell]:
    """The rooms of a building, top floor first, then by unit and room as a person counts. Raises Missing."""
    around = uow.get(Building, building_id)
    found = uow.session.exec(select(House).where(House.building_id == around.id))
    cells = [uow.show(Cell, house, house_id=house.id) for house in found]
    return sorted(cells, key=lambda cell: (-cell.floor, _counted(cell.unit), _counted(cell.room)))


def _houses(uow: UnitOfWork, building_ids: list[int]) -> dict[int, int]:
    wanted = col(House.building_id).in_(building_ids)
    counted = select(House.building_id, func.count()).where(wanted).group_by(col(House.building_id))
    return dict(uow.session.exec(counted).all())


def _counted(name: str) -> tuple[tuple[int, str], ...]:
    """2单元 before 10单元: runs of digits as numbers."""
    return tuple((int(run), "") if run.isdecimal() else (-1, run) for run in re.findall(r"\d+|\D+", name))
