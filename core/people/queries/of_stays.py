"""Homes as periods: of a house, of a person, and what was said of one period before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlmodel import col, select

from core.kernel import history
from core.kernel.history import FieldChange
from core.kernel.i18n import _
from core.kernel.masking import name_for
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Person, Residence
from core.people.queries.shared import addresses, seen_people
from core.people.rules import TEMPORARY
from core.places.models import House

SAID = ("kind", "from_on", "to_on", "source")
"""What a statement about a period consists of."""


@dataclass(frozen=True)
class StayLine:
    """Who lived where, from when to when, as what, who says so and who looked last. A person of another area has no
    number and no name, a house of another area no address. `corrected`: something else was said before.
    """

    residence_id: int
    version: int
    area: str
    house_id: int
    address: str
    person_id: int | None
    name: str
    household_id: int | None
    kind: str
    from_on: date | None
    to_on: date | None
    source: str
    verified_at: datetime | None
    verified_by: str
    verified_from: str
    corrected: bool

    @property
    def is_usual(self) -> bool:
        """Whether it is the usual home."""
        return self.kind != TEMPORARY


@dataclass(frozen=True)
class Statement:
    """What was said of a period, by whom and when; `at` is None for what was loaded with the register."""

    at: datetime | None
    who: str
    kind: str
    from_on: date | None
    to_on: date | None
    source: str
    reason: str


@query("person.view")
def house_timeline(uow: UnitOfWork, house_id: int | str) -> list[StayLine]:
    """Everybody who lives or lived in a house: those of now first, then by the day of leaving. Raises Missing."""
    house = uow.get(House, house_id)
    return _told(uow, uow.session.exec(select(Residence).where(Residence.house_id == house.id)).all())


@query("person.view")
def person_timeline(uow: UnitOfWork, person_id: int | str) -> list[StayLine]:
    """Where somebody lives and lived as far as it is in sight, the home of now first. Raises Missing."""
    person = uow.get(Person, person_id)
    return _told(uow, uow.session.exec(select(Residence).where(Residence.person_id == person.id)).all())


@query("person.view")
def stay(uow: UnitOfWork, residence_id: int | str) -> StayLine:
    """One period. Raises Missing."""
    return _told(uow, [uow.get(Residence, residence_id)])[0]


@query("record.history")
def statements(uow: UnitOfWork, residence_id: int | str) -> list[Statement]:
    """What is and was said of a period, newest first. Raises Missing, Refused."""
    uow.require("person.view")
    found = uow.get(Residence, residence_id)
    return list(_versions(found, history.of(uow, found, fields={*SAID, history.BORN})))


def _versions(record: Residence, changes: Iterable[FieldChange]) -> Iterator[Statement]:
    facts = {name: getattr(record, name) for name in SAID}
    for (at, who, reason), group in groupby(changes, key=lambda line: (line.at, line.who, line.reason)):
        yield Statement(at=at, who=who, reason=reason, **facts)
        for change in group:
            if change.field == history.BORN:
                return
            facts[change.field] = history.value_of(Residence, change, "before")
    yield Statement(at=None, who="", reason="", **{**facts, "source": facts["source"] or ""})


def _told(uow: UnitOfWork, stays: Sequence[Residence]) -> list[StayLine]:
    people = seen_people(uow, {each.person_id for each in stays})
    at = addresses(uow, {each.house_id for each in stays})
    corrected = _corrected(uow, [each.id for each in stays])
    lines = [_line(uow, each, people.get(each.person_id), at, each.id in corrected) for each in stays]
    return sorted(lines, key=_place, reverse=True)


def _line(
    uow: UnitOfWork, stay: Residence, person: Person | None, at: dict[int, str], corrected: bool
) -> StayLine:
    return uow.show(
        StayLine,
        stay,
        residence_id=stay.id,
        address=at.get(stay.house_id) or _("a house outside your area"),
        person_id=person.id if person else None,
        name=name_for(uow.actor, person.name) if person else _("A resident of another grid"),
        household_id=person.household_id if person and stay.to_on is None else None,
        corrected=corrected,
    )


def _place(line: StayLine) -> tuple[date, bool, date, int, int]:
    """Later leavers first, usual homes before temporary ones; who came together stands together."""
    return (
        line.to_on or date.max,
        line.is_usual,
        line.from_on or date.min,
        line.household_id or 0,
        -line.residence_id,
    )


def _corrected(uow: UnitOfWork, ids: Sequence[int]) -> set[int]:
    """The periods of which something else was said before; that one ended is no correction."""
    other = col(FieldChange.field).in_(("kind", "from_on")) | (
        (col(FieldChange.field) == "to_on") & col(FieldChange.before).is_not(None)
    )
    asked = select(FieldChange.record_id).where(
        FieldChange.kind == Residence.__name__, col(FieldChange.record_id).in_(ids), other
    )
    return set(uow.session.exec(asked))
