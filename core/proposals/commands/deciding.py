"""Deciding about proposals: the side that keeps the field accepts, refuses or asks back; never the proposer."""

from collections.abc import Collection, Sequence
from typing import Any

from core.kernel.crypto import Sealed
from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.masking import value_of
from core.kernel.problems import Clash, Invalid, Refused
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import UnitOfWork, command
from core.proposals.commands.proposing import NOTHING
from core.proposals.kinds import Kind, kind_of
from core.proposals.models import OPEN, Proposal, ProposedField
from core.proposals.queries import records
from core.proposals.rules import outcome, sides_of


@command("change.decide")
def decide(
    uow: UnitOfWork,
    proposal_id: int | str,
    accepted: Collection[str],
    *,
    reason: str = "",
    seen: int | None = None,
) -> str:
    """Accept some or all fields of a proposal, refuse the others, and return its state.

    The ordinary command of the record runs under the decider, with "Proposed by …" as its reason. `seen` is the version
    of the record that was on the screen. Refusing needs a reason. A record that is gone makes the proposal outdated.
    Raises Missing, Refused for the proposer and for who does not keep the fields, Invalid, Clash.
    """
    proposal = _to_decide(uow, proposal_id)
    kind, rows = kind_of(proposal.of), records.fields_of(uow, proposal.id)
    names = {row.field for row in rows}
    record = records.record_of(uow, proposal)
    if record is None:
        return _close(uow, proposal, rows, (), "outdated", reason)
    if len(set(accepted) & names) < len(names) and len(reason.strip()) < 2:
        said = _("Say why, so that the proposer can understand it.")
        raise Invalid(said, reason=said)
    if seen is not None and seen != record.version:
        raise Clash(_("The record was changed a moment ago. Look again, then decide."), differences=None)
    taken = [row for row in rows if row.field in accepted]
    if taken:
        _apply(uow, kind, proposal, record, taken)
    return _close(uow, proposal, rows, {row.field for row in taken}, outcome(names, accepted), reason)


@command("change.decide")
def ask_back(uow: UnitOfWork, proposal_id: int | str, question: str) -> None:
    """Ask the proposer something before deciding. Raises Missing, Refused, Invalid."""
    proposal = _to_decide(uow, proposal_id)
    if len(question.strip()) < 2:
        said = _("Write the question in a few words.")
        raise Invalid(said, question=said)
    uow.change(proposal, state="asked", question=question.strip(), answer="")


def _to_decide(uow: UnitOfWork, proposal_id: int | str) -> Proposal:
    """An open proposal that this actor decides about."""
    proposal = uow.get(Proposal, proposal_id)
    if proposal.proposer == uow.actor.login:
        raise Refused(_("Nobody decides about their own proposal."))
    if uow.actor.side not in sides_of(proposal.keepers):
        raise Refused(_("This field is kept by another line, which decides about it."))
    uow.require("record.line" if uow.actor.side else kind_of(proposal.of).edit)
    if proposal.state not in OPEN:
        raise Invalid(_("This proposal is decided already."))
    return proposal


def _apply(
    uow: UnitOfWork, kind: Kind, proposal: Proposal, record: AreaRecord, taken: Sequence[ProposedField]
) -> None:
    """Change the record as the proposal says, where it does not say so already."""
    values = {}
    for row in taken:
        after = records.value_of(kind, row, "after")
        if after != value_of(record, row.field):
            known = declared(kind.model).get(row.field)
            values[row.field] = NOTHING if after is None and known and known.kind is Sealed else after
    who = proposal.proposer_name or proposal.proposer
    uow.because(_("Proposed by {who}: {reason}").format(who=who, reason=proposal.reason))
    if values:
        kind.change(uow, record.id, seen=None, **values)


def _close(
    uow: UnitOfWork,
    proposal: Proposal,
    rows: Sequence[ProposedField],
    accepted: Collection[str],
    state: str,
    reason: str,
) -> str:
    for row in rows:
        row.state = "outdated" if state == "outdated" else "accepted" if row.field in accepted else "refused"
    told: dict[str, Any] = {"decided_by": uow.actor.login, "decided_at": uow.now, "why": reason.strip()}
    uow.change(proposal, state=state, **told)
    return state
