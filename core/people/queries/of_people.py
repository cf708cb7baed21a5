"""Pages of people, by whatever filter and in whatever order, at the same cost on the first and the last
page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from core.kernel.forms import own_values
from core.kernel.paging import Page
from core.kernel.search import HAN, matching
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Person
from core.people.queries.keyset import LAST, chosen, key_of, page_ids
from core.people.queries.of_tags import tag_titles, tagged
from core.people.queries.open_work import open_work
from core.people.queries.shared import HomeLine, below, homes, seen_people, sees_all
from core.people.rules import age_on, born_by
from core.people.tags import DECLARED


@dataclass(frozen=True, kw_only=True)
class PeopleFilter:
    """Which people, and in which order; everything empty means all who live in sight, newest first.

    `words` as in the search box; ages in full years, both ends included; `tag` a key of core.people.tags;
    `state` a code of person_state, "" for all; `stale_days`: not verified for so many days, or never;
    `todo` what is open: document (none, and no reason), head (a household without one), tag (one has
    expired); `sort` recent (newest first), name, birth or verified (longest ago first); `down` turns it
    round.
    """

    under: str = ""
    words: str = ""
    category: str = ""
    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None
    tag: str = ""
    state: str = "here"
    stale_days: int | None = None
    todo: str = ""
    sort: str = "recent"
    down: bool = False


@dataclass(frozen=True)
class PersonLine:
    """One person in a list, masked; `address` is the short one of the home, `tags` are names for the
    screen.
    """

    id: int
    name: str
    sex: str
    age: int
    birth: date
    category: str
    state: str
    phone: str | None
    document_no: str | None
    address: str
    house_id: int | None
    area: str
    verified_at: datetime | None
    tags: tuple[str, ...]
    own: dict[str, Any]


@query("person.view")
def people(
    uow: UnitOfWork, wanted: PeopleFilter, after: str | None = None, limit: int = 50
) -> Page[PersonLine]:
    """A page of people; `after` is the key of the page before. Raises Refused for a tag that is not the
    actor's to see.
    """
    order = chosen(wanted.sort, wanted.down)
    where = _conditions(uow, wanted)
    few = len(wanted.words.strip()) > 1 or wanted.todo or wanted.tag in DECLARED
    walk = sees_all(uow, wanted.under) and not few
    found = page_ids(uow, order, where, after, limit + 1, walk=walk)
    people = seen_people(uow, found[:limit])
    shown = [people[each] for each in found[:limit] if each in people]
    more = key_of(order, shown[-1]) if len(found) > limit and shown else None
    return Page(person_lines(uow, shown), more)


@query("person.view")
def find_same(uow: UnitOfWork, name: str, birth: date) -> list[PersonLine]:
    """People of the same name and birth date in the actor's branch: a hint while somebody new is entered."""
    same = select(Person).where(
        Person.name == name.strip(), Person.birth == birth, col(Person.merged_into).is_(None)
    )
    return person_lines(uow, uow.session.exec(same.limit(20)).all())


def person_lines(uow: UnitOfWork, people: Sequence[Person]) -> list[PersonLine]:
    """Records as lines in the same order, inside a query."""
    ids, today = [person.id for person in people], date.today()
    at, tags, own = homes(uow, ids), tag_titles(uow, ids), own_values(uow, people)
    return [_line(uow, one, at.get(one.id), tags[one.id], own[one.id], today) for one in people]


def _line(
    uow: UnitOfWork,
    person: Person,
    home: HomeLine | None,
    tags: tuple[str, ...],
    own: dict[str, Any],
    today: date,
) -> PersonLine:
    return uow.show(
        PersonLine,
        person,
        age=age_on(person.birth, today),
        tags=tags,
        own=own,
        address=home.address if home else "",
        house_id=home.house_id if home else None,
    )


def _conditions(uow: UnitOfWork, wanted: PeopleFilter) -> list[ColumnElement[bool]]:
    plain = {"state": wanted.state, "category": wanted.category, "sex": wanted.sex}
    found: list[Any] = [below(uow, Person, wanted.under)]
    found += [] if wanted.state else [col(Person.state) != "merged"]
    found += [getattr(Person, name) == value for name, value in plain.items() if value]
    found += _ages(wanted, date.today())
    if wanted.stale_days is not None:
        since = uow.now - timedelta(days=wanted.stale_days)
        found.append(or_(col(Person.verified_at).is_(None), col(Person.verified_at) < since))
    found += [tagged(uow, wanted.tag)] if wanted.tag else []
    found += [open_work(uow, wanted.todo)] if wanted.todo else []
    found += [_said(uow, wanted.words.strip())] if wanted.words.strip() else []
    return found


def _said(uow: UnitOfWork, words: str) -> Any:
    """What the words find. A single character is the beginning of a name: a family name stands in every tenth document,
    so the words of all of them are not gone through for it."""
    if len(words) == 1 and HAN.match(words):
        return and_(col(Person.name) >= words, col(Person.name) < words + LAST)
    return matching(uow, words, "person", "person.id")


def _ages(wanted: PeopleFilter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.age_from is not None:
        found.append(col(Person.birth) <= born_by(today, wanted.age_from))
    if wanted.age_to is not None:
        found.append(col(Person.birth) > born_by(today, wanted.age_to + 1))
    return found
