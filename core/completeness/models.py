"""Counts of the night, for areas too large to be counted while somebody waits."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index
from sqlmodel import Field

from core.kernel.fields import Moment
from core.kernel.records import AreaRecord


class Tally(AreaRecord, table=True):
    """What was counted in one grid: `what` is a kind of record, or "fields:" and a data set; numbers by name."""

    __table_args__ = (Index("ix_tally_area", "area", "what", unique=True),)
    audited: ClassVar[bool] = False
    derived: ClassVar[bool] = True

    area: str = Field(max_length=60)
    what: str = Field(max_length=40)
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    at: datetime = Field(sa_type=Moment)
