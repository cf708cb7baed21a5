"""Doors to live behind, and invented people to live there."""

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest
from sqlmodel import select

from core.kernel.audit import AuditEntry
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.people import commands
from core.places.models import Building, House
from tests.conftest import GRID, UowOf

Door = Callable[..., int]
Someone = Callable[..., int]
TODAY = date.today()
_serial = count(1)


def years_ago(years: int, month: int = 1) -> date:
    """The first day of a month so many years before this year."""
    return date(TODAY.year - years, month, 1)


def citizen(birth: date, serial: int) -> str:
    """An invented identity number of the county 440599, which was never issued; odd serials are men."""
    first = f"440599{birth:%Y%m%d}{serial:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(c) * w for c, w in zip(first, weights, strict=True)) % 11]


@pytest.fixture
def door(uow_of: UowOf) -> Door:
    """Build a house with one room in a grid; gives the number of the room."""

    def build(area: str = GRID, room: str = "") -> int:
        n = next(_serial)
        uow = uow_of("lead", "440599/")
        with uow.running("house.edit"):
            place = {"area": area, "address": f"和平路{n}号", "address_key": f"b{n}"}
            building = uow.add(Building, **place, code=f"B{n:05}", road="和平路", number=str(n))
            values = {"area": area, "building_id": building.id, "room": room or "101", "code": f"H{n:05}"}
            return uow.add(House, **values, address=f"和平路{n}号101室", address_key=f"h{n}").id

    return build


@pytest.fixture
def someone(uow_of: UowOf) -> Someone:
    """File an invented person; what is not said is invented too."""

    def file(name: str = "陈示例", **values: object) -> int:
        uow = values.pop("uow", None) or uow_of()
        where = {} if "house_id" in values or "household_id" in values else {"area": GRID}
        return commands.add_person(uow, **{"name": name, "birth": years_ago(40), **where, **values})

    return file


def log(office: Office, outcome: str = "") -> list[AuditEntry]:
    """The audit log, oldest first, of one outcome when asked."""
    with office.reader.connect() as connection:
        rows = connection.execute(select(AuditEntry).order_by("id")).mappings()
        return [entry for entry in (AuditEntry(**row) for row in rows) if outcome in ("", entry.outcome)]


def residents(uow: UnitOfWork, house_id: int) -> int:
    """The counter of a house."""
    with uow.reading("house.view"):
        return uow.get(House, house_id).residents
