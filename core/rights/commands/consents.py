"""Writing and publishing consent texts; recording and withdrawing consents."""

from datetime import date

from core.kernel.i18n import LANGUAGES, _
from core.kernel.kinds import record_of
from core.kernel.problems import Clash, Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork, command
from core.rights.models import Consent, ConsentText
from core.rights.queries.records import newest_version
from core.rights.rules import digest


@command("consent.edit")
def draft_text(
    uow: UnitOfWork, /, *, key: str, language: str, title: str, text: str, valid_from: date | None
) -> int:
    """Begin the next version of a text; its number. Raises Invalid, Clash while a draft of it waits."""
    if language not in LANGUAGES:
        raise Invalid(_("This language is not spoken here."))
    last = newest_version(uow, key, language)
    if last and last.approved_at is None:
        raise Clash(_("A draft of this text waits already; correct that one."))
    number = last.version_no + 1 if last else 1
    facts = {"key": key, "language": language, "title": title, "text": text, "valid_from": valid_from}
    return uow.add(ConsentText, area=uow.actor.area, version_no=number, made_by=uow.actor.login, **facts).id


@command("consent.edit")
def edit_text(
    uow: UnitOfWork, text_id: int, /, *, seen: int | None, title: str, text: str, valid_from: date | None
) -> None:
    """Correct a draft. Raises Clash for a published one: people agreed to what it says."""
    found = _draft(uow, text_id)
    uow.change(found, seen=seen, title=title, text=text, valid_from=valid_from, made_by=uow.actor.login)


@command("consent.approve")
def publish_text(uow: UnitOfWork, text_id: int) -> None:
    """Approve a draft: from its day on it is the text in force, and never changes. Raises Refused for its author."""
    found = _draft(uow, text_id)
    if found.made_by == uow.actor.login:
        raise Refused(_("Nobody approves a text that they wrote."))
    found.approved_by, found.approved_at = uow.actor.login, uow.now
    uow.change(found, valid_from=found.valid_from or uow.today, digest=digest(found.title, found.text))


@command("consent.record")
def record_consent(
    uow: UnitOfWork, about_kind: str, about_id: int | str, /, *, text_id: int, given_on: date, channel: str
) -> int:
    """Somebody agreed to a published version; the number of the consent. Raises Missing, Invalid."""
    record = record_of(uow, about_kind, about_id)
    text = uow.get(ConsentText, text_id)
    if text.approved_at is None:
        raise Invalid(_("This text is not published yet; nobody can agree to it."))
    facts = {"about_kind": about_kind, "about_id": record.id, "text_id": text.id, "given_on": given_on}
    return uow.add(Consent, area=record.area, **facts, channel=channel, recorded_by=uow.actor.login).id


@command("consent.record")
def withdraw_consent(uow: UnitOfWork, consent_id: int, reason: str = "") -> None:
    """Somebody no longer agrees; as easy as agreeing was."""
    found = uow.get(Consent, consent_id)
    record_of(uow, found.about_kind, found.about_id)
    uow.because(reason)
    uow.change(found, withdrawn_on=found.withdrawn_on or uow.today)


def _draft(uow: UnitOfWork, text_id: int) -> ConsentText:
    """A version that is not published, inside a command."""
    found = uow.get(ConsentText, text_id)
    if found.approved_at is not None:
        raise Clash(_("This version is published and never changes. Begin the next one."))
    return found
