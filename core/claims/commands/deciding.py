"""Verifying self-reports: accepting some or all of what is said, refusing the rest, going there first, undoing it."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

from core.claims.commands.applying import apply
from core.claims.commands.parts import Part, reason_of
from core.claims.models import OPEN, Claim, ClaimItem
from core.claims.queries import records
from core.claims.rules import NOTHING
from core.kernel.i18n import _
from core.kernel.kinds import erase
from core.kernel.problems import Clash, Invalid
from core.kernel.undo import deed
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.merging import undo_deed
from core.places.models import CLOSED, House

More = Mapping[int, Mapping[str, Any]]


@command("claim.handle")
def decide(
    uow: UnitOfWork,
    claim_id: int | str,
    accepted: Collection[int],
    *,
    reason: str = "",
    seen: str = "",
    more: More | None = None,
) -> str:
    """Accept some or all fields (by the numbers of the items), refuse the others, and return the state.

    The ordinary commands of the register run under the decider; all of it or nothing, and it can be taken back as one.
    `more` is what the decider adds to a statement, by its place (parts.Part). `seen` is the mark of what was on the
    screen; when anything of it has changed since, it raises Clash. Refusing needs a reason. Raises Missing, Invalid and
    what the ordinary commands raise.
    """
    claim = _to_decide(uow, claim_id)
    items = records.items_of(uow, [claim.id])
    house = uow.session.get(House, claim.house_id)
    if house is None or house.state == CLOSED:
        return _close(uow, claim, items, (), "outdated", reason)
    if seen and seen != records.stamp(claim, records.now_of(uow, claim, items)):
        raise Clash(_("The register was changed a moment ago. Look again, then decide."), differences=None)
    taken = [item for item in items if item.id in accepted]
    _must_say_why(len(taken) < len(items) or (not items and not accepted), reason)
    if not taken:
        return _close(uow, claim, items, (), "refused", reason)
    with deed(uow, "claim", claim, house):
        apply(uow, _parts(claim, house, taken, more or {}))
        uow.because(reason_of(claim))
        return _close(uow, claim, items, {one.id for one in taken}, _outcome(items, taken), reason)


@command("claim.handle")
def read(uow: UnitOfWork, claim_id: int | str, answer: str = "") -> None:
    """Close a report that is only a message, with an answer if there is one. Raises Missing, Invalid."""
    claim = _to_decide(uow, claim_id)
    if records.items_of(uow, [claim.id]):
        raise Invalid(_("This report says more than a message: decide about it."))
    _close(uow, claim, (), (), "accepted", answer)


@command("claim.handle")
def ask_visit(uow: UnitOfWork, claim_id: int | str, note: str = "") -> None:
    """Somebody must go there first: it stands on the visit list of the grid, and the reporter sees so."""
    claim = _to_decide(uow, claim_id)
    uow.change(claim, state="visit", why=note.strip(), decided_by=uow.actor.login)


@command("claim.handle")
def confirm_all(uow: UnitOfWork, claim_ids: Sequence[int | str]) -> int:
    """Accept every one of these reports that says “no change”, in one go; how many. Others are left alone."""
    done = 0
    for number in dict.fromkeys(claim_ids):
        claim = uow.get(Claim, number)
        items = records.items_of(uow, [claim.id])
        if claim.state in OPEN and items and all(item.kind == NOTHING for item in items):
            decide(uow, claim.id, [item.id for item in items])
            done += 1
    return done


@command("claim.handle")
def undo(uow: UnitOfWork, claim_id: int | str, reason: str = "") -> None:
    """Take back what accepting did to the register; the report is open again. Raises Clash with what has changed since,
    Invalid when nothing was accepted."""
    claim = uow.get(Claim, claim_id)
    done = records.last_deed(uow, claim.id)
    if done is None:
        raise Invalid(_("Nothing of this report was accepted, so there is nothing to take back."))
    undo_deed(uow, done.id, reason)


@command("claim.handle")
def reopen(uow: UnitOfWork, claim_id: int | str) -> None:
    """Decide anew about a report that was refused. Raises Clash for one that is not."""
    claim = uow.get(Claim, claim_id)
    if claim.state != "refused":
        raise Clash(_("Only a refused report can be opened again; take back what was accepted."))
    for item in records.items_of(uow, [claim.id]):
        item.state = "open"
    uow.change(claim, state="open", why="", decided_at=None, decided_by="")


@command("person.reveal")
def reveal(uow: UnitOfWork, claim_id: int | str, field: str, reason: str) -> str:
    """The reporter's phone in full, to ask back, for a reason that is written down; "" when there is none."""
    uow.require("claim.view")
    if field != "contact_phone":
        raise Invalid(_("This field cannot be shown in full."))
    return uow.reveal(uow.get(Claim, claim_id), field, reason)


@command("retention.delete")
def erase_claim(uow: UnitOfWork, claim_id: int) -> None:
    """Take a report away whose time is over, with what it says and its pictures."""
    claim = uow.get(Claim, claim_id)
    for item in records.items_of(uow, [claim.id]):
        uow.session.delete(item)
    uow.session.flush()
    erase(uow, claim)


def _to_decide(uow: UnitOfWork, claim_id: int | str) -> Claim:
    claim = uow.get(Claim, claim_id)
    if claim.state not in OPEN:
        raise Clash(_("This report is closed already."))
    return claim


def _must_say_why(is_needed: bool, reason: str) -> None:
    if is_needed and len(reason.strip()) < 2:
        said = _("Say why, so that the reporter can understand it.")
        raise Invalid(said, reason=said)


def _parts(claim: Claim, house: House, taken: Sequence[ClaimItem], more: More) -> list[Part]:
    grouped = ((number, list(part)) for number, part in groupby(taken, key=lambda item: item.part))
    return [Part(claim, house, part, more.get(number, {})) for number, part in grouped]


def _outcome(items: Sequence[ClaimItem], taken: Sequence[ClaimItem]) -> str:
    return "accepted" if len(taken) == len(items) else "partly"


def _close(
    uow: UnitOfWork,
    claim: Claim,
    items: Sequence[ClaimItem],
    accepted: Collection[int],
    state: str,
    reason: str,
) -> str:
    for item in items:
        item.state = "outdated" if state == "outdated" else "accepted" if item.id in accepted else "refused"
    told: dict[str, Any] = {"decided_by": uow.actor.login, "decided_at": uow.now, "why": reason.strip()}
    uow.change(claim, state=state, **told)
    return state
