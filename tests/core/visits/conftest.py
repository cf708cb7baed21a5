"""A small stairwell: three homes with people in them, and those who come to the door."""

from collections.abc import Callable
from datetime import date

import pytest

from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.people.commands import enter_household
from core.people.queries import occupants
from core.places.commands import add_building, add_houses
from core.places.queries import matrix
from tests.conftest import COMMUNITY, GRID, NEXT_GRID

As = Callable[[str], UnitOfWork]
POSTS = {
    "wang": ("grid_worker", GRID, "王晓敏"),
    "xu": ("grid_worker", NEXT_GRID, "许文"),
    "li": ("clerk", COMMUNITY, "李佳纯"),
    "chen": ("lead", COMMUNITY, "陈志伟"),
    "wu": ("analyst", "440599/", "吴思敏"),
}


@pytest.fixture
def as_(office: Office) -> As:
    """Open a unit of work for one of the POSTS."""

    def somebody(login: str) -> UnitOfWork:
        role, area, name = POSTS[login]
        return office.uow(Actor(login, role, area, name=name))

    return somebody


@pytest.fixture
def homes(as_: As) -> list[int]:
    """The three homes of a building with one on each floor, from the ground up; nobody lives in them yet."""
    building = add_building(
        as_("chen"), GRID, "", road="和平路", number="12号", floors=3, lon=116.74, lat=23.27
    )
    add_houses(as_("chen"), building, 1, 3, 1)
    return [cell.house_id for cell in reversed(matrix(as_("chen"), building))]


@pytest.fixture
def couple(as_: As, homes: list[int]) -> tuple[int, int]:
    """A household of two in the first home: the head and the spouse."""
    same = {"birth": date(1980, 5, 1), "no_document_reason": "refused", "residence_kind": "owner"}
    members = [
        {"name": "林示例", "sex": "1", "relation": "02", **same},
        {"name": "黄示例", "sex": "2", "relation": "10", **same},
    ]
    enter_household(as_("wang"), homes[0], members=members)
    head, spouse = occupants(as_("wang"), homes[0])
    return int(head.person_id or 0), int(spouse.person_id or 0)
