"""A street of shops: a building with rooms, and organisations with invented codes of the county 440599."""

from collections.abc import Sequence

from core.demo.numbers import Numbers
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.commands import add_organisation
from core.places.commands import add_building, add_houses
from core.places.queries import matrix
from tests.conftest import GRID

CODES = Numbers()


def code(prefix: str = "91") -> str:
    """A credit code that nobody has yet."""
    return CODES.credit(prefix)


def building(uow: UnitOfWork, grid: str = GRID, address: str = "海滨路12号") -> int:
    """A building of two floors with four rooms each."""
    found = add_building(uow, grid, address, floors=2, units=1)
    add_houses(uow, found, 1, 2, 4, state="vacant")
    return found


def rooms(uow: UnitOfWork, building_id: int) -> Sequence[int]:
    """The houses of the ground floor from left to right."""
    return [cell.house_id for cell in matrix(uow, building_id) if cell.floor == 1]


def shop(uow: UnitOfWork, house_id: int | None = None, **values: object) -> int:
    """An organisation, by default a restaurant of somebody self-employed in a house."""
    facts = {"name": "示例区阿海小吃店", "credit_code": code("92"), "trade": "catering", **values}
    return add_organisation(uow, house_id=house_id, **facts)
