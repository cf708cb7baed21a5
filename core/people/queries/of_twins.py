"""Pairs of records that may be about one person: the list, the comparison of two, and how they are found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as choose
from sqlmodel import col, func, select

from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.masking import name_for
from core.kernel.paging import Page, after, column, write_key
from core.kernel.past import Teller
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.duplicates import OPEN, DuplicatePair
from core.people.models import Person, Residence
from core.people.queries.of_person import PersonDetail, person
from core.people.queries.pointers import references
from core.people.queries.shared import HomeLine, below, homes, rows, seen_people
from core.people.queries.told import PERSON, household_name
from core.people.rules import age_on
from core.people.rules.twins import AGAINST, REASONS, Facts, Pair, pairs
from core.places.queries.of_areas import chain

CHOSEN = tuple(name for name in declared(Person) if name not in ("state", "relation"))
"""Fields of which a merge keeps one of two values."""


@dataclass(frozen=True)
class Reason:
    """Why two records may be about one person, in words; `against`: or why not."""

    code: str
    said: str
    against: bool


@dataclass(frozen=True)
class Twin:
    """One of the two, as a list shows them."""

    id: int
    name: str
    sex: str
    age: int
    state: str
    phone: str | None
    document_no: str | None
    address: str


@dataclass(frozen=True)
class PairLine:
    """A pair in the list; `area` is where both stand."""

    id: int
    area: str
    state: str
    reasons: tuple[Reason, ...]
    one: Twin
    other: Twin
    why: str


@dataclass(frozen=True)
class FieldPair:
    """One field of both: what each says, masked; `same` compares what is behind the masks."""

    name: str
    label: str
    one: str
    other: str
    same: bool


@dataclass(frozen=True)
class PairDetail:
    """Two records side by side. `fields` may be chosen from when merging; `facts` are told only: household, home and
    how much hangs on each."""

    id: int
    area: str
    chain: list[tuple[str, str]]
    state: str
    reasons: tuple[Reason, ...]
    one: PersonDetail
    other: PersonDetail
    fields: list[FieldPair]
    facts: list[FieldPair]
    decided_at: datetime | None
    decided_by: str
    why: str


@dataclass(frozen=True, kw_only=True)
class PairFilter:
    """Which pairs: `state` open, later, different or merged; `reason` a code of rules.twins."""

    under: str = ""
    state: str = OPEN
    reason: str = ""


@query("person.merge")
def pairs_of(
    uow: UnitOfWork, wanted: PairFilter, after_key: str | None = None, limit: int = 50
) -> Page[PairLine]:
    """A page of pairs whose two people are both in the actor's branch, the strongest reasons first."""
    keys = [column(DuplicatePair.weight), column(DuplicatePair.id)]
    asked = after(select(DuplicatePair), keys, after_key, down=True).where(*_conditions(uow, wanted))
    found = uow.session.exec(asked.limit(limit + 1)).all()
    shown = list(found[:limit])
    people = seen_people(uow, {each for pair in shown for each in (pair.person_id, pair.other_id)})
    at = homes(uow, people)
    lines = [_line(uow, pair, people, at) for pair in shown if {pair.person_id, pair.other_id} <= set(people)]
    more = write_key(shown[-1].weight, shown[-1].id) if len(found) > limit else None
    return Page(lines, more)


@query("person.merge")
def pair_count(uow: UnitOfWork, under: str = "") -> int:
    """How many pairs wait for somebody in an area."""
    asked = select(func.count()).select_from(DuplicatePair)
    return uow.session.exec(asked.where(*_conditions(uow, PairFilter(under=under)))).one()


@query("person.merge")
def pair(uow: UnitOfWork, pair_id: int | str) -> PairDetail:
    """Two records side by side. Raises Missing."""
    found = uow.get(DuplicatePair, pair_id)
    one, other = (uow.get(Person, each) for each in (found.person_id, found.other_id))
    return uow.show(
        PairDetail,
        found,
        chain=chain(uow, found.area),
        reasons=reasons_said(found.codes),
        one=person(uow, one.id),
        other=person(uow, other.id),
        fields=_fields(uow, one, other),
        facts=_hanging(uow, one, other),
    )


@query("person.merge")
def pairs_about(uow: UnitOfWork, person_id: int | str) -> list[PairLine]:
    """The open pairs of one person, for the profile. Raises Missing."""
    found = uow.get(Person, person_id)
    about = (col(DuplicatePair.person_id) == found.id) | (col(DuplicatePair.other_id) == found.id)
    lines = uow.session.exec(select(DuplicatePair).where(about, DuplicatePair.state == OPEN)).all()
    people = seen_people(uow, {each for line in lines for each in (line.person_id, line.other_id)})
    at = homes(uow, people)
    return [_line(uow, line, people, at) for line in lines if {line.person_id, line.other_id} <= set(people)]


def reasons_said(codes: Iterable[str]) -> tuple[Reason, ...]:
    """Reasons in words."""
    return tuple(Reason(code, _(REASONS[code][1]), code in AGAINST) for code in codes if code in REASONS)


def _conditions(uow: UnitOfWork, wanted: PairFilter) -> list[ColumnElement[bool]]:
    found: list[Any] = [below(uow, DuplicatePair, wanted.under), DuplicatePair.state == wanted.state]
    found += [col(DuplicatePair.reasons).contains(f" {wanted.reason} ")] if wanted.reason in REASONS else []
    return found


def _line(
    uow: UnitOfWork, found: DuplicatePair, people: dict[int, Person], at: dict[int, HomeLine]
) -> PairLine:
    one, other = (_twin(uow, people[key], at.get(key)) for key in (found.person_id, found.other_id))
    return uow.show(PairLine, found, reasons=reasons_said(found.codes), one=one, other=other)


