"""Labels at doors, how they are laid out on paper, and what was printed."""

from datetime import datetime

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from core.kernel.fields import Moment, SealedText, Secret, field
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord, TreeRecord

ABOUT = "door_label"
ACTIVE, REVOKED, LOST = "active", "revoked", "lost"
IS_ACTIVE = text("state = 'active'")
A4 = (210.0, 297.0)
"""Width and height of the paper in millimetres."""


class DoorLabel(AreaRecord, table=True):
    """The label at one door. `token` is what its QR code leads to: random, sealed, found by its keyed index. A house
    has at most one active label; dead ones stay, so that somebody who scans an old one is told so.

    `printed_address`, `printed_code`, `printed_for` are what the last print says, to know which are out of date.
    """

    __tablename__ = "door_label"
    __table_args__ = (
        Index(
            "ix_door_label_active",
            "house_id",
            unique=True,
            sqlite_where=IS_ACTIVE,
            postgresql_where=IS_ACTIVE,
        ),
        Index("ix_door_label_house", "house_id", "state"),
        Index("ix_door_label_area", "area", "state", "print_count"),
    )

    area: str = Field(max_length=60)
    house_id: int = Field(foreign_key="house.id")
    token: Secret = Field(sa_type=SealedText(ABOUT))
    token_index: str = Field(max_length=24, unique=True)
    short_code: str = field(N_("Short code"), max_length=8, unique=True)
    state: str = field(N_("State"), default=ACTIVE, max_length=8, codes="label_state")
    issued_at: datetime = Field(sa_type=Moment)
    issued_by: str = Field(max_length=60)
    print_count: int = Field(default=0, ge=0)
    printed_at: datetime | None = Field(default=None, sa_type=Moment)
    printed_by: str = Field(default="", max_length=60)
    printed_address: str = Field(default="", max_length=200)
    printed_code: str = Field(default="", max_length=24)
    printed_for: str = Field(default="", max_length=200)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_by: str = Field(default="", max_length=60)
    why: str = field(N_("Reason"), default="", max_length=200)


class LabelSheet(TreeRecord, table=True):
    """How labels are printed at a place and below it, unless a place further down says otherwise. Millimetres on A4."""

    __tablename__ = "label_sheet"

    area: str = Field(unique=True, max_length=60)
    width: float = field(N_("Width of a label (mm)"), default=70.0, ge=40, le=210)
    height: float = field(N_("Height of a label (mm)"), default=42.0, ge=25, le=297)
    columns: int = field(N_("Columns"), default=3, ge=1, le=5)
    rows: int = field(N_("Rows"), default=6, ge=1, le=11)
    left: float = field(N_("Left margin (mm)"), default=0.0, ge=0, le=100)
    top: float = field(N_("Top margin (mm)"), default=22.5, ge=0, le=150)
    gap_x: float = field(N_("Gap between columns (mm)"), default=0.0, ge=0, le=50)
    gap_y: float = field(N_("Gap between rows (mm)"), default=0.0, ge=0, le=50)
    marks: bool = field(N_("Cut marks"), default=True)
    header: str = field(N_("Line at the top"), default="", max_length=24)
    phone: str = field(N_("Phone of the office"), default="", max_length=20)
    hint: str = field(N_("Line at the QR code"), default="", max_length=24)


class PrintRun(AreaRecord, table=True):
    """One printing: which labels were asked for, how many came, and the files that wait to be fetched."""

    __tablename__ = "print_run"
    __table_args__ = (Index("ix_print_run_area", "area", "id"),)

    area: str = Field(max_length=60)
    choice: dict[str, object] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    title: str = Field(max_length=200)
    wanted: int = Field(default=0, ge=0)
    labels: int = Field(default=0, ge=0)
    files: int = Field(default=0, ge=0)
    state: str = Field(default="waiting", max_length=12)
    job_id: int | None = Field(default=None)
    made_at: datetime = Field(sa_type=Moment)
    made_by: str = Field(max_length=60)
