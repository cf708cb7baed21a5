"""One door with a label, two people behind it, the texts they are told, and a browser in front of our routes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import server
from core.kernel.access import Actor
from core.kernel.database import Office
from core.labels import commands as labels
from core.labels.models import DoorLabel
from core.people.commands import add_person
from core.places import commands as places
from core.rights import commands as rights
from tests.conftest import COMMUNITY, GRID

HERE = {"origin": "http://testserver"}
WORDS = "我们收集您的姓名和电话，用于社区服务和应急联络，您可以随时更正、删除或者撤回同意。"
NUMBER = "440599199003150015"


@dataclass(frozen=True)
class AtDoor:
    """A label at a door: its token, its number, the house behind it, and what was agreed to."""

    token: str
    label_id: int
    house_id: int
    agreed: int

    def path(self, who: str = "resident", what: str = "") -> str:
        """The address of a page of this door, past the notice."""
        return f"/h/{self.token}/{who}{'/' if what else ''}{what}?agreed={self.agreed}"


Publish = Callable[[str], int]


@pytest.fixture
def publish(office: Office) -> Publish:
    """Publish a consent text; its number."""

    def published(key: str) -> int:
        author = office.uow(Actor("chen", "lead", COMMUNITY))
        facts = {"key": key, "language": "zh_CN", "title": f"{key} 告知书", "text": WORDS, "valid_from": None}
        number = rights.draft_text(author, **facts)
        rights.publish_text(office.uow(Actor("anquan", "security_admin", "440599/")), number)
        return number

    return published


@pytest.fixture
def door(office: Office, publish: Publish) -> AtDoor:
    """A home of two people with a label at its door."""
    lead = office.uow(Actor("chen", "lead", COMMUNITY))
    agreed = publish("collection")
    publish("sensitive")
    building = places.add_building(lead, GRID, "海滨路12号龙湖苑8幢", floors=6)
    house = places.add_house(lead, building, room="301")
    add_person(lead, house_id=house, name="欧阳海棠", document_no=NUMBER, phone="19900001111")
    add_person(lead, house_id=house, name="陈小龙", birth=date(2001, 5, 5), residence_kind="tenant")
    [label] = labels.issue(lead, [house])
    return AtDoor(token_of(office, label), label, house, agreed)


def token_of(office: Office, label: int) -> str:
    """What the QR code of a label holds."""
    with Session(office.reader) as session:
        found = session.get(DoorLabel, label)
        assert found is not None
        return found.token.open()


@pytest.fixture
def phone(office: Office) -> Iterator[TestClient]:
    """A browser without any cookie in front of our routes."""
    app = Starlette(routes=server.routes, middleware=server.middleware)
    with TestClient(app, headers={"accept": "text/html", **HERE}) as client:
        yield client