def _twin(uow: UnitOfWork, somebody: Person, home: HomeLine | None) -> Twin:
    address, age = home.address if home else "", age_on(somebody.birth, date.today())
    return uow.show(Twin, somebody, name=name_for(uow.actor, somebody.name), address=address, age=age)


def _fields(uow: UnitOfWork, one: Person, other: Person) -> list[FieldPair]:
    """Every field the actor may see and one of the two has, in the order of the form."""
    teller = Teller(uow, Person, one.fields_of, PERSON)
    own = sorted({*one.extra, *other.extra})
    values = [(name, getattr(one, name), getattr(other, name)) for name in CHOSEN]
    values += [(name, one.extra.get(name), other.extra.get(name)) for name in own]
    return [
        FieldPair(
            name, teller.label(name), teller.say(name, a), teller.say(name, b), (a or None) == (b or None)
        )
        for name, a, b in values
        if (a or b) and teller.label(name)
    ]


def _hanging(uow: UnitOfWork, one: Person, other: Person) -> list[FieldPair]:
    """Home, household and how many entries hang on each of the two."""
    at = homes(uow, (one.id, other.id))
    a, b = (at[each.id].address if each.id in at else "—" for each in (one, other))
    found = [FieldPair("home", _("Home"), a, b, a == b)]
    a, b = (household_name(uow, each.household_id) for each in (one, other))
    found.append(FieldPair("household", _("Household"), a, b, one.household_id == other.household_id))
    counts = [references(uow, each) for each in (one, other)]
    labels = dict.fromkeys([*counts[0], *counts[1]])
    tied = [(label, *(str(count.get(label, 0)) for count in counts)) for label in labels]
    return found + [FieldPair("", label, a, b, a == b) for label, a, b in tied]


# --- finding ----------------------------------------------------------------------------------------------

COLUMNS: list[Any] = [
    Person.id,
    Person.area,
    Person.name,
    Person.former_name,
    Person.sex,
    Person.birth,
    Person.phone_index,
    Person.document_no_index,
    Person.document_no_tail,
    Person.document_kind,
    Person.household_id,
]
ALIVE = ("here", "away")


@query("duplicates.find")
def find_pairs(
    uow: UnitOfWork, tell: Callable[[float], None] = lambda share: None
) -> dict[Pair, tuple[str, ...]]:
    """Every pair of the whole office with its reasons; a few columns of everybody are read at once. Jobs only."""
    home = dict(rows(uow, choose(*_stay_columns()).where(col(Residence.to_on).is_(None))))
    tell(0.2)
    asked = choose(*COLUMNS).where(col(Person.state).in_(ALIVE)).execution_options(yield_per=5000)
    people = [Facts._make((*row, home.get(row[0]))) for row in uow.session.execute(asked)]
    tell(0.5)
    return pairs(people, lambda share: tell(0.5 + share / 2))


def facts_near(uow: UnitOfWork, somebody: Person, most: int = 300) -> tuple[Facts, Sequence[Facts]]:
    """A person and everybody in sight who shares a birth date, phone, house or last four and name, inside a command."""
    at = homes(uow, [somebody.id]).get(somebody.id)
    house = at.house_id if at else None
    near: dict[int, Any] = {}
    for where in _nearby(somebody, house):
        asked = choose(*COLUMNS).where(where, col(Person.id) != somebody.id, col(Person.state).in_(ALIVE))
        near.update((row[0], row) for row in rows(uow, asked.limit(most)))
    stays = choose(*_stay_columns()).where(col(Residence.person_id).in_(near), col(Residence.to_on).is_(None))
    home = dict(rows(uow, stays))
    mine = Facts._make((*(getattr(somebody, part.key) for part in COLUMNS), house))
    return mine, [Facts._make((*row, home.get(key))) for key, row in near.items()]


def _stay_columns() -> list[Any]:
    return [Residence.person_id, Residence.house_id]


def _nearby(somebody: Person, house: int | None) -> Iterable[ColumnElement[bool]]:
    yield col(Person.birth) == somebody.birth
    if somebody.phone_index:
        yield col(Person.phone_index) == somebody.phone_index
    if somebody.document_no_tail:
        yield (col(Person.name) == somebody.name) & (
            col(Person.document_no_tail) == somebody.document_no_tail
        )
    if house:
        there = select(Residence.person_id).where(Residence.house_id == house, col(Residence.to_on).is_(None))
        yield col(Person.id).in_(there)


def pairs_in_sight(uow: UnitOfWork, person_id: int) -> list[DuplicatePair]:
    """The pairs of a person, whatever was decided, inside a command."""
    about = (col(DuplicatePair.person_id) == person_id) | (col(DuplicatePair.other_id) == person_id)
    return list(uow.session.exec(select(DuplicatePair).where(about)))


def all_pairs(uow: UnitOfWork) -> dict[Pair, DuplicatePair]:
    """Every pair of the office, inside a job's command."""
    return {(one.person_id, one.other_id): one for one in uow.session.exec(select(DuplicatePair))}


def pair_between(uow: UnitOfWork, one: int, other: int) -> DuplicatePair | None:
    """The pair of two people, inside a command."""
    low, high = sorted((one, other))
    asked = select(DuplicatePair).where(DuplicatePair.person_id == low, DuplicatePair.other_id == high)
    return uow.session.exec(asked).first()


def areas_of(uow: UnitOfWork, person_ids: Iterable[int]) -> dict[int, str]:
    """Person -> area of everybody in sight, inside a command."""
    wanted, found = list(person_ids), dict[int, str]()
    for start in range(0, len(wanted), 500):
        some: list[Any] = [Person.id, Person.area]
        found.update(rows(uow, choose(*some).where(col(Person.id).in_(wanted[start : start + 500]))))
    return found
