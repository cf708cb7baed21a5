"""What of a person other parts of the product hold that belongs to no domain: pictures, looks, requests, consents."""

from sqlmodel import SQLModel, col, or_, select

from core.attachments.models import Attachment
from core.kernel.access import roles
from core.kernel.audit import AuditEntry
from core.kernel.extensions import Section
from core.kernel.fields import CHINA
from core.kernel.i18n import N_, _
from core.kernel.kinds import KINDS
from core.kernel.log import OUTCOMES
from core.kernel.records import AreaRecord
from core.kernel.session import scoped_kinds
from core.kernel.unit_of_work import UnitOfWork, query
from core.rights.models import SubjectRequest
from core.rights.queries.of_consents import consents

MOST = 1000
LOOKED = (("at", N_("Time")), ("who", N_("Who")), ("what", N_("Outcome")), ("why", N_("Reason")))


@query("subject.export")
def pictures_of(uow: UnitOfWork, person_id: int) -> list[tuple[str, str]]:
    """Name in the archive and digest of each photo or document of a person that was not removed."""
    own = (col(Attachment.about_kind) == "Person") & (col(Attachment.about_id) == person_id)
    found = uow.session.exec(select(Attachment).where(own, col(Attachment.removed_at).is_(None)))
    return [(f"pictures/{one.id}.{'pdf' if one.pages else 'jpg'}", one.digest) for one in found]


def looks_at(uow: UnitOfWork, person_id: int) -> Section:
    """Who looked at a person or changed what is held, newest first, inside a command."""
    lines = select(AuditEntry).where(AuditEntry.about == f"Person/{person_id}")
    rows = uow.session.exec(lines.order_by(col(AuditEntry.id).desc()).limit(MOST))
    cells = [
        (
            {
                "at": f"{row.at.astimezone(CHINA):%Y-%m-%d %H:%M}",
                "who": f"{_(roles()[row.role].title) if row.role in roles() else row.role} {row.who}",
                "what": _(OUTCOMES.get(row.outcome, row.outcome)),
                "why": row.reason,
            },
            "",
        )
        for row in rows
    ]
    return Section(columns=[(name, _(label)) for name, label in LOOKED], rows=cells)


def pictures(uow: UnitOfWork, person_id: int) -> Section | None:
    """The photos and documents by the names they have in the archive, inside a command."""
    rows = [({"name": name}, "") for name, _digest in pictures_of(uow, person_id)]
    return Section(columns=[("name", _("File"))], rows=rows) if rows else None


def agreed(uow: UnitOfWork, person_id: int) -> Section | None:
    """What the person agreed to, inside a command."""
    found = consents(uow, "Person", person_id)
    columns = [("title", _("Text")), ("given", _("Agreed on")), ("withdrawn", _("Withdrawn on"))]
    rows = [
        (
            {"title": f"{one.title} v{one.version_no}", "given": one.given_on, "withdrawn": one.withdrawn_on},
            "",
        )
        for one in found
    ]
    return Section(columns=columns, rows=rows) if rows else None


def asked(uow: UnitOfWork, person_id: int) -> Section | None:
    """What the person asked for and what became of it, inside a command."""
    found = uow.session.exec(select(SubjectRequest).where(SubjectRequest.person_id == person_id))
    columns = [("on", _("Received on")), ("wish", _("What is asked for")), ("answer", _("What was answered"))]
    rows = [
        ({"on": one.received_on, "wish": one.wish, "answer": one.decision or one.refusal}, "")
        for one in found
    ]
    return Section(columns=columns, rows=rows) if rows else None


APART = {"ClaimItem", "Residence", "DeclaredTag", "SubjectRequest", "DuplicatePair"}
"""Kinds that stand in a part of their own, or say nothing about the person."""


def pointing(uow: UnitOfWork, person_id: int) -> list[AreaRecord]:
    """The records of every other kind that name the person, such as register entries, inside a command."""
    found: list[AreaRecord] = []
    for kind in scoped_kinds():
        names = _links(kind)
        if names and kind.__name__ not in APART and _may(uow, kind.__name__):
            named = or_(*(getattr(kind, name) == person_id for name in names))
            found += uow.session.exec(select(kind).where(named).order_by(col(kind.id))).all()
    return found


def _links(kind: type[AreaRecord]) -> list[str]:
    """The fields of a kind of record that point at a person."""
    columns = SQLModel.metadata.tables[str(kind.__tablename__)].columns
    return [c.name for c in columns if any(f.target_fullname == "person.id" for f in c.foreign_keys)]


def _may(uow: UnitOfWork, kind: str) -> bool:
    return kind not in KINDS or uow.actor.may(KINDS[kind].view)
