"""What an office designs for itself: a register of its own, or fields of its own on records that all share.

The draft can be changed at will; a version that was published stands for ever, with who, when and what changed.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index
from sqlmodel import Field

from core.kernel.fields import Moment
from core.kernel.records import TreeRecord

REGISTER = "register"


class Design(TreeRecord, table=True):
    """A register (`of` is "register") or the own fields of a kind of record (`of` is "Person"); in force at and below
    its place. `approved` is what the security administrator agreed to: digest, by, why."""

    __table_args__ = (Index("ix_design_of", "of", "area"),)

    of: str = Field(max_length=40)
    title: str = Field(default="", max_length=40)
    draft: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    number: int = Field(default=0)
    ended_on: date | None = Field(default=None)
    approved: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)

    @property
    def fields_of(self) -> str:
        """Under which name the fields are known: "register:123" or "Person"."""
        return f"{REGISTER}:{self.id}" if self.of == REGISTER else self.of


class DesignVersion(TreeRecord, table=True):
    """One published version: `body` is the whole definition, `changes` sentences about what is new in it."""

    __tablename__ = "design_version"
    __table_args__ = (Index("ix_design_version_design", "design_id", "number", unique=True),)
    audited: ClassVar[bool] = True

    design_id: int = Field(foreign_key="design.id")
    number: int
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    changes: list[Any] = Field(default_factory=list, sa_type=JSON, nullable=False)
    at: datetime = Field(sa_type=Moment)
    by: str = Field(max_length=60)
    why: str = Field(default="", max_length=200)
