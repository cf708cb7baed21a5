"""Self-reports and what they say, field by field."""

from datetime import date, datetime
from typing import Any, ClassVar

from pydantic import field_validator
from sqlalchemy import JSON, Index
from sqlmodel import Field

from core.kernel.fields import Moment, PastDate, Phone, SealedText, Secret, field
from core.kernel.i18n import N_, _
from core.kernel.identifiers import clean_text
from core.kernel.kinds import know
from core.kernel.problems import Missing
from core.kernel.records import AreaRecord, Record
from core.kernel.unit_of_work import UnitOfWork

ABOUT = "claim"
RESIDENT = "resident"
"""The role of whoever stands at a door; the login names the label that was scanned."""
SOURCE = "self_report"
"""Where accepted values come from, a code of the list `sources`."""
OPEN = ("open", "visit")
"""States in which a self-report may still be decided, corrected or withdrawn."""


class Claim(AreaRecord, table=True):
    """One self-report at one door. `area` is the grid of the house; `what` names the kinds of what is said, such as
    "/add_person/house/"; `texts` are the versions of the consent texts that were agreed to.

    The receipt code is sealed and found by its keyed index; `once` is the mark of the form in the reporter's browser,
    which makes a second press of the button the same report.
    """

    watched: ClassVar[bool] = True
    __table_args__ = (
        Index("ix_claim_list", "area", "state", "due_on", "id"),
        Index("ix_claim_house", "house_id", "state"),
        Index("ix_claim_once", "label_id", "once", unique=True),
    )

    area: str = Field(max_length=60)
    house_id: int = Field(foreign_key="house.id")
    label_id: int
    once: str = Field(max_length=40)
    who: str = field(N_("Who reports"), max_length=10, codes="claim_reporter")
    what: str = Field(max_length=120)
    contact_name: str = field(N_("Name of the reporter"), default="", max_length=50, mask="name")
    contact_phone: Phone | None = field(N_("Phone of the reporter"), default=None, sealed="phone")
    receipt: Secret = field(N_("Receipt number"), sealed="receipt")
    receipt_index: str | None = Field(default=None, unique=True, max_length=24)
    receipt_tail: str | None = Field(default=None, max_length=24)
    texts: list[Any] = Field(default_factory=list, sa_type=JSON, nullable=False)
    language: str = Field(default="zh_CN", max_length=10)
    note: str = field(N_("Note of the reporter"), default="", max_length=200, long=True)
    handed_in_at: datetime = Field(sa_type=Moment)
    corrected_at: datetime | None = Field(default=None, sa_type=Moment)
    due_on: date = field(N_("To be verified by"))
    is_urgent: bool = field(N_("Urgent"), default=False)
    state: str = field(N_("State"), default="open", max_length=10, codes="claim_state")
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: str = Field(default="", max_length=60)
    why: str = field(N_("Answer to the reporter"), default="", max_length=200)

    @field_validator("contact_name", "note", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=200) if isinstance(value, str) else value

    @field_validator("contact_phone", mode="before")
    @classmethod
    def _may_be_empty(cls, value: object) -> object:
        return value or None


class ClaimItem(AreaRecord, table=True):
    """One field of what is said, before and after, as JSON; numbers stay sealed. Fields of one `part` belong together:
    one person who is added, one organisation that changed.

    The log tells of the self-report as a whole, and of every record that changes when it is accepted.
    """

    audited: ClassVar[bool] = False
    __tablename__ = "claim_item"
    __table_args__ = (
        Index("ix_claim_item_area", "area", "id"),
        Index("ix_claim_item_claim", "claim_id", "part", "id"),
    )

    area: str = Field(max_length=60)
    claim_id: int = Field(foreign_key="claim.id")
    house_id: int = Field(foreign_key="house.id", index=True)
    part: int
    kind: str = Field(max_length=20)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    field: str = Field(max_length=30)
    before: str | None = Field(default=None)
    after: str | None = Field(default=None)
    secret_before: Secret | None = Field(default=None, sa_type=SealedText(ABOUT))
    secret_after: Secret | None = Field(default=None, sa_type=SealedText(ABOUT))
    state: str = Field(default="open", max_length=10)


class SaidMore(Record):
    """What people say beside the fields of the register: it helps who verifies, and is kept with the self-report."""

    name: str = field(N_("Name"), default="", max_length=50, mask="name")
    until_on: date | None = field(N_("Stays until"), default=None)
    guardian_name: str = field(N_("Name of the guardian"), default="", max_length=50, mask="name")
    guardian_phone: Phone | None = field(N_("Phone of the guardian"), default=None, sealed="phone")
    on: PastDate | None = field(N_("Moved out on"), default=None)
    where: str = field(N_("Moved to"), default="", max_length=100)
    since: PastDate | None = field(N_("So since"), default=None)
    note: str = field(N_("Note"), default="", max_length=200)
    unchanged: bool = field(N_("Everything is as registered"), default=False)

    @field_validator("name", "guardian_name", "where", "note", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=200) if isinstance(value, str) else value

    @field_validator("guardian_phone", mode="before")
    @classmethod
    def _may_be_empty(cls, value: object) -> object:
        return value or None


def _own_door(uow: UnitOfWork, claim: Claim, to_change: bool) -> None:
    """Whoever stands at a door sees nothing of another one. Raises Missing, as for a number that nothing has."""
    if not is_own_door(uow, claim.label_id):
        raise Missing(_("Nothing is here by that number, or it is not in your area."))


def is_own_door(uow: UnitOfWork, label_id: int) -> bool:
    """Whether the actor may speak of a label: whoever stands at a door, of that one only."""
    return uow.actor.role != RESIDENT or uow.actor.login == f"door/{label_id}"


know(Claim, view="claim.view", edit="claim.follow", is_sensitive=True, check=_own_door)
