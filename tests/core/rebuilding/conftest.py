"""A building of three flats with a family in one, and everybody who has a say in what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.people import commands as people
from core.people import queries as residents
from core.places import commands as places
from core.places.queries import matrix
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.core.people.test_households import family

As = Callable[[str], UnitOfWork]
STREET = "440599/001/"
POSTS = {
    "wang": ("grid_worker", GRID),
    "sun": ("grid_worker", NEXT_GRID),
    "li": ("clerk", COMMUNITY),
    "chen": ("lead", COMMUNITY),
    "lin": ("lead", STREET),
    "gao": ("lead", "440599/"),
    "ge": ("lead", GRID),
    "zhao": ("department", "440599/"),
    "wu": ("analyst", "440599/"),
}


@dataclass(frozen=True)
class Flats:
    """The building, its doors 101, 102 and 201 by number, the family in 101 and its household."""

    building: int
    doors: dict[str, int]
    household: int
    members: list[int]


@pytest.fixture
def as_(office: Office) -> As:
    """Open a unit of work for one of the POSTS."""

    def somebody(login: str) -> UnitOfWork:
        role, area = POSTS[login]
        return office.uow(
            Actor(login, role, area, name=f"{login}某", line="civil" if login == "zhao" else "")
        )

    return somebody


@pytest.fixture
def flats(as_: As) -> Flats:
    """Three doors, and four people behind one of them."""
    uow = as_("li")
    building = places.add_building(uow, GRID, "和平路12号3幢", floors=6)
    for room in ("101", "102", "201"):
        places.add_house(uow, building, room=room, use="11", floor_area=60.0)
    doors = {cell.room: cell.house_id for cell in matrix(uow, building)}
    household = people.enter_household(uow, doors["101"], members=family())
    members = [member.id for member in residents.household(uow, household).members]
    return Flats(building, doors, household, members)
