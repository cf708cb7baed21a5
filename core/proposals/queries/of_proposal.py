"""One proposal with its fields side by side: before, after, and what stands there now when that has changed."""

from dataclasses import dataclass
from datetime import datetime

from core.kernel.fields import Declared
from core.kernel.i18n import _
from core.kernel.lines import reads, side_name
from core.kernel.masking import masked, spoken
from core.kernel.masking import value_of as value_now
from core.kernel.problems import Missing
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import UnitOfWork, query
from core.proposals.kinds import Kind, called, kind_of
from core.proposals.models import OPEN, Proposal, ProposedField
from core.proposals.queries import records
from core.proposals.rules import sides_of


@dataclass(frozen=True)
class ProposedLine:
    """One field, in words and masked for the reader; `now` is empty unless it changed since it was proposed."""

    name: str
    label: str
    before: str
    after: str
    now: str
    state: str
    is_gone: bool


@dataclass(frozen=True)
class ProposalDetail:
    """One proposal in full. `record_version` is that of the record now, None when it is gone or in another branch."""

    id: int
    of: str
    record_id: int
    area: str
    title: str
    record_version: int | None
    keepers: str
    reason: str
    proposer: str
    proposer_name: str
    proposer_post: str
    proposed_at: datetime
    state: str
    question: str
    answer: str
    decided_by: str
    decided_at: datetime | None
    why: str
    rows: list[ProposedLine]
    is_mine: bool
    may_decide: bool

    @property
    def is_open(self) -> bool:
        """Whether it may still be decided, answered or withdrawn."""
        return self.state in OPEN

    @property
    def is_outdated(self) -> bool:
        """Whether something it is about says something else by now."""
        return self.is_open and (
            self.record_version is None or any(row.now or row.is_gone for row in self.rows)
        )


@query("change.propose")
def proposal(uow: UnitOfWork, proposal_id: int | str) -> ProposalDetail:
    """One proposal, for its proposer, for the side that decides and for whoever sees the record.

    Fields that the reader may not see are left out. Raises Missing.
    """
    found = uow.get(Proposal, proposal_id)
    kind, is_mine = kind_of(found.of), found.proposer == uow.actor.login
    if not uow.actor.may(kind.view):
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    record = records.record_of(uow, found)
    known = records.known_of(uow, kind, found.area)
    lines = [_line(uow, kind, row, known.get(row.field), record) for row in records.fields_of(uow, found.id)]
    keeps = uow.actor.side in sides_of(found.keepers)
    needs = "record.line" if uow.actor.side else kind.edit
    return uow.show(
        ProposalDetail,
        found,
        title=called(kind, uow.values(record)) if record else _("A record that is gone"),
        record_version=record.version if record else None,
        keepers="、".join(side_name(side) for side in sorted(sides_of(found.keepers))),
        rows=[line for line in lines if line],
        is_mine=is_mine,
        may_decide=keeps and not is_mine and uow.actor.may("change.decide") and uow.actor.may(needs),
    )


def _line(
    uow: UnitOfWork, kind: Kind, row: ProposedField, known: Declared | None, record: AreaRecord | None
) -> ProposedLine | None:
    """A field in words; None when it is not for this reader."""
    if known is None:
        gone = _("A field that was taken away")
        return ProposedLine(row.field, gone, "", "", "", row.state, is_gone=True)
    if not reads(uow.actor, known):
        return None
    before, after = (records.value_of(kind, row, side) for side in ("before", "after"))
    now = value_now(record, row.field) if record else before
    is_new = row.state == "open" and (now or None) not in (before or None, after or None)

    def say(value: object) -> str:
        return spoken(known, masked(uow.actor, value, known))

    return ProposedLine(
        row.field,
        _(known.label),
        say(before),
        say(after),
        say(now) if is_new else "",
        row.state,
        is_gone=False,
    )
