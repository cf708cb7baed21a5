"""Looking at houses."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, func, select

from core.kernel.codes import codes
from core.kernel.forms import own_values
from core.kernel.paging import Page
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import CLOSED, Building, House
from core.places.queries.of_areas import chain
from core.places.queries.shared import below, page_of
from core.places.rules import building_address, door, short_address


@dataclass(frozen=True, kw_only=True)
class HouseFilter:
    """Which houses; nothing said means all in sight but closed ones. `fresh_before`: not verified since, or never."""

    under: str = ""
    state: str = ""
    use: str = ""
    building_id: int | None = None
    fresh_before: datetime | None = None


@dataclass(frozen=True)
class HouseLine:
    """One house in a list."""

    id: int
    area: str
    building_id: int
    address: str
    code: str
    unit: str
    floor: int
    room: str
    state: str
    use: str
    floor_area: float | None
    residents: int
    verified_at: datetime | None
    own: dict[str, Any]


@dataclass(frozen=True)
class HouseBuilding:
    """What a house page says of the building around it."""

    id: int
    code: str
    address: str
    floors: int
    units: int
    structure: str
    built_year: int | None
    use: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class HouseDetail:
    """One house in full; `chain` is (path, name) down to its grid, `title` its address with blanks, `values` every
    field by its name, also those that the office made for itself."""

    id: int
    version: int
    area: str
    building_id: int
    title: str
    address: str
    code: str
    unit: str
    floor: int
    room: str
    state: str
    use: str
    ownership: str
    floor_area: float | None
    residents: int
    note: str
    verified_at: datetime | None
    verified_by: str
    verified_from: str
    closed_on: date | None
    values: dict[str, Any]
    building: HouseBuilding
    chain: list[tuple[str, str]]


def _conditions(uow: UnitOfWork, wanted: HouseFilter) -> list[ColumnElement[bool]]:
    found = [below(uow, House, wanted.under)]
    found += [col(House.state) == wanted.state] if wanted.state else []
    found += [col(House.use) == wanted.use] if wanted.use else []
    found += [col(House.building_id) == wanted.building_id] if wanted.building_id is not None else []
    if wanted.fresh_before is not None:
        found.append(or_(col(House.verified_at).is_(None), col(House.verified_at) < wanted.fresh_before))
    return found


@query("house.view")
def houses(
    uow: UnitOfWork, wanted: HouseFilter, after: str | None = None, limit: int = 50
) -> Page[HouseLine]:
    """A page of houses by grid and age; `after` is the key that came with the page before."""
    asked, closed = _conditions(uow, wanted), wanted.state == CLOSED
    page = page_of(uow, House, after, limit, lambda house: house, *asked, with_ended=closed)
    own = own_values(uow, page.items)
    return Page([uow.show(HouseLine, one, own=own[one.id]) for one in page.items], page.after)


@query("house.view")
def house(uow: UnitOfWork, house_id: int | str) -> HouseDetail:
    """One house. Raises Missing."""
    return detail_of_house(uow, uow.get(House, house_id))


def detail_of_house(uow: UnitOfWork, found: House) -> HouseDetail:
    """A house with the building around it, inside a query; the house may be one of another day."""
    around = uow.get(Building, found.building_id)
    place = building_address(around.road, around.number, around.estate, around.name)
    title = short_address(door(place, found.unit, found.floor, found.room))
    return uow.show(
        HouseDetail,
        found,
        title=title,
        values=uow.values(found),
        building=uow.show(HouseBuilding, around),
        chain=chain(uow, found.area),
    )


@query("house.view")
def state_counts(uow: UnitOfWork, under: str = "") -> dict[str, int]:
    """State -> number of houses, every state of the code list but closed; one short look into the index for each."""
    counted = select(func.count()).select_from(House).where(below(uow, House, under))
    of = {state: counted.where(House.state == state) for state in codes("house_state") if state != CLOSED}
    return {state: uow.session.exec(wanted).one() for state, wanted in of.items()}
