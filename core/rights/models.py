"""Requests, consent texts and consents."""

from datetime import date, datetime

from pydantic import field_validator
from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.fields import Moment, PastDate, field
from core.kernel.i18n import N_
from core.kernel.identifiers import clean_text
from core.kernel.kinds import Attached, know
from core.kernel.records import AreaRecord, TreeRecord


class SubjectRequest(AreaRecord, table=True):
    """Somebody asks about their own data. `person_id` is no foreign key: the request outlives the person's record.
    `part` names the part of what is held that it is about, by its module in core/held."""

    __tablename__ = "subject_request"
    __table_args__ = (
        Index("ix_subject_request_list", "area", "state", "due_on", "id"),
        Index("ix_subject_request_person", "person_id"),
    )

    area: str = Field(max_length=60)
    kind: str = field(N_("Asks to"), default="access", max_length=12, codes="request_kind")
    name: str = field(N_("Who asks"), min_length=1, max_length=50, mask="name")
    received_on: PastDate = field(N_("Received on"))
    channel: str = field(N_("How it came"), default="counter", max_length=12, codes="request_channel")
    wish: str = field(N_("What is asked for"), default="", max_length=500, long=True)
    person_id: int | None = Field(default=None)
    part: str = field(N_("About which part"), default="", max_length=40)
    due_on: date = field(N_("Due on"))
    state: str = Field(default="open", max_length=12)
    handler: str = Field(default="", max_length=60)
    decision: str = field(N_("What was answered"), default="", max_length=500, long=True)
    refusal: str = field(N_("Why it is refused"), default="", max_length=300, long=True)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: str = Field(default="", max_length=60)

    @field_validator("name", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=50) if isinstance(value, str) else value


class ConsentText(TreeRecord, table=True):
    """What people are told and agree to: one version of one text in one language. A published one never changes."""

    __tablename__ = "consent_text"
    __table_args__ = (Index("ix_consent_text_version", "key", "language", "version_no", unique=True),)

    key: str = field(N_("Text"), min_length=2, max_length=30, codes="consent_text")
    language: str = Field(max_length=10)
    version_no: int = Field(ge=1)
    title: str = field(N_("Title"), min_length=2, max_length=80)
    text: str = field(
        N_("Wording"),
        min_length=20,
        max_length=8000,
        long=True,
        help=N_("A line that begins with # is a heading, with - an item of a list."),
    )
    valid_from: date | None = field(N_("Valid from"), default=None)
    made_by: str = Field(max_length=60)
    approved_by: str = Field(default="", max_length=60)
    approved_at: datetime | None = Field(default=None, sa_type=Moment)
    digest: str = Field(default="", max_length=64)


class Consent(Attached, table=True):
    """Somebody agreed to a text: which version, when, how; and since when no longer."""

    __table_args__ = (
        Index("ix_consent_about", "about_kind", "about_id"),
        Index("ix_consent_area_id", "area", "id"),
    )

    text_id: int = Field(foreign_key="consent_text.id")
    given_on: PastDate = field(N_("Agreed on"))
    channel: str = field(N_("How"), default="counter", max_length=12, codes="request_channel")
    recorded_by: str = Field(max_length=60)
    withdrawn_on: PastDate | None = field(N_("Withdrawn on"), default=None)


know(SubjectRequest, view="request.view", edit="request.edit", is_sensitive=True)
