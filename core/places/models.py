"""Places: the area tree, the buildings on it and the houses (rooms, shops) in them."""

from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import field_validator
from sqlalchemy import JSON, CheckConstraint, ColumnElement, Index
from sqlmodel import Field, col

from core.kernel.fields import AreaPath, field
from core.kernel.i18n import N_
from core.kernel.identifiers import clean_text
from core.kernel.kinds import Attached, know
from core.kernel.records import AreaRecord, Extended, Placed, TreeRecord, Verified

CLOSED = "closed"
"""The state of a house that was pulled down, split or merged: its code is never given again."""


class Level(StrEnum):
    """The levels of the tree, from the root down."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"


class Area(TreeRecord, table=True):
    """A node of the area tree; `area` is its own path. Codes of closed areas are never used again."""

    area: AreaPath = Field(unique=True, max_length=60)
    code: str = field(
        N_("Code"), max_length=15, unique=True, standard="GB/T 2260; statistics code; GB/T 30428.1"
    )
    name: str = field(N_("Area name"), min_length=1, max_length=60)
    level: Level = field(N_("Level"), codes="area_level", index=True)
    kind: str = field(N_("Kind"), default="general", max_length=12, codes="area_kind")
    trade: str = field(
        N_("Trade"), default="", max_length=20, codes="grid_trade", help=N_("Only for industry grids.")
    )
    polygon: list[Any] | None = Field(default=None, sa_type=JSON)
    lon: float | None = field(N_("Longitude"), default=None, ge=73, le=136)
    lat: float | None = field(N_("Latitude"), default=None, ge=3, le=54)
    valid_from: date | None = field(N_("Valid from"), default=None)
    valid_to: date | None = field(N_("Valid to"), default=None, help=N_("Empty: still valid."))


class Building(AreaRecord, Extended, Placed, table=True):
    """A building; `area` is its general grid. `address_key` says it is the only one of its address.

    A provisional one has no certificate or door number yet: its serial stands in for the address, `spot` says in words
    where it is.
    """

    historic: ClassVar[bool] = True

    __table_args__ = (
        CheckConstraint("floors between 1 and 200", "building_floors"),
        Index("ix_building_map", "cell", "area"),
        Index("ix_building_totals", "area", "use", "closed_on"),
        Index("ix_building_provisional", "is_provisional", "area"),
    )

    code: str = field(N_("Building code"), max_length=17, unique=True)
    road: str = field(N_("Road"), default="", max_length=60)
    number: str = field(N_("Door number"), default="", max_length=30)
    estate: str = field(N_("Estate or village"), default="", max_length=60)
    name: str = field(
        N_("Building"),
        default="",
        max_length=30,
        help=N_("Such as 3 for 3幢; empty when it is the only one."),
    )
    address: str = field(N_("Address"), max_length=200)
    address_key: str = Field(unique=True, max_length=200)
    floors: int = field(N_("Floors"), default=1, ge=1, le=200)
    units: int = field(N_("Units"), default=1, ge=1, le=30)
    structure: str = field(
        N_("Structure"), default="", max_length=2, codes="house_structure", standard="GB/T 17986.1"
    )
    built_year: int | None = field(N_("Year built"), default=None, ge=1800, le=2100)
    use: str = field(N_("Use"), default="10", max_length=2, codes="house_use", standard="GB/T 17986.1")
    polygon: list[Any] | None = Field(default=None, sa_type=JSON)
    lon: float | None = field(N_("Longitude"), default=None, ge=73, le=136)
    lat: float | None = field(N_("Latitude"), default=None, ge=3, le=54)
    is_provisional: bool = Field(default=False)
    spot: str = field(
        N_("Where it stands"),
        default="",
        max_length=60,
        help=N_("In words, until it has an address: behind the temple, next to the well."),
    )
    closed_on: date | None = Field(default=None)

    @classmethod
    def standing(cls) -> ColumnElement[bool]:
        """Not pulled down."""
        return col(cls.closed_on).is_(None)


class House(AreaRecord, Extended, Verified, table=True):
    """One door that can be knocked on: a room, flat or shop of a building, with one address and one code."""

    historic: ClassVar[bool] = True
    key_fields: ClassVar[tuple[str, ...]] = ("state", "use", "ownership", "floor_area")

    __table_args__ = (
        Index("ix_house_building_unit", "building_id", "unit", "floor", "room"),
        Index("ix_house_area_id", "area", "id"),
        Index("ix_house_area_verified", "area", "verified_at", "state"),
        Index("ix_house_state_area", "state", "area", "id"),
        Index("ix_house_map", "building_id", "area", "state", "residents", "verified_at"),
        Index("ix_house_totals", "area", "state", "residents"),
    )

    building_id: int = Field(foreign_key="building.id")
    unit: str = field(N_("Unit"), default="", max_length=10)
    floor: int = field(N_("Floor"), default=1, ge=-9, le=200)
    room: str = field(N_("Room"), default="", max_length=20)
    code: str = field(N_("House code"), max_length=24, unique=True)
    address: str = field(N_("Address"), max_length=200)
    address_key: str = Field(unique=True, max_length=200)
    state: str = field(N_("State"), default="unknown", max_length=12, codes="house_state", ended=(CLOSED,))
    use: str = field(N_("Use"), default="10", max_length=2, codes="house_use", standard="GB/T 17986.1")
    ownership: str = field(
        N_("Ownership"), default="", max_length=2, codes="house_ownership", standard="GB/T 17986.1"
    )
    floor_area: float | None = field(N_("Floor area (m²)"), default=None, gt=0, le=1_000_000)
    residents: int = Field(default=0, ge=0)
    note: str = field(N_("Note"), default="", max_length=200, long=True)
    closed_on: date | None = Field(default=None)

    listed: ClassVar[tuple[str, ...]] = ("address", "state", "use", "floor_area", "verified_at")

    @field_validator("unit", "room", "note", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=200) if isinstance(value, str) else value

    @classmethod
    def standing(cls) -> ColumnElement[bool]:
        """Not closed, said by the state because the indexes carry it."""
        return col(cls.state) != CLOSED


class GivenCode(Attached, table=True):
    """Every code that a building or house ever carried: none is given twice, also when the first has lost it."""

    __tablename__ = "given_code"
    __table_args__ = (
        Index("ix_given_code_about", "about_id", "about_kind"),
        Index("ix_given_code_area", "area", "id"),
    )
    audited: ClassVar[bool] = False
    lasting: ClassVar[bool] = True

    area: str = Field(max_length=60)
    code: str = Field(max_length=24, unique=True)
    given_on: date
    closed_on: date | None = Field(default=None)
    why: str = Field(default="", max_length=20)


class Successor(Attached, table=True):
    """What came in the place of a closed building or house; `about` is the old one."""

    __table_args__ = (
        Index("ix_successor_about", "about_id", "about_kind"),
        Index("ix_successor_area", "area", "id"),
    )

    area: str = Field(max_length=60)
    new_id: int = Field(index=True)
    since: date


know(Building, view="house.view", edit="house.edit")
know(House, view="house.view", edit="house.edit")
