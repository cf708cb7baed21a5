"""Applications to build, pull down, split or merge houses, and what happened to each of them."""

from datetime import date, datetime
from typing import Any, ClassVar

from pydantic import field_validator
from sqlalchemy import JSON, Index
from sqlmodel import Field

from core.kernel.fields import Moment, field
from core.kernel.i18n import N_
from core.kernel.identifiers import clean_text
from core.kernel.kinds import Attached, know
from core.kernel.records import AreaRecord


class HouseChange(AreaRecord, table=True):
    """An application. `house_ids` are the houses it is about, `doors` those it wants as {unit, floor, room}, `facts`
    the new building it wants. `stays` says where who lives in those houses goes: "household:12" or "person:12" -> place
    in `doors`, or "away". `made` are the new buildings and houses and the closed houses once it is in effect.
    """

    __tablename__ = "house_change"
    __table_args__ = (
        Index("ix_house_change_list", "area", "state", "id"),
        Index("ix_house_change_state", "state", "id"),
    )

    area: str = Field(max_length=60)
    kind: str = field(N_("Kind"), max_length=10, codes="rebuilding_kind")
    state: str = field(N_("State"), default="applied", max_length=10, codes="rebuilding_state")
    building_id: int | None = Field(default=None, foreign_key="building.id", index=True)
    replaces_id: int | None = Field(default=None, foreign_key="building.id")
    house_ids: list[int] = Field(default_factory=list, sa_type=JSON, nullable=False)
    doors: list[Any] = Field(default_factory=list, sa_type=JSON, nullable=False)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    stays: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    made: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    happened_on: date | None = field(N_("Day of the change"), default=None)
    reason: str = field(N_("Reason"), min_length=4, max_length=200, long=True)
    applicant: str = Field(max_length=60)
    applicant_name: str = Field(default="", max_length=50)
    applied_at: datetime = Field(sa_type=Moment)
    reviewer: str = Field(default="", max_length=60)
    approver: str = Field(default="", max_length=60)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)

    @field_validator("reason", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=200) if isinstance(value, str) else value


class ChangeStep(Attached, table=True):
    """One step of an application: who did what when, and what they said."""

    __tablename__ = "house_change_step"
    __table_args__ = (
        Index("ix_house_change_step_about", "about_id", "id"),
        Index("ix_house_change_step_area", "area", "id"),
    )
    audited: ClassVar[bool] = False
    lasting: ClassVar[bool] = True

    area: str = Field(max_length=60)
    step: str = field(N_("Step"), max_length=10, codes="rebuilding_step")
    at: datetime = Field(sa_type=Moment)
    who: str = Field(max_length=60)
    name: str = Field(default="", max_length=50)
    said: str = Field(default="", max_length=200)


know(HouseChange, view="rebuild.view", edit="rebuild.apply")
