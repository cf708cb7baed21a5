"""Two houses and a person, each in a grid, and units of work of the people who meet there."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlmodel import select

from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Person
from core.places.models import House
from tests.conftest import COMMUNITY, GRID, NEXT_GRID

Who = Callable[..., UnitOfWork]


@dataclass(frozen=True)
class Ids:
    """Numbers of a house and a person of the own grid, and of a house of the next one."""

    house: int
    person: int
    next_house: int


@pytest.fixture
def who(town: Office) -> Who:
    """Somebody at work in the town; a clerk of the whole community unless said otherwise."""

    def at_work(login: str = "li", role: str = "clerk", area: str = COMMUNITY) -> UnitOfWork:
        return town.uow(Actor(login, role, area, name="李佳纯", session_id=1))

    return at_work


@query("house.view")
def _some(uow: UnitOfWork, kind: type, area: str) -> int:
    return uow.session.exec(select(kind.id).where(kind.area == area).order_by(kind.id.desc()).limit(1)).one()


@pytest.fixture
def ids(who: Who) -> Ids:
    """The records of the stories."""
    uow = who()
    return Ids(_some(uow, House, GRID), _some(uow, Person, GRID), _some(uow, House, NEXT_GRID))
