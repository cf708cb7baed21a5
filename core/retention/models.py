"""Periods an office chose, holds, and lists of what is to be deleted."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import field_validator
from sqlalchemy import JSON, Index
from sqlmodel import Field

from core.kernel.fields import Moment, field
from core.kernel.i18n import N_
from core.kernel.identifiers import clean_text
from core.kernel.kinds import Attached
from core.kernel.records import AreaRecord


class RetentionPeriod(AreaRecord, table=True):
    """For how many days the office keeps a kind of data, where it is not the period of data/retention.toml."""

    __tablename__ = "retention_period"

    kind: str = Field(max_length=40, unique=True)
    days: int = field(N_("Days"), ge=1, le=36500)
    why: str = field(N_("Reason"), default="", max_length=200)


class Hold(Attached, table=True):
    """A record that must stay though its time is over: a dispute, an audit, a wish of the person."""

    __table_args__ = (
        Index("ix_hold_about", "about_kind", "about_id"),
        Index("ix_hold_area_id", "area", "id"),
    )

    why: str = field(N_("Reason"), min_length=2, max_length=200)
    until: date | None = field(N_("Until"), default=None, help=N_("Empty: until it is lifted."))
    set_by: str = Field(max_length=60)
    set_at: datetime = Field(sa_type=Moment)
    lifted_at: datetime | None = Field(default=None, sa_type=Moment)
    lifted_by: str = Field(default="", max_length=60)

    @field_validator("why", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=200) if isinstance(value, str) else value


class ListState(StrEnum):
    """How far a list is."""

    PREPARED = "prepared"
    APPROVED = "approved"
    REJECTED = "rejected"
    DONE = "done"


STATES = {
    ListState.PREPARED: N_("Waits for a second person"),
    ListState.APPROVED: N_("Being deleted"),
    ListState.REJECTED: N_("Rejected"),
    ListState.DONE: N_("Deleted"),
}


class DisposalList(AreaRecord, table=True):
    """What is over on a day, by one person for another one to approve. `counts` is kind -> records."""

    __tablename__ = "disposal_list"
    __table_args__ = (Index("ix_disposal_list_area_id", "area", "id"),)

    prepared_at: datetime = Field(sa_type=Moment)
    prepared_by: str = Field(max_length=60)
    state: str = Field(default=ListState.PREPARED, max_length=12)
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: str = Field(default="", max_length=60)
    why: str = Field(default="", max_length=200)


class ItemState(StrEnum):
    """What became of a record on a list."""

    LISTED = "listed"
    DELETED = "deleted"
    KEPT = "kept"


ITEM_STATES = {
    ItemState.LISTED: N_("On the list"),
    ItemState.DELETED: N_("Deleted"),
    ItemState.KEPT: N_("Kept"),
}


class DisposalItem(AreaRecord, table=True):
    """One record on a list. Its line in the log is that of the list, and of its own removal."""

    audited: ClassVar[bool] = False
    __tablename__ = "disposal_item"
    __table_args__ = (
        Index("ix_disposal_item_list", "list_id", "kind", "id"),
        Index("ix_disposal_item_area_id", "area", "id"),
    )

    list_id: int = Field(foreign_key="disposal_list.id")
    kind: str = Field(max_length=40)
    record_id: int
    about_kind: str = Field(max_length=40)
    about_id: int
    since: date
    state: str = Field(default=ItemState.LISTED, max_length=12)
    why: str = Field(default="", max_length=200)
