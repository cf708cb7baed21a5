"""The ways of a file in and out, as screens and routes use them: slow work outside, one short command inside."""

from dataclasses import dataclass

from core.attachments import commands, queries
from core.kernel import files, grants
from core.kernel.fields import CHINA
from core.kernel.files import drawing, store
from core.kernel.files.checking import JPEG
from core.kernel.files.documents import stamped
from core.kernel.i18n import _
from core.kernel.problems import Missing, Refused
from core.kernel.unit_of_work import UnitOfWork

PLAIN, BLURRED = ".small", ".blurred"


@dataclass(frozen=True)
class Served:
    """Content for a browser."""

    data: bytes
    media: str
    name: str


def take(
    uow: UnitOfWork,
    about_kind: str,
    about_id: int | str,
    data: bytes,
    *,
    name: str = "",
    kind: str = "other",
    note: str = "",
    sensitive: bool = False,
) -> int:
    """Check a file, store it and attach it to a record; its number.

    Raises Refused or Missing before anything is looked at, Invalid for a file that is not taken, Unavailable: disk.
    """
    queries.may_keep(uow, about_kind, about_id)
    file = files.checked(data)
    digest = files.put(uow.office, file.data)
    facts = {"name": name, "kind": kind, "note": note, "sensitive": sensitive}
    return commands.record_attachment(uow, about_kind, about_id, file=file, digest=digest, **facts)  # type: ignore[arg-type]


def served(uow: UnitOfWork, attachment_id: int | str, *, is_small: bool = False, grant: str = "") -> Served:
    """The content, or its small form, for this actor. A sensitive one needs leave and shows who looks.

    Raises Missing or Refused.
    """
    found = queries.attachment(uow, attachment_id)
    if is_small:
        return Served(_small(uow, found), JPEG, f"{found.name or found.id}")
    data = files.read(uow.office, found.digest)
    if found.is_sensitive:
        if not grants.fits(grant, "attachment", found.id, uow.actor):
            raise Refused(_("Say why you need to see this."))
        data = _marked(uow, found, data)
    return Served(data, found.media, f"{found.name or found.id}")


def _small(uow: UnitOfWork, found: queries.Stored) -> bytes:
    """The thumbnail, made when it is first asked for. Raises Missing for a document."""
    if found.media != JPEG:
        raise Missing(_("A document has no small form."))
    form = BLURRED if found.is_sensitive else PLAIN
    try:
        return store.read(uow.office, found.digest, form)
    except Missing:
        fresh = drawing.small(files.read(uow.office, found.digest), blurred=found.is_sensitive)
        store.keep(uow.office, found.digest, form, fresh)
        return fresh


def _marked(uow: UnitOfWork, found: queries.Stored, data: bytes) -> bytes:
    actor, now = uow.actor, uow.now.astimezone(CHINA)
    words = f"{actor.login} {actor.name} {now:%Y-%m-%d %H:%M}"
    return drawing.watermarked(data, words) if found.media == JPEG else stamped(data, words)


def clear(uow: UnitOfWork, attachment_id: int) -> None:
    """Take one away for good; its content too when nothing else refers to it."""
    digest = commands.purge(uow, attachment_id)
    if not queries.is_used(uow, digest):
        files.drop(uow.office, digest)


def sweep(uow: UnitOfWork) -> int:
    """Take stored files away that nothing refers to, such as those of an add that failed; how many."""
    orphans, _missing = queries.unused(uow)
    return sum(files.drop(uow.office, one) for one in orphans if not queries.is_used(uow, one))
