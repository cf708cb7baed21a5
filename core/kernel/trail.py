"""The audit log of one record and what hangs on it, in words: who changed what, who looked, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from core.kernel import custom, lines
from core.kernel.audit import AuditEntry
from core.kernel.checking import name_of
from core.kernel.crypto import Sealed
from core.kernel.fields import Declared, declared
from core.kernel.i18n import N_, _
from core.kernel.masking import masked, spoken
from core.kernel.records import AreaRecord, Extended
from core.kernel.unit_of_work import UnitOfWork

TOLD = {"area": N_("Area"), "verified_at": N_("Verified at"), "verified_from": N_("Verified from")}
DIGEST = "sealed:"
MOST_LINES = 200


@dataclass(frozen=True)
class TrailLine:
    """One line of a record's history: `what` is an outcome of the audit log, `changes` a sentence."""

    at: datetime
    who: str
    what: str
    reason: str
    changes: str


def trail_of(uow: UnitOfWork, records: Sequence[AreaRecord], sees: str) -> list[TrailLine]:
    """The lines about some records, newest first, inside a query.

    Whoever has not the permission `sees` reads which fields changed, not what they say.
    """
    by_name = {name_of(record): record for record in records}
    asked = select(AuditEntry).where(col(AuditEntry.about).in_(by_name)).order_by(col(AuditEntry.id).desc())
    found = uow.session.exec(asked.limit(MOST_LINES))
    return [_line(uow, by_name[entry.about], entry, uow.actor.may(sees)) for entry in found]


def _line(uow: UnitOfWork, record: AreaRecord, entry: AuditEntry, sees: bool) -> TrailLine:
    known = {**declared(type(record))}
    if isinstance(record, Extended):
        known |= custom.own_fields(uow, record.fields_of, record.area)
    if entry.outcome == "revealed":
        said = "、".join(_(known[name].label) for name in entry.changes if name in known)
    else:
        said = _told(uow, known, entry.changes, sees)
    return TrailLine(entry.at, entry.who, entry.outcome, entry.reason, said)


def _told(uow: UnitOfWork, fields: Mapping[str, Declared], changes: Mapping[str, Any], sees: bool) -> str:
    """ "Phone changed；Name 陈一 → 陈二", in the reader's language and as masked as the record itself."""
    shown = {n: k for n, k in fields.items() if n in changes and lines.sees(uow.actor, k.of, n, k)}
    said = [_change(uow, known, changes[name], sees) for name, known in shown.items()]
    more = TOLD if sees else {}
    said += [f"{_(label)} {changes[name][1] or '—'}" for name, label in more.items() if name in changes]
    return "；".join(said)


def _change(uow: UnitOfWork, known: Declared, pair: Sequence[Any], sees: bool) -> str:
    if not sees or known.kind is Sealed or any(str(value).startswith(DIGEST) for value in pair):
        return _("{field} changed").format(field=_(known.label))
    before, after = (spoken(known, masked(uow.actor, value, known)) for value in pair)
    return f"{_(known.label)} {before} → {after}" if before != "—" else f"{_(known.label)} {after}"
