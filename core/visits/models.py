"""What workers did at the doors of homes, and after how many days an area asks for a visit."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import field_validator
from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.fields import Moment, field
from core.kernel.i18n import N_
from core.kernel.identifiers import clean_text
from core.kernel.records import AreaRecord, TreeRecord


class VisitAct(AreaRecord, table=True):
    """One thing somebody did at the door of a house; what one person did there on one day is a visit.

    It comes with what it changed, as one deed, and goes again when that is taken back. `day` is that of China, `way`
    how the worker came to the house (scan, list, search), `seen` the mark of what they had before them.
    """

    __tablename__ = "visit_act"
    __table_args__ = (
        Index("ix_visit_act_area", "area", "day"),
        Index("ix_visit_act_house", "house_id", "at"),
        Index("ix_visit_act_again", "area", "again_on"),
    )
    audited: ClassVar[bool] = True

    area: str = Field(max_length=60)
    house_id: int = Field(foreign_key="house.id")
    kind: str = field(N_("What was done"), max_length=12, codes="visit_act")
    at: datetime = Field(sa_type=Moment)
    day: date
    who: str = Field(max_length=60)
    who_name: str = Field(default="", max_length=50)
    way: str = Field(default="", max_length=10)
    seen: str = Field(default="", max_length=16)
    note: str = field(N_("Note"), default="", max_length=500, long=True)
    again_on: date | None = field(N_("Come again on"), default=None)

    @field_validator("note", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=500) if isinstance(value, str) else value


class VisitPeriod(TreeRecord, table=True):
    """After how many days a reason asks for a visit, in an area and below, where that is not the usual number."""

    __tablename__ = "visit_period"
    __table_args__ = (Index("ix_visit_period_area", "area", "reason", unique=True),)

    area: str = Field(max_length=60)
    reason: str = Field(max_length=30)
    days: int = field(N_("Days"), ge=1, le=3650)
