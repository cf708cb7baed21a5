"""What the tests of registers share: somebody at work, and values that fit each register."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person
from core.places.models import House
from core.registers import shipped
from tests.conftest import COMMUNITY, GRID

At = Callable[..., UnitOfWork]
NAMES = list(shipped())
TODAY = date.today()
PHONE = "19900004321"


def some(office: Office, kind: type[Any], area: str = GRID, n: int = 0) -> int:
    """The number of the n-th record of a kind in a grid."""
    with office.reader.connect() as connection:
        asked = select(kind.id).where(kind.area == area).order_by(kind.id).offset(n).limit(1)
        return int(connection.execute(asked).scalar() or 0)


@pytest.fixture
def at(town: Office) -> At:
    """Open a unit of work in the invented community."""

    def open_for(role: str = "clerk", area: str = COMMUNITY, login: str = "wang") -> UnitOfWork:
        return town.uow(Actor(login, role, area, name="王"))

    return open_for


def values_of(name: str, office: Office, n: int = 0) -> dict[str, Any]:
    """Good values for an entry of a register; another `n`, another entry."""
    house, person = some(office, House, n=n), some(office, Person, n=n)
    return {
        "rental": {"house_id": house, "landlord": f"林房东{n}", "phone": PHONE, "tenants": 2},
        "fire": {"title": f"海滨路{n}号箱", "kind": "hydrant", "place": "116.7,23.3", "checked_on": TODAY},
        "dog": {"name": f"旺财{n}", "breed": "田园犬", "licence_no": f"犬{n:04}", "house_id": house},
        "volunteer": {"person_id": person, "skills": f"修电器{n}", "hours": 12.5},
        "care": {"person_id": person, "visited_on": TODAY, "needs": f"换灯泡{n}"},
        "vacant": {"house_id": house, "owner": f"陈业主{n}", "since": TODAY - timedelta(days=90)},
    }[name]


def area_of(name: str) -> str:
    """Where an entry is put whose values point at nothing."""
    return GRID if name == "fire" else ""
