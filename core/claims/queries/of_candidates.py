"""Who may be meant: people of the register who fit what was said, and the households they may join. Inside a query."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from core.claims.models import Claim, ClaimItem
from core.claims.queries import records
from core.claims.rules import ADD, OUT
from core.kernel.crypto import Sealed
from core.kernel.i18n import _
from core.kernel.masking import name_for
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person
from core.people.queries.of_homes import members_of
from core.people.queries.shared import homes
from core.people.queries.told import household_name
from core.people.rules import HEAD

MOST = 5


@dataclass(frozen=True)
class Candidate:
    """Somebody of the register: where they live, and why they may be meant."""

    person_id: int
    name: str
    birth: date
    home: str
    why: str


@dataclass(frozen=True)
class Joinable:
    """A household of this house."""

    household_id: int
    title: str


def candidates(uow: UnitOfWork, claim: Claim, first: ClaimItem, values: Mapping[str, Any]) -> list[Candidate]:
    """People who fit somebody who is said to live here, or by name to have moved out; inside a query."""
    if first.kind == ADD and not first.person_id:
        return list(_fitting(uow, values))[:MOST]
    if first.kind == OUT and not first.person_id:
        said = str(values.get("name") or "")
        around = [person for person, _stay in records.residents(uow, claim.house_id)]
        named = [person for person in around if person.name == said]
        return [_candidate(uow, one, _("Same name") if named else "") for one in named or around]
    return []


def heads(uow: UnitOfWork, person_id: int | None) -> list[Candidate]:
    """Those of whom one must become the head when somebody leaves, inside a query; nobody while the head stays."""
    person = uow.session.get(Person, person_id) if person_id else None
    if person is None or person.household_id is None or person.relation != HEAD:
        return []
    stay = [one for one in members_of(uow, person.household_id) if one.id != person.id]
    return [_candidate(uow, one, "") for one in stay]


def households(uow: UnitOfWork, house_id: int) -> list[Joinable]:
    """The households of a house that somebody may join, inside a query."""
    ids = dict.fromkeys(
        one.household_id for one, _stay in records.residents(uow, house_id) if one.household_id
    )
    return [Joinable(number, household_name(uow, number)) for number in ids]


def _fitting(uow: UnitOfWork, values: Mapping[str, Any]) -> Iterator[Candidate]:
    """By the document number, which is certain; else by name and birth, or by the phone."""
    number, phone = values.get("document_no"), values.get("phone")
    found: dict[int, Candidate] = {}
    if isinstance(number, Sealed):
        found |= _by(uow, _("Same document number"), col(Person.document_no_index) == number.index)
    same = (col(Person.name) == str(values.get("name"))) & (col(Person.birth) == values.get("birth"))
    if not found:
        found |= _by(uow, _("Same name and birth date"), same)
    if isinstance(phone, Sealed):
        found = _by(uow, _("Same phone"), col(Person.phone_index) == phone.index) | found
    yield from sorted(found.values(), key=lambda one: one.why != _("Same document number"))


def _by(uow: UnitOfWork, why: str, fits: Any) -> dict[int, Candidate]:
    asked = select(Person).where(fits, col(Person.state).in_(("here", "away"))).limit(MOST)
    return {one.id: _candidate(uow, one, why) for one in uow.session.exec(asked)}


def _candidate(uow: UnitOfWork, person: Person, why: str) -> Candidate:
    home = homes(uow, [person.id]).get(person.id)
    place = home.address if home else _("no home registered")
    return Candidate(person.id, name_for(uow.actor, person.name), person.birth, place, why)
