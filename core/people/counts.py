"""How often each rule is broken in each grid, counted in the night for areas too large to be counted at once."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.fields import Moment
from core.kernel.records import AreaRecord


class CheckCount(AreaRecord, table=True):
    """One rule in one area."""

    __tablename__ = "check_count"
    __table_args__ = (Index("ix_check_count_rule", "area", "rule", unique=True),)
    audited: ClassVar[bool] = False
    derived: ClassVar[bool] = True

    area: str = Field(max_length=60)
    rule: str = Field(max_length=30)
    count: int = Field(default=0)
    at: datetime = Field(sa_type=Moment)
