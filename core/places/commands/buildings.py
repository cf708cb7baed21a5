"""Adding and editing buildings; the addresses of their houses follow."""

from dataclasses import asdict

from core.kernel.fields import CUSTOM
from core.kernel.i18n import _
from core.kernel.paging import column
from core.kernel.problems import Clash, Invalid
from core.kernel.serials import next_serial
from core.kernel.unit_of_work import UnitOfWork, command
from core.places.address import Address, parse_address
from core.places.commands.filing import file_building, file_house, place_of, where
from core.places.commands.giving import give
from core.places.models import Area, Building, GivenCode
from core.places.queries import records
from core.places.rules import building_address, check_standing, door
from core.places.rules.areas import check_editable, polygon

PARTS = ("road", "number", "estate", "name")
EDITABLE = (*PARTS, "floors", "units", "structure", "built_year", "use", "polygon", "lon", "lat", "spot")
WAITING = "待编址"
"""Stands for the road, number and estate of a building that has none yet; its serial is its name meanwhile."""


@command("house.edit")
def add_building(uow: UnitOfWork, /, area: str, address: str = "", **values: object) -> int:
    """File a building in the general grid `area` and return its number.

    The address is a text such as "海滨路12号龙湖苑8幢" or the parts road, number, estate, name; a part
    given wins. Raises Invalid for an address that is none or says a room, Clash for one that is filed
    already, Refused for a grid that is not the actor's.
    """
    check_editable(values, EDITABLE)
    grid = records.own_grid(uow, area)
    place = _place(_parsed(uow, grid, address), values)
    if place.estate == WAITING:
        said = _("This stands for buildings without an address; write the real one.")
        raise Invalid(said, address=said)
    community = records.community_code(uow, grid.area)
    code = _next_code(uow, community)
    return _add(uow, grid, code, {**values, **_address(uow, place, community)})


@command("house.edit")
def add_building_without_address(uow: UnitOfWork, /, area: str, spot: str, **values: object) -> int:
    """File a building that has neither a certificate nor a door number: its serial stands in for the address, and
    `spot` says in words where it is. The code stays when it gets its address. Raises Invalid, Refused.
    """
    check_editable(values, tuple(name for name in EDITABLE if name not in PARTS))
    if len(spot.strip()) < 2:
        said = _("Say in a few words where the building stands.")
        raise Invalid(said, spot=said)
    grid = records.own_grid(uow, area)
    community = records.community_code(uow, grid.area)
    code = _next_code(uow, community)
    place = _address(uow, building_address(estate=WAITING, name=code[-5:]), community)
    return _add(uow, grid, code, {**values, **place, "spot": spot.strip(), "is_provisional": True})


@command("house.edit")
def give_address(uow: UnitOfWork, building_id: int, address: str, seen: int | None = None) -> None:
    """The address of a building in one line; a provisional one has its real one from now on. Raises Invalid, Clash."""
    building = uow.get(Building, building_id)
    place = _parsed(uow, records.grid_of(uow, building.area), address)
    parts = {"road": place.road, "number": place.number, "estate": place.estate, "name": place.building}
    edit_building(uow, building.id, seen, **parts)


def _next_code(uow: UnitOfWork, community: str) -> str:
    """The code of the next building, after all that stand and all that were ever given."""
    return max(next_serial(uow, column(of), community, 5) for of in (Building.code, GivenCode.code))


def _add(uow: UnitOfWork, grid: Area, code: str, facts: dict[str, object]) -> int:
    building = uow.add(Building, **{**_checked(facts), "area": grid.area, "code": code})
    give(uow, building)
    file_building(uow, building, where(uow, grid.area), born=True)
    return building.id


@command("house.edit")
def edit_building(uow: UnitOfWork, /, building_id: int, seen: int | None, **values: object) -> None:
    """Change a building; with its address those of its houses change too. Its code and its grid stay.

    `seen` is the version the person had before them; a newer one raises Clash. Raises Invalid for fewer
    floors than its houses need.
    """
    check_editable(values, EDITABLE)
    building = uow.get(Building, building_id)
    check_standing(building)
    community = records.community_code(uow, building.area)
    place = _place(place_of(building), values)
    _check_floors(uow, building, values)
    facts = {**_checked(values), **_address(uow, place, community, but=building.id)}
    facts["is_provisional"] = building.is_provisional and place.estate == WAITING
    moved = facts["address_key"] != building.address_key or facts["address"] != building.address
    uow.change(building, seen=seen, **facts)
    if moved:
        _readdress(uow, building, community)
    elif any(name.startswith(CUSTOM) for name in values):
        file_building(uow, building, where(uow, building.area))


def _parsed(uow: UnitOfWork, grid: Area, text: str) -> Address:
    """The building's part of an address text; empty for an empty one. Raises Invalid."""
    if not text.strip():
        return Address()
    try:
        address = parse_address(text, strip=records.names_along(uow, grid.area))
    except ValueError as trouble:
        raise Invalid(str(trouble), address=str(trouble)) from trouble
    if address.unit or address.floor or address.room:
        said = _("Write the address of the building only, without unit, floor and room.")
        raise Invalid(said, address=said)
    return address


def _place(now: Address, values: dict[str, object]) -> Address:
    """The address with the parts that were given; `name` is the building's own."""
    parts = {"road": now.road, "number": now.number, "estate": now.estate, "name": now.building}
    return building_address(**{part: str(values.get(part, old) or "") for part, old in parts.items()})


def _address(uow: UnitOfWork, place: Address, community: str, but: int = 0) -> dict[str, object]:
    """The address columns of a building. Raises Clash when another one in sight has the address."""
    key = place.key(community)
    if records.address_taken(uow, Building, [key], but):
        said = _("{address} is filed already; look it up and open it instead.").format(address=place.text())
        raise Clash(said, address=said)
    parts = {name: value for name, value in asdict(place).items() if name in PARTS}
    return {**parts, "name": place.building, "address": place.text(), "address_key": key}


def _checked(values: dict[str, object]) -> dict[str, object]:
    return {**values, "polygon": polygon(values["polygon"])} if "polygon" in values else values


def _check_floors(uow: UnitOfWork, building: Building, values: dict[str, object]) -> None:
    highest = max((house.floor for house in records.houses_of(uow, building.id)), default=1)
    if isinstance(floors := values.get("floors"), int) and floors < highest:
        said = _("There are houses on floor {floor}; there must be as many floors.").format(floor=highest)
        raise Invalid(said, floors=said)


def _readdress(uow: UnitOfWork, building: Building, community: str) -> None:
    """Give the building and its houses their new address, in the register and in the search."""
    place, around = place_of(building), where(uow, building.area)
    houses = records.houses_of(uow, building.id)
    kept = records.docs_of(uow, [house.id for house in houses])  # at hand, so that filing looks up none
    file_building(uow, building, around)
    for house in houses:
        address = door(place, house.unit, house.floor, house.room)
        uow.change(house, address=address.text(), address_key=address.key(community))
        file_house(uow, house, place, around)
    del kept
