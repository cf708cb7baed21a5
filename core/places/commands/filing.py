"""What the search box knows of places; written by each command that changes one."""

from collections.abc import Sequence

from core.kernel import search
from core.kernel.unit_of_work import UnitOfWork
from core.places.address import Address
from core.places.models import Area, Building, House, Level
from core.places.queries import records
from core.places.rules import building_address, door, paths_to, short_address


def file_area(uow: UnitOfWork, area: Area, above: Sequence[str]) -> None:
    """File an area under its name; `above` are the names from the root down."""
    search.file(uow, "area", area, area.name, " ".join([*above, area.code]))


def file_building(uow: UnitOfWork, building: Building, where: str) -> None:
    """File a building under its short address; `where` as from `where`."""
    search.file(uow, "building", building, short_address(place_of(building)), f"{where} {building.code}")


def file_house(uow: UnitOfWork, house: House, place: Address, where: str) -> None:
    """File a house under its short address; `place` is the address of its building."""
    title = short_address(door(place, house.unit, house.floor, house.room))
    search.file(uow, "house", house, title, f"{where} {house.code}")


def place_of(building: Building) -> Address:
    """The address of a building from its parts."""
    return building_address(building.road, building.number, building.estate, building.name)


def where(uow: UnitOfWork, grid: str) -> str:
    """The names of the community and the grid."""
    return " ".join(records.names_along(uow, grid)[-2:])


def refile(uow: UnitOfWork, renamed: Area) -> None:
    """File everything again that is found by the name of an area: what stands under it, and in it."""
    kept = records.docs_of(uow, renamed.area)
    names = dict(zip(paths_to(renamed.area)[:-1], records.names_along(uow, renamed.area), strict=False))
    for area in records.areas_below(uow, renamed.area):
        names[area.area] = area.name
        file_area(uow, area, [names[path] for path in paths_to(area.area)[:-1] if path in names])
    if renamed.level in (Level.COMMUNITY, Level.GRID):
        _refile_doors(uow, renamed.area, names)
    del kept


def _refile_doors(uow: UnitOfWork, path: str, names: dict[str, str]) -> None:
    places: dict[int, Address] = {}
    for building in records.buildings_in(uow, path):
        places[building.id] = place_of(building)
        file_building(uow, building, _where(names, building.area))
    for house in records.houses_in(uow, path):
        file_house(uow, house, places[house.building_id], _where(names, house.area))


def _where(names: dict[str, str], grid: str) -> str:
    return " ".join([names[path] for path in paths_to(grid) if path in names][-2:])
