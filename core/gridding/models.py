"""Boundaries as they were and are, and the changes that made them so."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index
from sqlmodel import Field

from core.kernel.fields import Moment
from core.kernel.records import AreaRecord


class GridBoundary(AreaRecord, table=True):
    """The boundary of an area, and its name then, from a day on until the day before `valid_to`; `area` is its path.
    They follow what happens to areas (queries/keeping.py), whichever command does it."""

    __tablename__ = "grid_boundary"
    __table_args__ = (Index("ix_grid_boundary_day", "area", "valid_from"),)
    audited: ClassVar[bool] = False
    derived: ClassVar[bool] = True

    name: str = Field(max_length=60)
    polygon: list[Any] = Field(sa_type=JSON)
    valid_from: date | None = Field(default=None)
    valid_to: date | None = Field(default=None)


class GridChange(AreaRecord, table=True):
    """One change of the grids of a community (`area`): what each of them was before and is after it, in `grids` as
    `rules.draft.Turn`, and how many records of which kind stand elsewhere since, in `counts`."""

    __tablename__ = "grid_change"
    __table_args__ = (Index("ix_grid_change_list", "area", "id"),)
    audited: ClassVar[bool] = False

    kind: str = Field(max_length=12)
    on: date
    at: datetime = Field(sa_type=Moment)
    who: str = Field(max_length=60)
    reason: str = Field(default="", max_length=200)
    grids: list[Any] = Field(default_factory=list, sa_type=JSON, nullable=False)
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by: str = Field(default="", max_length=60)


class GridMove(AreaRecord, table=True):
    """Records that a change moved for their own place: buildings, things on the land, what stood in a grid that ended.
    What hangs on these moves with them, there and back, and is not listed. `area` is the community."""

    __tablename__ = "grid_move"
    audited: ClassVar[bool] = False

    change_id: int = Field(foreign_key="grid_change.id", index=True)
    kind: str = Field(max_length=40)
    from_area: str = Field(max_length=60)
    to_area: str = Field(max_length=60)
    numbers: list[Any] = Field(default_factory=list, sa_type=JSON, nullable=False)
