"""One person in full: facts, homes, and who changed or looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import SQLModel, col, select

from core.kernel.audit import AuditEntry
from core.kernel.checking import name_of
from core.kernel.fields import declared
from core.kernel.i18n import N_, _
from core.kernel.masking import masked, spoken
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import DeclaredTag, Person, Relation, Residence
from core.people.queries.shared import HomeLine, addresses, home_line, homes
from core.people.rules import age_on
from core.people.tags import SEES_SENSITIVE
from core.places.queries.of_areas import chain

TOLD = {"area": N_("Area"), "verified_at": N_("Verified at"), "verified_from": N_("Verified from")}
MOST_LINES = 200
Tie = type[Residence] | type[Relation] | type[DeclaredTag]


@dataclass(frozen=True)
class PersonDetail:
    """One person, masked: `values` has every declared field by its name, sealed ones as they may be shown.

    `address` is the short one of the home, `chain` (path, name) from the root to the grid.
    """

    id: int
    version: int
    area: str
    chain: list[tuple[str, str]]
    values: dict[str, Any]
    age: int
    household_id: int | None
    home: HomeLine | None
    verified_at: datetime | None
    verified_by: str
    verified_from: str

    @property
    def house_id(self) -> int | None:
        """The house of the home."""
        return self.home.house_id if self.home else None

    @property
    def address(self) -> str:
        """The short address of the home; empty when none is known."""
        return self.home.address if self.home else ""


@dataclass(frozen=True)
class TrailLine:
    """One line of a person's history: `what` is an outcome of the audit log, `changes` a sentence."""

    at: datetime
    who: str
    what: str
    reason: str
    changes: str


@query("person.view")
def person(uow: UnitOfWork, person_id: int | str) -> PersonDetail:
    """One person; the look is written down. Raises Missing."""
    found = uow.get(Person, person_id)
    return uow.show(
        PersonDetail,
        found,
        values=uow.values(found),
        age=age_on(found.birth, date.today()),
        home=homes(uow, [found.id]).get(found.id),
        chain=chain(uow, found.area),
    )


@query("person.view")
def residences_of(uow: UnitOfWork, person_id: int | str) -> list[HomeLine]:
    """Where somebody lives and lived as far as it is in sight, the present home first. Raises Missing."""
    found = uow.get(Person, person_id)
    asked = select(Residence).where(Residence.person_id == found.id)
    residences = uow.session.exec(asked.order_by(col(Residence.id).desc())).all()
    at = addresses(uow, (residence.house_id for residence in residences))
    lines = [home_line(residence, at) for residence in residences]
    return sorted(lines, key=lambda line: (line.to_on or date.max, line.from_on or date.min), reverse=True)


@query("record.history")
def trail(uow: UnitOfWork, person_id: int | str) -> list[TrailLine]:
    """Who changed the person, their homes, relations and tags, and who looked; newest first. Raises Missing.

    Whoever may not see people reads which fields changed, not what they say.
    """
    found = uow.get(Person, person_id)
    kinds: list[Tie] = [Residence, Relation, *([DeclaredTag] if uow.actor.may(SEES_SENSITIVE) else [])]
    abouts = [name_of(found), *(name_of(each) for kind in kinds for each in _of(uow, kind, found.id))]
    asked = select(AuditEntry).where(col(AuditEntry.about).in_(abouts)).order_by(col(AuditEntry.id).desc())
    return [_trail_line(uow, entry) for entry in uow.session.exec(asked.limit(MOST_LINES))]


def _of(uow: UnitOfWork, kind: Tie, person_id: int) -> list[AreaRecord]:
    return list(uow.session.exec(select(kind).where(kind.person_id == person_id)))


def _trail_line(uow: UnitOfWork, entry: AuditEntry) -> TrailLine:
    kinds: dict[str, type[SQLModel]] = {k.__name__: k for k in (Person, Residence, Relation, DeclaredTag)}
    kind = kinds[entry.about.partition("/")[0]]
    told = _revealed(entry.changes) if entry.outcome == "revealed" else _told(uow, kind, entry.changes)
    return TrailLine(entry.at, entry.who, entry.outcome, entry.reason, told)


def _revealed(changes: Mapping[str, Any]) -> str:
    known = declared(Person)
    return "、".join(_(known[name].label) for name in changes if name in known)


def _told(uow: UnitOfWork, kind: type[SQLModel], changes: Mapping[str, Any]) -> str:
    """ "Phone changed；Name 陈一 → 陈二", in the reader's language and as masked as the record itself."""
    said = []
    for name, known in declared(kind).items():
        if name not in changes:
            continue
        if known.facts.mask in ("document", "phone") or not uow.actor.may("person.view"):
            said.append(_("{field} changed").format(field=_(known.label)))
            continue
        before, after = (spoken(known, masked(uow.actor, value, known)) for value in changes[name])
        said.append(f"{_(known.label)} {before} → {after}" if before != "—" else f"{_(known.label)} {after}")
    told = TOLD if uow.actor.may("person.view") else {}
    said += [f"{_(label)} {changes[name][1] or '—'}" for name, label in told.items() if name in changes]
    return "；".join(said)
