"""A town with people at home, a clerk who prints codes, and the way in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlmodel import select

from core.accounts import door
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person, Residence
from core.selfservice import commands, queries
from tests.conftest import COMMUNITY, GRID

Who = Callable[..., UnitOfWork]


@pytest.fixture
def who(town: Office) -> Who:
    """Somebody at work in the town; a clerk unless said otherwise."""

    def at_work(login: str = "li", role: str = "clerk", area: str = COMMUNITY) -> UnitOfWork:
        return town.uow(Actor(login, role, area))

    return at_work


@dataclass(frozen=True)
class Somebody:
    """A grown person with a home and a phone."""

    id: int
    house_id: int
    phone: str
    document: str
    name: str


@pytest.fixture
def people(town: Office) -> list[Somebody]:
    """Grown people of the first grid whose phone nobody else in their house has, in order."""
    with town.reader.connect() as connection:
        rows = connection.execute(
            select(
                Person.id,
                Residence.house_id,
                Person.phone,
                Person.document_no,
                Person.name,
                Person.phone_index,
            )
            .join(Residence, Residence.person_id == Person.id)
            .where(
                Person.area == GRID,
                Person.state == "here",
                Person.phone_index.is_not(None),
                Person.document_no_index.is_not(None),
                Person.birth < date(1990, 1, 1),
                Residence.to_on.is_(None),
            )
            .order_by(Person.id)
        ).all()
    shared = [(row[1], row[5]) for row in rows]
    alone = [row for row in rows if shared.count((row[1], row[5])) == 1]
    return [Somebody(r[0], r[1], r[2].open(), r[3].open(), r[4]) for r in alone]


@pytest.fixture
def inside(town: Office, who: Who) -> Callable[[int], UnitOfWork]:
    """Somebody at their own page, by a printed code."""

    def come_in(person_id: int) -> UnitOfWork:
        slip = commands.give_code(who(), person_id, seen_document=True)
        entry = commands.enter(door.gate(), slip.code, slip=slip.number)
        found = queries.guest(door.gate(), entry.token)
        assert found is not None
        return town.uow(found.actor)

    return come_in
