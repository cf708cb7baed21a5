"""Reading the audit log: what an audit administrator sees of their branch, and whether the chain holds."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from core.kernel import audit
from core.kernel.audit import AuditEntry, Verdict
from core.kernel.i18n import N_
from core.kernel.paging import Page, after, column, write_key
from core.kernel.unit_of_work import UnitOfWork, query

OUTCOMES = {
    "done": N_("Changed"),
    "removed": N_("Removed"),
    "refused": N_("Refused"),
    "viewed": N_("Looked"),
    "revealed": N_("Revealed"),
    "loaded": N_("Loaded"),
    "exported": N_("Exported"),
    "signed in": N_("Signed in"),
    "signed out": N_("Signed out"),
    "signed out everywhere": N_("Signed out of all browsers"),
    "locked": N_("Locked out"),
    "password changed": N_("Password changed"),
    "password reset": N_("Password reset"),
    "code given": N_("Gave a code for the own page"),
    "own page": N_("Opened the own page"),
}


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    """What to look for; empty values do not narrow. Days are whole days of the reader's place."""

    who: str = ""
    about: str = ""
    outcome: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class LogLine:
    """One line of the log as people read it."""

    id: int
    at: datetime
    who: str
    role: str
    permission: str
    outcome: str
    about: str
    reason: str
    area: str
    changes: dict[str, Any] = field(default_factory=dict)


@query("audit.view")
def entries(
    uow: UnitOfWork, wanted: LogFilter, *, start: str | None = None, limit: int = 50
) -> Page[LogLine]:
    """Lines of the actor's branch, newest first."""
    lines = select(AuditEntry)
    lines = lines.where(AuditEntry.who == wanted.who) if wanted.who else lines
    lines = lines.where(AuditEntry.outcome == wanted.outcome) if wanted.outcome else lines
    if wanted.about:
        lines = lines.where(col(AuditEntry.about).startswith(wanted.about, autoescape=True))
    if wanted.first:
        lines = lines.where(col(AuditEntry.at) >= _midnight(wanted.first))
    if wanted.last:
        lines = lines.where(col(AuditEntry.at) < _midnight(wanted.last + timedelta(days=1)))
    rows = uow.session.exec(after(lines, [column(AuditEntry.id)], start, down=True).limit(limit + 1)).all()
    shown = [uow.show(LogLine, row) for row in rows[:limit]]
    return Page(shown, write_key(shown[-1].id) if len(rows) > limit else None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


@query("audit.verify")
def verify(uow: UnitOfWork) -> Verdict:
    """Check the whole chain, also outside the actor's branch: only numbers of lines come back."""
    return audit.verify(uow.office.reader)
