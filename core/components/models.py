"""Components (部件): the things that stand in the street, with class, code, owner, state and position.

Classes and fields follow GB/T 47678.5-2026 (data/codes/gbt47678_5_components.csv and …_attributes.csv).
"""

from datetime import date
from typing import ClassVar

from pydantic import field_validator
from sqlalchemy import Index
from sqlmodel import Field

from core.components.rules import CATALOGUE, MASKED, is_sensitive
from core.kernel.fields import CUSTOM, CreditCode, PastDate, field
from core.kernel.i18n import N_, _
from core.kernel.identifiers import clean_text
from core.kernel.kinds import know
from core.kernel.masking import hidden
from core.kernel.problems import Refused
from core.kernel.records import AreaRecord, Extended, Placed, TreeRecord, Verified
from core.kernel.unit_of_work import UnitOfWork

STANDARD = "GB/T 47678.5"
WHAT, WHOSE, WHERE = N_("Component"), N_("Units in charge"), N_("Position")
UNIT = N_("Credit code of the unit; may stay empty.")


class LocalClass(TreeRecord, table=True):
    """A class that the office adds to the national ones, for its branch; ended, never deleted."""

    __tablename__ = "local_class"

    code: str = field(N_("Class code"), max_length=5, unique=True)
    name: str = field(N_("Class name"), min_length=1, max_length=30)
    is_sensitive: bool = field(
        N_("Position withheld"),
        default=False,
        help=N_("As for gas, power and water: only some roles see where it is."),
    )
    ended_on: date | None = field(N_("Ended on"), default=None)

    @field_validator("name", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=30) if isinstance(value, str) else value


class Component(AreaRecord, Extended, Verified, Placed, table=True):
    """A component; `area` is its grid. `code` is 6 digits of the county, the class (major 2, minor 3), 6 of a serial.

    Of a sensitive class only holders of `component.positions` see where it stands.
    """

    guard: ClassVar[str] = "component.positions"
    __table_args__ = (
        Index("ix_component_area", "area", "id"),
        Index("ix_component_list", "area", "class_code", "state"),
        Index("ix_component_verified", "area", "verified_at"),
        Index("ix_component_map", "cell", "area", "class_code", "state", "lon", "lat"),
    )

    area: str = Field(max_length=60)
    code: str = field(N_("Component code"), max_length=17, unique=True, standard=STANDARD)
    class_code: str = field(N_("Class"), max_length=5, named=CATALOGUE, group=WHAT, standard=STANDARD)
    state: str = field(
        N_("State"), default="intact", max_length=10, codes="component_state", group=WHAT, standard=STANDARD
    )
    initial_on: PastDate | None = field(N_("Put up on"), default=None, group=WHAT, standard=STANDARD)
    changed_on: PastDate | None = field(N_("Changed on"), default=None, group=WHAT, standard=STANDARD)
    source: str = field(
        N_("Data source"),
        default="survey",
        max_length=10,
        codes="component_source",
        group=WHAT,
        standard=STANDARD,
    )
    note: str = field(N_("Note"), default="", max_length=1000, long=True, group=WHAT, standard=STANDARD)

    authority_name: str = field(N_("Authority"), default="", max_length=100, group=WHOSE, standard=STANDARD)
    authority_code: CreditCode | None = field(
        N_("Code of the authority"), default=None, max_length=18, group=WHOSE, help=UNIT
    )
    owner_name: str = field(N_("Owner"), default="", max_length=100, group=WHOSE, standard=STANDARD)
    owner_code: CreditCode | None = field(
        N_("Code of the owner"), default=None, max_length=18, group=WHOSE, help=UNIT
    )
    maintainer_name: str = field(
        N_("Maintained by"), default="", max_length=100, group=WHOSE, standard=STANDARD
    )
    maintainer_code: CreditCode | None = field(
        N_("Code of the maintainer"), default=None, max_length=18, group=WHOSE, help=UNIT
    )

    lon: float | None = field(N_("Longitude"), default=None, ge=73, le=136, group=WHERE)
    lat: float | None = field(N_("Latitude"), default=None, ge=3, le=54, group=WHERE)
    accuracy: str = field(
        N_("Accuracy"), default="", max_length=1, codes="position_accuracy", group=WHERE, standard=STANDARD
    )
    place: str = field(
        N_("Place in words"),
        default="",
        max_length=200,
        group=WHERE,
        help=N_("Such as: in front of 海滨路 12 号."),
    )
    house_id: int | None = Field(default=None, foreign_key="house.id", index=True)
    former_code: str = field(
        N_("Former code"), default="", max_length=20, help=N_("Of an older list, 16 digits after CJ/T 214.")
    )

    @field_validator("note", "authority_name", "owner_name", "maintainer_name", "place", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=1000) if isinstance(value, str) else value

    @field_validator("authority_code", "owner_code", "maintainer_code", mode="before")
    @classmethod
    def _may_be_empty(cls, value: object) -> object:
        return value or None

    def guarded(self) -> frozenset[str]:
        """Where it stands, when its class is a sensitive one; the office's own fields may say it as well."""
        if not is_sensitive(self.class_code):
            return frozenset()
        return MASKED | {name for name in self.extra if name.startswith(CUSTOM)}


def _may_know_where(uow: UnitOfWork, component: Component, _to_change: bool) -> None:
    """A photo shows where a component stands: for some that is withheld."""
    if "pictures" in hidden(uow.actor, component):
        raise Refused(_("The position of this component is withheld from your role."))


know(Component, view="component.view", edit="component.edit", check=_may_know_where)
