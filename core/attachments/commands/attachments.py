"""Keeping, captioning, removing photos and documents; opening a sensitive one for a reason."""

from datetime import date, timedelta

from core.attachments.models import Attachment
from core.attachments.rules import IDENTITY, UNDO, file_name, is_sensitive
from core.kernel import grants
from core.kernel.checking import name_of
from core.kernel.files import Checked
from core.kernel.i18n import _
from core.kernel.kinds import record_of
from core.kernel.problems import Invalid, Missing
from core.kernel.unit_of_work import UnitOfWork, command
from core.retention.queries.of_periods import days_of


@command("photo.edit")
def record_attachment(
    uow: UnitOfWork,
    about_kind: str,
    about_id: int | str,
    /,
    *,
    file: Checked,
    digest: str,
    kind: str = "other",
    name: str = "",
    note: str = "",
    sensitive: bool = False,
) -> int:
    """File what was checked and stored already; its number. Raises Refused, Missing, Invalid."""
    record = record_of(uow, about_kind, about_id, to_change=True)
    facts = {
        "area": record.area,
        "about_kind": about_kind,
        "about_id": record.id,
        "digest": digest,
        "media": file.media,
        "size": len(file.data),
        "width": file.width,
        "height": file.height,
        "pages": file.pages,
        "taken_at": file.taken_at,
        "name": file_name(name),
        "kind": kind,
        "note": note,
        "is_sensitive": is_sensitive(about_kind, kind, sensitive),
        "added_at": uow.now,
        "added_by": uow.actor.login,
        "delete_after": _last_day(uow, kind),
    }
    return uow.add(Attachment, **facts).id


def _last_day(uow: UnitOfWork, kind: str) -> date | None:
    """Until when it is kept: a picture of an identity document only until it was compared."""
    return uow.today + timedelta(days=days_of(uow, "identity_pictures")) if kind == IDENTITY else None


@command("photo.edit")
def edit_attachment(
    uow: UnitOfWork, attachment_id: int | str, /, *, seen: int | None, note: str, kind: str, sensitive: bool
) -> None:
    """Change caption, kind and whether it is sensitive; what must be sensitive stays so."""
    found = _mine(uow, attachment_id)
    must = is_sensitive(found.about_kind, kind, sensitive)
    last = found.delete_after or _last_day(uow, kind)
    uow.change(found, seen=seen, note=note, kind=kind, is_sensitive=must, delete_after=last)


@command("photo.edit")
def remove_attachment(uow: UnitOfWork, attachment_id: int | str, reason: str = "") -> None:
    """Take it out of sight; for 30 days it can be put back."""
    uow.because(reason)
    found = _mine(uow, attachment_id)
    uow.change(found, removed_at=found.removed_at or uow.now, removed_by=uow.actor.login)


@command("photo.edit")
def put_back(uow: UnitOfWork, attachment_id: int | str) -> None:
    """Show a removed one again. Raises Missing when its time is over."""
    found = _mine(uow, attachment_id)
    if found.removed_at is not None and found.removed_at <= uow.now - UNDO:
        raise Missing(_("It was removed too long ago."))
    uow.change(found, removed_at=None, removed_by="")


@command("photo.sensitive")
def open_sensitive(uow: UnitOfWork, attachment_id: int | str, reason: str) -> str:
    """Leave to look at a sensitive one for some minutes, for a reason that is written down. Raises Invalid without."""
    found = uow.get(Attachment, attachment_id)
    record = record_of(uow, found.about_kind, found.about_id)
    if len(reason.strip()) < 2:
        raise Invalid(_("Say why you need to see this."), reason=_("Write the reason in a few words."))
    uow.because(reason)
    change: dict[str, list[object]] = {"attachment": [None, found.id]}
    uow.lines.append(uow.line("revealed", about=name_of(record), area=record.area, changes=change))
    return grants.give("attachment", found.id, uow.actor)


@command("photo.purge")
def purge(uow: UnitOfWork, attachment_id: int) -> str:
    """Take one away for good and say the digest of its content, which `taking.clear` then takes away too."""
    found = uow.get(Attachment, attachment_id)
    digest = found.digest
    uow.remove(found)
    return digest


def _mine(uow: UnitOfWork, attachment_id: int | str) -> Attachment:
    """One whose record the actor may change, inside a command."""
    found = uow.get(Attachment, attachment_id)
    record_of(uow, found.about_kind, found.about_id, to_change=True)
    return found
