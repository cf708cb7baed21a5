"""A door with a label, the family behind it, and whoever stands in front of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count

import pytest

from core.accounts.door import GATE
from core.claims import commands, queries
from core.claims.forms import ClaimForm, Receipt, Said
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.labels.commands import issue
from core.people import commands as people
from core.people.queries import OccupantLine, occupants
from core.places import commands as places
from core.places.queries import HouseDetail, HouseFilter, house, houses
from core.rights import commands as rights
from tests.conftest import COMMUNITY, GRID, NEXT_GRID

BIRTH = date(1988, 3, 7)
NUMBER = "110101199003077213"


@dataclass(frozen=True)
class Home:
    """A house with a label; `label_id` opens it."""

    office: Office
    house_id: int
    label_id: int
    area: str = GRID

    @property
    def door(self) -> UnitOfWork:
        """Somebody who has scanned the label."""
        return self.office.uow(Actor(f"door/{self.label_id}", "resident", self.area))

    def mark(self, name: str) -> str:
        """What stands for somebody whose family name is so, on the page at the door."""
        return next(
            one.ref for one in queries.doorway(self.door, self.label_id).residents if one.name[0] == name
        )

    def say(self, *items: Said, once: str = "", who: str = "resident", **more: object) -> Receipt:
        """Hand a report in, with every consent."""
        texts = tuple(one.text_id for one in queries.notices(self.door))
        form = ClaimForm(**{"who": who, "items": items, "texts": texts, **more})  # type: ignore[arg-type]
        return commands.hand_in(self.door, self.label_id, form, once=once or f"form-{next(_serial):06}")


_serial = count(1)
Fields = Callable[..., list[int]]


@pytest.fixture
def worker(office: Office) -> UnitOfWork:
    """The worker of the first grid."""
    return office.uow(Actor("wang", "grid_worker", GRID, name="王"))


@pytest.fixture
def gate(office: Office) -> UnitOfWork:
    """Somebody with a receipt and nothing else."""
    return office.uow(GATE)


def at(office: Office, area: str, address: str) -> Home:
    """A house of one door in a grid, with a label."""
    lead = office.uow(Actor("chen", "lead", COMMUNITY, name="陈"))
    building = places.add_building(lead, area, address, floors=1)
    places.add_houses(lead, building, 1, 1, 1)
    [one] = houses(lead, HouseFilter(building_id=building)).items
    [label] = issue(lead, [one.id])
    return Home(office, one.id, label, area)


@pytest.fixture
def home(office: Office, worker: UnitOfWork) -> Home:
    """A family of three: 林 (head), 周 (wife), and 林's son."""
    found = at(office, GRID, "海滨路12号")
    places.edit_house(worker, found.house_id, None, state="owned")
    members = (
        {"name": "林海", "birth": BIRTH, "sex": "1", "phone": "19900000001", "relation": "02"},
        {"name": "周敏", "birth": date(1990, 5, 2), "sex": "2", "relation": "10"},
        {"name": "小海", "birth": date(2015, 5, 2), "sex": "1", "relation": "20"},
    )
    lives = [{**one, "residence_kind": "owner"} for one in members]
    people.enter_household(worker, found.house_id, members=lives)
    return found


@pytest.fixture
def neighbour(office: Office) -> Home:
    """A door of the next grid."""
    return at(office, NEXT_GRID, "礐石路3号")


@pytest.fixture
def notice(office: Office) -> dict[str, int]:
    """Three consent texts in force, by their keys."""
    writer = office.uow(Actor("chen", "lead", "440599/"))
    approver = office.uow(Actor("anquan", "security_admin", "440599/"))
    found = {}
    for key in ("collection", "sensitive", "under14"):
        told = {"title": f"告知书 {key}", "text": "收集什么，用来做什么，保存多久，您的权利。" * 2}
        found[key] = rights.draft_text(writer, key=key, language="zh_CN", valid_from=date(2026, 1, 1), **told)
        rights.publish_text(approver, found[key])
    return found


def fields(uow: UnitOfWork, claim_id: int, *names: str) -> list[int]:
    """The numbers of the fields of a report; only of some names, if said."""
    found = queries.claim(uow, claim_id)
    return [one.id for part in found.parts for one in part.fields if not names or one.name in names]


def living(uow: UnitOfWork, home: Home) -> dict[str, OccupantLine]:
    """Who lives there now, by their names."""
    return {one.name: one for one in occupants(uow, home.house_id)}


def now(uow: UnitOfWork, home: Home) -> HouseDetail:
    """The house as it stands."""
    return house(uow, home.house_id)
