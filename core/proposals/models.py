"""Change requests: what somebody wants a shared record to say, who decides, and what became of it."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.fields import Moment, SealedText, Secret, field
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord

ABOUT = "proposal"
OPEN = ("open", "asked")
"""States in which a proposal may still be decided, answered or withdrawn."""


class Proposal(AreaRecord, table=True):
    """Changes of one record that the same sides decide about. `area` is where the record stood when it was made.

    `keepers` names the sides as "/community/civil/", `seen` the version the proposer looked at.
    """

    __table_args__ = (
        Index("ix_proposal_area", "area", "state"),
        Index("ix_proposal_record", "of", "record_id", "state"),
        Index("ix_proposal_proposer", "proposer", "id"),
    )

    area: str = Field(max_length=60)
    of: str = Field(max_length=40)
    record_id: int
    seen: int
    keepers: str = Field(max_length=200)
    reason: str = field(N_("Reason"), min_length=2, max_length=200)
    proposer: str = Field(max_length=60)
    proposer_name: str = Field(default="", max_length=50)
    proposer_post: str = Field(default="", max_length=30)
    proposed_at: datetime = Field(sa_type=Moment)
    state: str = field(N_("State"), default="open", max_length=10, codes="proposal_state")
    question: str = field(N_("Question"), default="", max_length=200)
    answer: str = field(N_("Answer"), default="", max_length=200)
    decided_by: str = Field(default="", max_length=60)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    why: str = field(N_("Why it was decided so"), default="", max_length=200)


class ProposedField(AreaRecord, table=True):
    """One field of a proposal, before and after, as JSON; numbers stay sealed; a change of keys takes them along."""

    __tablename__ = "proposed_field"
    __table_args__ = (Index("ix_proposed_field_area", "area", "id"),)

    area: str = Field(max_length=60)
    proposal_id: int = Field(foreign_key="proposal.id", index=True)
    field: str = Field(max_length=60)
    before: str | None = Field(default=None)
    after: str | None = Field(default=None)
    secret_before: Secret | None = Field(default=None, sa_type=SealedText(ABOUT))
    secret_after: Secret | None = Field(default=None, sa_type=SealedText(ABOUT))
    state: str = Field(default="open", max_length=10)
