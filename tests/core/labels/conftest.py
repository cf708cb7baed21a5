"""A building of eight doors in the first grid, one shop in the next, and people who work there."""

from collections.abc import Callable

import pytest

from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.places import commands as places
from core.places.queries import HouseFilter, houses
from tests.conftest import COMMUNITY, GRID, NEXT_GRID

As = Callable[[str, str], UnitOfWork]


@pytest.fixture
def uow(office: Office) -> UnitOfWork:
    """The lead of the community."""
    return office.uow(Actor("chen", "lead", COMMUNITY, name="陈"))


@pytest.fixture
def worker(office: Office) -> UnitOfWork:
    """The worker of the first grid."""
    return office.uow(Actor("wang", "grid_worker", GRID, name="王"))


@pytest.fixture
def doors(uow: UnitOfWork) -> list[int]:
    """The houses of 海滨路12号龙湖苑8幢, two units of two floors with two rooms."""
    building = places.add_building(uow, GRID, "海滨路12号龙湖苑8幢", floors=2, units=2)
    places.add_houses(uow, building, 2, 2, 2)
    return sorted(one.id for one in houses(uow, HouseFilter(building_id=building)).items)


@pytest.fixture
def shop(uow: UnitOfWork) -> int:
    """A shop in the next grid."""
    building = places.add_building(uow, NEXT_GRID, "礐石路3号", floors=1)
    return places.add_house(uow, building, room="1铺")
