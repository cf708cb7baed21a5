"""People with accounts on both sides of the counter, and a resident with facts that both keep."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import select

from core.kernel.access import Actor
from core.kernel.audit import AuditEntry
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.people.commands import add_person
from tests.conftest import COMMUNITY, GRID

As = Callable[..., UnitOfWork]
POSTS = {
    "li": ("clerk", COMMUNITY, "", "李佳纯"),
    "chen": ("lead", COMMUNITY, "", "陈志伟"),
    "wang": ("grid_worker", GRID, "", "王晓敏"),
    "zhao": ("department", "440599/", "civil", "赵文涛"),
    "qian": ("department", "440599/", "civil", "钱一"),
    "he": ("department", "440599/", "health", "何静怡"),
    "luo": ("department", "440599/", "labour", "罗国栋"),
    "wu": ("analyst", "440599/", "", "吴思敏"),
}


@pytest.fixture
def as_(office: Office) -> As:
    """Open a unit of work for one of the POSTS."""

    def somebody(login: str) -> UnitOfWork:
        role, area, line, name = POSTS[login]
        return office.uow(Actor(login, role, area, name=name, line=line))

    office.settings.optional_fields = [
        f"person.{name}" for name in ("marital", "education", "occupation", "workplace", "political")
    ]
    return somebody


@pytest.fixture
def resident(as_: As) -> int:
    """An invented resident with a phone, a marital status and a place of work."""
    facts = {"name": "林示例", "birth": date(1980, 5, 1), "sex": "1", "area": GRID, "phone": "19900000001"}
    more = {"marital": "10", "workplace": "海棠食品厂", "political": "13", "hukou_address": "和平路1号"}
    return add_person(as_("li"), **facts, **more)


def log(office: Office, outcome: str = "done") -> list[AuditEntry]:
    """The audit log of one outcome, oldest first."""
    with office.reader.connect() as connection:
        rows = connection.execute(select(AuditEntry).order_by("id")).mappings()
        return [entry for entry in (AuditEntry(**row) for row in rows) if entry.outcome == outcome]
