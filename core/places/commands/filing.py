"""What the search box knows of places; written by each command that changes one."""

from collections.abc import Sequence

from core.kernel import search
from core.kernel.unit_of_work import UnitOfWork
from core.places.address import Address
from core.places.models import Area, Building, House, Level
from core.places.queries import records
from core.places.rules import building_address, door, paths_to, short_address


def file_area(uow: UnitOfWork, area: Area, above: Sequence[str], *, born: bool = False) -> None:
    """File an area under its name; `above` are the names from the root down."""
    search.file(uow, "area", area, area.name, " ".join([*above, area.code]), born=born)


def file_building(uow: UnitOfWork, building: Building, where: str, *, born: bool = False) -> None:
    """File a building under its short address; `where` as from `where`."""
    search.file(
        uow, "building", building, short_address(place_of(building)), f"{where} {building.code}", born=born
    )


def file_house(uow: UnitOfWork, house: House, place: Address, where: str, *, born: bool = False) -> None:
    """File a house under its short address; `place` is the address of its building."""
    title = short_address(door(place, house.unit, house.floor, house.room))
    search.file(uow, "house", house, title, f"{where} {house.code}", born=born)


def place_of(building: Building) -> Address:
    """The address of a building from its parts."""
    return building_address(building.road, building.number, building.estate, building.name)


def where(uow: UnitOfWork, grid: str) -> str:
    """The names of the community and the grid."""
    return " ".join(records.names_along(uow, grid)[-2:])


def refile(uow: UnitOfWork, renamed: Area) -> None:
    """File everything again that is found by the name of an area: what stands under it, and in it."""
    areas = records.areas_below(uow, renamed.area)
    kept = records.docs_of(uow, [area.id for area in areas])  # at hand, so that `search.file` looks up none
    names = records.names_of(uow, paths_to(renamed.area))
    for area in areas:
        names[area.area] = area.name
        file_area(uow, area, [names[path] for path in paths_to(area.area)[:-1] if path in names])
    if renamed.level in (Level.COMMUNITY, Level.GRID):
        _refile_doors(uow, renamed.area, names)
    del kept


def _refile_doors(uow: UnitOfWork, path: str, names: dict[str, str]) -> None:
    buildings, houses = records.buildings_in(uow, path), records.houses_in(uow, path)
    kept = records.docs_of(uow, [record.id for record in (*buildings, *houses)])
    places = {building.id: place_of(building) for building in buildings}
    for building in buildings:
        file_building(uow, building, _where(names, building.area))
    for house in houses:
        file_house(uow, house, places[house.building_id], _where(names, house.area))
    del kept


def _where(names: dict[str, str], grid: str) -> str:
    return " ".join([names[path] for path in paths_to(grid) if path in names][-2:])
