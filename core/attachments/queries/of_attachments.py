"""The photos and documents of a record, and where the content of one lies."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import SQLModel, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from core.attachments.models import Attachment
from core.attachments.rules import MOST, UNDO
from core.kernel.access import Actor
from core.kernel.files import store
from core.kernel.i18n import _
from core.kernel.kinds import KINDS, record_of
from core.kernel.problems import Invalid, Missing
from core.kernel.unit_of_work import UnitOfWork, query


@dataclass(frozen=True)
class Line:
    """A photo or document as a gallery shows it."""

    id: int
    area: str
    version: int
    about_kind: str
    about_id: int
    media: str
    size: int
    name: str
    width: int
    height: int
    pages: int
    kind: str
    is_sensitive: bool
    note: str
    taken_at: datetime | None
    added_at: datetime
    added_by: str
    delete_after: date | None
    removed_at: datetime | None

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown in a page."""
        return self.media.startswith("image/")


@dataclass(frozen=True)
class Stored:
    """What the route that serves it must know."""

    id: int
    digest: str
    media: str
    name: str
    is_sensitive: bool


@query("photo.view")
def gallery(uow: UnitOfWork, about_kind: str, about_id: int | str) -> list[Line]:
    """The photos and documents of a record, oldest first. Raises Missing, Refused for who may not see the record."""
    record = record_of(uow, about_kind, about_id)
    found = _of(about_kind, record.id).where(col(Attachment.removed_at).is_(None))
    return [uow.show(Line, one) for one in uow.session.exec(found)]


@query("photo.edit")
def removed(uow: UnitOfWork, about_kind: str, about_id: int | str) -> list[Line]:
    """The removed ones of a record that can still be put back."""
    record = record_of(uow, about_kind, about_id, to_change=True)
    found = _of(about_kind, record.id).where(col(Attachment.removed_at) > uow.now - UNDO)
    return [uow.show(Line, one) for one in uow.session.exec(found)]


def _of(about_kind: str, about_id: int) -> SelectOfScalar[Attachment]:
    own = (col(Attachment.about_kind) == about_kind) & (col(Attachment.about_id) == about_id)
    return select(Attachment).where(own).order_by(col(Attachment.id))


@query("photo.view")
def attachment(uow: UnitOfWork, attachment_id: int | str) -> Stored:
    """One that is there and whose record the actor may see. Raises Missing or Refused."""
    found = uow.get(Attachment, attachment_id)
    record_of(uow, found.about_kind, found.about_id)
    if found.removed_at is not None:
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    return uow.show(Stored, found)


@query("photo.edit")
def may_keep(uow: UnitOfWork, about_kind: str, about_id: int | str) -> int:
    """How many a record has already, for who may add one. Raises Refused, Missing, Invalid when there are too many."""
    record = record_of(uow, about_kind, about_id, to_change=True)
    own = (col(Attachment.about_kind) == about_kind) & (col(Attachment.about_id) == record.id)
    count = uow.session.exec(select(func.count()).select_from(Attachment).where(own)).one()
    if count >= MOST:
        raise Invalid(_("A record has at most {most} photos and documents.").format(most=MOST))
    return count


def sees(actor: Actor, about_kind: str) -> bool:
    """Whether the role sees photos of this kind of record at all."""
    return about_kind in KINDS and actor.may("photo.view") and actor.may(KINDS[about_kind].view)


def keeps(actor: Actor, about_kind: str) -> bool:
    """Whether the role adds and removes photos of this kind of record."""
    return about_kind in KINDS and actor.may("photo.edit") and actor.may(KINDS[about_kind].edit)


# --- for the night ----------------------------------------------------------------------------------------


@query("photo.purge")
def is_used(uow: UnitOfWork, digest: str) -> bool:
    """Whether anything refers to a stored file, in whatever branch."""
    table = SQLModel.metadata.tables["attachment"]
    asked = select(table.c.id).where(table.c.digest == digest).limit(1)
    return uow.session.connection().execute(asked).first() is not None


@query("photo.purge")
def unused(uow: UnitOfWork) -> tuple[set[str], set[str]]:
    """Digests of files that nothing refers to, and of files that are missing."""
    table = SQLModel.metadata.tables["attachment"]
    known = set(uow.session.connection().execute(select(table.c.digest)).scalars())
    there = store.digests(uow.office)
    return there - known, known - there
