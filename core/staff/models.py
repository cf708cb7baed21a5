"""Shifts of staff and positions within them. Nothing here points at a resident, and nothing ever may."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from core.kernel.fields import Moment
from core.kernel.records import AreaRecord
from core.staff.rules import LONGEST_SECONDS


class Shift(AreaRecord, table=True):
    """A time outside that a worker began; `area` is the branch they serve. It is over at `ends_at`, by itself."""

    watched: ClassVar[bool] = True
    __tablename__ = "staff_shift"
    __table_args__ = (
        Index("ix_staff_shift_area", "area", "ends_at"),
        Index("ix_staff_shift_account", "account_id", "started_at"),
    )

    area: str = Field(max_length=60)
    account_id: int = Field(foreign_key="account.id")
    started_at: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment, index=True)


class StaffPosition(AreaRecord, table=True):
    """Where a worker was so many seconds after their shift began: a position cannot be told without a shift, nor
    lie before it or far behind it. The shift stands in the log; a line for every position would bury the rest.
    """

    audited: ClassVar[bool] = False
    __tablename__ = "staff_position"
    __table_args__ = (
        Index("ix_staff_position_track", "shift_id", "seconds", unique=True),
        CheckConstraint(f"seconds between 0 and {LONGEST_SECONDS}", "staff_position_seconds"),
    )

    area: str = Field(max_length=60)
    shift_id: int = Field(foreign_key="staff_shift.id")
    seconds: int = Field(ge=0, le=LONGEST_SECONDS)
    lon: float = Field(ge=73, le=136)
    lat: float = Field(ge=3, le=54)
    accuracy: float | None = Field(default=None, ge=0)
    source: str = Field(default="", max_length=20)
