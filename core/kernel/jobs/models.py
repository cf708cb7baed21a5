"""One piece of work: who wants it, how far it is, how it ended."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, Index
from sqlmodel import Field, col

from core.kernel.fields import Moment
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord, Bound


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


TITLES = {
    State.WAITING: N_("Waiting"),
    State.RUNNING: N_("Running"),
    State.DONE: N_("Done"),
    State.FAILED: N_("Failed"),
    State.CANCELLED: N_("Cancelled"),
}
OPEN = (State.WAITING, State.RUNNING)


class Job(AreaRecord, table=True):
    """A job. `area` is the branch of who wants it; "" is the machine's own, whose results name nobody.

    Its commands write their own lines in the log: a line for each step would bury the rest. `slot` names a night's
    turn, so that several processes plan it once.
    """

    audited: ClassVar[bool] = False
    __table_args__ = (Index("ix_job_state", "state", "id"), Index("ix_job_area_id", "area", "id"))

    name: str = Field(max_length=40)
    arguments: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    state: str = Field(default=State.WAITING, max_length=12)
    progress: float = Field(default=0.0)
    words: str = Field(default="", max_length=200)
    made_at: datetime = Field(sa_type=Moment)
    made_by: str = Field(max_length=60)
    role: str = Field(max_length=30)
    started_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    beat_at: datetime | None = Field(default=None, sa_type=Moment)
    runner: str = Field(default="", max_length=80)
    result: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    error: str = Field(default="", max_length=300)
    is_unwanted: bool = Field(default=False)
    slot: str | None = Field(default=None, max_length=60, unique=True)

    @classmethod
    def seen_from(cls, low: Bound, high: Bound, above: Bound) -> ColumnElement[bool]:
        """The branch, and what the machine does by itself."""
        return super().seen_from(low, high, above) | (col(cls.area) == "")
