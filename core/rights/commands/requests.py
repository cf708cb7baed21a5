"""Taking in, handling and deciding requests; leave to fetch the copy of what is held."""

from datetime import date
from typing import Any

from core.kernel import grants
from core.kernel.checking import name_of
from core.kernel.i18n import _
from core.kernel.kinds import erase, record_of
from core.kernel.problems import Clash, Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.rights.models import SubjectRequest
from core.rights.rules import due_on

ENDS = ("answered", "refused", "withdrawn")


@command("request.edit")
def add_request(uow: UnitOfWork, /, *, person_id: int | None = None, **values: Any) -> int:
    """Take a request in; its number. Due in thirty days. Raises Invalid, Missing for a person who is not in sight."""
    area = record_of(uow, "Person", person_id).area if person_id else uow.actor.area
    received = values.get("received_on")
    facts = {**values, "area": area, "person_id": person_id, "handler": uow.actor.login}
    if not isinstance(received, date):
        said = _("Say on which day it was received.")
        raise Invalid(said, received_on=said)
    return uow.add(SubjectRequest, **facts, due_on=due_on(received)).id


@command("request.edit")
def edit_request(uow: UnitOfWork, request_id: int, /, *, seen: int | None, **values: Any) -> None:
    """Correct a request that is open; another day of receipt moves the due day. Raises Clash once it is decided."""
    found = _open(uow, request_id)
    if isinstance(received := values.get("received_on"), date):
        values["due_on"] = due_on(received)
    if person_id := values.get("person_id"):
        record_of(uow, "Person", person_id)
    uow.change(found, seen=seen, **values, handler=uow.actor.login)


@command("request.decide")
def decide(uow: UnitOfWork, request_id: int, state: str, *, decision: str = "", refusal: str = "") -> None:
    """Answer a request, refuse it with the reason the law wants, or close it because it was taken back."""
    if state not in ENDS:
        raise Invalid(_("Choose how it ends."), state=_("Choose how it ends."))
    wanting = {"answered": ("decision", decision), "refused": ("refusal", refusal)}.get(state)
    if wanting and len(wanting[1].strip()) < 4:
        said = _("Say what was answered, or why it is refused: the person has a right to the reason.")
        raise Invalid(said, **{wanting[0]: said})
    refused = refusal if state == "refused" else ""
    facts: dict[str, Any] = {"state": state, "decision": decision, "refusal": refused}
    uow.change(_open(uow, request_id), **facts, decided_at=uow.now, decided_by=uow.actor.login)


@command("subject.export")
def export_held(uow: UnitOfWork, person_id: int | str, reason: str) -> str:
    """Leave to fetch the copy of what is held about a person, for a reason that is written down."""
    person = record_of(uow, "Person", person_id)
    if len(reason.strip()) < 2:
        raise Invalid(_("Say why you need to see this."), reason=_("Write the reason in a few words."))
    uow.because(reason)
    uow.lines.append(uow.line("revealed", about=name_of(person), area=person.area, changes={"copy": ()}))
    return grants.give("held", person.id, uow.actor)


@command("retention.delete")
def erase_request(uow: UnitOfWork, request_id: int) -> None:
    """Take a request away whose time is over."""
    erase(uow, uow.get(SubjectRequest, request_id))


def _open(uow: UnitOfWork, request_id: int) -> SubjectRequest:
    """A request that nobody has decided on, inside a command."""
    found = uow.get(SubjectRequest, request_id)
    if found.state != "open":
        raise Clash(_("This request is decided already."))
    return found
