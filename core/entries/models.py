"""Entries of the registers that an office designed for itself, all in one table, and the files that were imported."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.fields import Moment, field
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord, Extended, Placed, Verified


class RegisterEntry(AreaRecord, Extended, Verified, Placed, table=True):
    """One entry of a designed register; what it says stands in `extra`."""

    __tablename__ = "register_entry"
    __table_args__ = (
        Index("ix_register_entry_list", "register_id", "id", "area"),
        Index("ix_register_entry_title", "register_id", "title", "id", "area"),
        Index("ix_register_entry_map", "register_id", "cell", "area"),
    )
    historic: ClassVar[bool] = True

    register_id: int = Field(foreign_key="design.id")
    title: str = field(N_("Title"), default="", max_length=120)
    person_id: int | None = field(
        N_("Person"), default=None, foreign_key="person.id", index=True, widget="person"
    )
    house_id: int | None = field(
        N_("House"), default=None, foreign_key="house.id", index=True, widget="house"
    )
    place: str = field(N_("Position"), default="", max_length=40, widget="place")
    lon: float | None = Field(default=None)
    lat: float | None = Field(default=None)

    @property
    def fields_of(self) -> str:
        """The fields of its register."""
        return f"register:{self.register_id}"


class ImportBatch(AreaRecord, table=True):
    """A sheet that was taken in: which file, what came of its rows, and whether it was taken back."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_register", "register_name", "id"),)

    register_name: str = Field(max_length=40)
    file: str = Field(default="", max_length=120)
    digest: str = Field(default="", max_length=64)
    at: datetime = Field(sa_type=Moment)
    by: str = Field(max_length=60)
    added: int = Field(default=0)
    changed: int = Field(default=0)
    left_out: int = Field(default=0)
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
