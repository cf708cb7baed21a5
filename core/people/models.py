"""People: who lives in the houses, in which household, related to whom, and why a service tag applies.

Fields follow GB/T 31000-2015 with the advice in data/codes/gbt31000_fields.csv: kept, optional (off until
the office switches them on) or left out. Belief, ethnicity, health, criminal and petition data have no
field here.
"""

from datetime import date
from typing import ClassVar

from pydantic import ValidationInfo, field_validator
from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from core.kernel.crypto import Sealed
from core.kernel.fields import DocumentNumber, PastDate, Phone, field
from core.kernel.i18n import N_, _
from core.kernel.identifiers import clean_text, document_number
from core.kernel.kinds import know
from core.kernel.records import AreaRecord, Extended, Verified
from core.people import apart

WHO, HOME, MORE, ABROAD = N_("Identity"), N_("Registration"), N_("Optional"), N_("From abroad")
PAPERLESS = "document_no is null and no_document_reason = '' and state = 'here'"
GONE = "state <> 'here'"
SINGLE = "size = 1 and closed_on is null"
TENANT = "kind = 'tenant'"
HEADLESS = "head_id is null and closed_on is null and kind = 'family'"


class Person(AreaRecord, Extended, Verified, table=True):
    """Someone who lives, or lived, in the area. `area` is the grid of the home."""

    watched: ClassVar[bool] = True
    historic: ClassVar[bool] = True
    key_fields: ClassVar[tuple[str, ...]] = (
        "phone",
        "document_no",
        "home",
        "household_id",
        "relation",
        "category",
    )
    __table_args__ = (
        Index(
            "ix_person_list",
            "area",
            "state",
            "category",
            "sex",
            "birth",
            "verified_at",
            "relation",
            "consistent",
            "political",
            "name",
        ),
        Index("ix_person_birth", "birth", "sex", "state", "area"),
        Index("ix_person_name", "name", "area", "state"),
        Index("ix_person_verified", "verified_at", "area", "state"),
        Index("ix_person_gone", "area", "state", sqlite_where=text(GONE), postgresql_where=text(GONE)),
        Index("ix_person_paperless", "area", sqlite_where=text(PAPERLESS), postgresql_where=text(PAPERLESS)),
    )

    area: str = Field(max_length=60)
    name: str = field(N_("Name"), min_length=1, max_length=50, mask="name", group=WHO, standard="GB/T 31000")
    document_kind: str = field(
        N_("Document kind"),
        default="111",
        max_length=3,
        codes="gat517_documents",
        group=WHO,
        standard="GA/T 517",
    )
    document_no: DocumentNumber | None = field(
        N_("Document number"),
        default=None,
        sealed="document",
        group=WHO,
        standard="GB 11643",
        help=N_("Sealed: shown only masked."),
    )
    document_no_index: str | None = Field(default=None, unique=True, max_length=24)
    document_no_tail: str | None = Field(default=None, max_length=24)
    no_document_reason: str = field(
        N_("Why there is no document"), default="", max_length=12, codes="no_document_reason", group=WHO
    )
    sex: str = field(
        N_("Sex"), default="0", max_length=1, codes="gbt2261_1_sex", group=WHO, standard="GB/T 2261.1"
    )
    birth: PastDate = field(N_("Birth date"), group=WHO, mask="birth")
    phone: Phone | None = field(
        N_("Phone"), default=None, sealed="phone", group=WHO, help=N_("Sealed: shown only masked.")
    )
    phone_index: str | None = Field(default=None, index=True, max_length=24)
    phone_tail: str | None = Field(default=None, max_length=24)

    category: str = field(N_("Category"), default="hukou", max_length=10, codes="person_category", group=HOME)
    hukou_division: str = field(
        N_("Registered division"),
        default="",
        max_length=6,
        group=HOME,
        standard="GB/T 2260",
        named="gb2260_history",
        help=N_("Six digits, such as 440512."),
    )
    hukou_address: str = field(N_("Registered address"), default="", max_length=80, group=HOME)
    consistent: str = field(
        N_("Lives where registered"),
        default="",
        max_length=2,
        codes="gbt31000_codes:人户一致标识",
        group=HOME,
        standard="GB/T 31000",
    )
    inflow_reason: str = field(
        N_("Reason for coming"), default="", max_length=2, codes="gbt31000_codes:流入原因", group=HOME
    )
    state: str = field(
        N_("State"), default="here", max_length=8, codes="person_state", ended=("merged",), group=HOME
    )
    state_since: date | None = field(
        N_("State since"), default=None, group=HOME, help=N_("The day of the move or of the death.")
    )
    registered_on: date | None = field(N_("Registered on"), default=None, group=HOME)

    household_id: int | None = Field(default=None, foreign_key="household.id", index=True)
    relation: str = field(
        N_("Relation to head"),
        default="",
        max_length=2,
        codes="gbt4761_family_relation",
        standard="GB/T 4761",
    )

    merged_into: int | None = Field(default=None, foreign_key="person.id", index=True)

    former_name: str = field(
        N_("Former name"), default="", max_length=50, optional=True, mask="name", group=MORE
    )
    education: str = field(
        N_("Education"), default="", max_length=2, codes="gbt4658_education", optional=True, group=MORE
    )
    occupation: str = field(N_("Occupation"), default="", max_length=30, optional=True, group=MORE)
    workplace: str = field(N_("Workplace"), default="", max_length=100, optional=True, group=MORE)
    marital: str = field(
        N_("Marital status"),
        default="",
        max_length=2,
        codes="gbt2261_2_marital",
        optional=True,
        needs="person.private",
        group=MORE,
    )
    political: str = field(
        N_("Party"),
        default="",
        max_length=2,
        codes="gbt4762_political",
        optional=True,
        needs="person.private",
        group=MORE,
    )

    foreign_name: str = field(
        N_("Name in Latin letters"), default="", max_length=80, mask="name", group=ABROAD
    )
    nationality: str = field(
        N_("Nationality"), default="", max_length=3, group=ABROAD, help=N_("Three letters, such as CHN.")
    )
    arrived_on: date | None = field(N_("Arrived on"), default=None, group=ABROAD)
    leaves_on: date | None = field(N_("Expected to leave on"), default=None, group=ABROAD)
    purpose: str = field(
        N_("Purpose"), default="", max_length=2, codes="gbt31000_codes:来华目的", group=ABROAD
    )

    @field_validator(
        "name", "former_name", "foreign_name", "hukou_address", "occupation", "workplace", mode="before"
    )
    @classmethod
    def _clean(cls, value: object, info: ValidationInfo) -> object:
        longest = {"name": 50, "former_name": 50, "occupation": 30, "workplace": 100}.get(
            info.field_name or "", 80
        )
        return clean_text(value, longest=longest) if isinstance(value, str) else value

    @field_validator("document_no", mode="before")
    @classmethod
    def _fits_its_kind(cls, value: object, info: ValidationInfo) -> object:
        if value in (None, "") or isinstance(value, Sealed):
            return value or None
        return Sealed("document", plain=document_number(info.data.get("document_kind", "111"), str(value)))

    @field_validator("phone", mode="before")
    @classmethod
    def _may_be_empty(cls, value: object) -> object:
        return value or None

    @field_validator("hukou_division")
    @classmethod
    def _six_digits(cls, value: str) -> str:
        if value and not (len(value) == 6 and value.isdecimal()):
            raise ValueError(_("A division code has six digits, such as 440512."))
        return value


class Household(AreaRecord, Extended, table=True):
    """People who keep one home together, with a head. `area` is the grid of the house."""

    historic: ClassVar[bool] = True

    __table_args__ = (
        Index("ix_household_list", "area", "closed_on", "kind"),
        Index("ix_household_headless", "area", sqlite_where=text(HEADLESS), postgresql_where=text(HEADLESS)),
        Index("ix_household_single", "area", sqlite_where=text(SINGLE), postgresql_where=text(SINGLE)),
    )

    area: str = Field(max_length=60)
    number: str = field(N_("Household number"), default="", max_length=9, standard="GB/T 31000 户号")
    kind: str = field(N_("Kind"), default="family", max_length=12, codes="household_kind")
    house_id: int | None = Field(default=None, foreign_key="house.id", index=True)
    head_id: int | None = Field(default=None, index=True)
    size: int = Field(default=0, ge=0)
    opened_on: date | None = field(N_("Opened on"), default=None)
    closed_on: date | None = field(N_("Closed on"), default=None)


class Residence(AreaRecord, Verified, table=True):
    """Who lived in which house from when to when, as what, and who says so. `area` is the grid of the house. The
    statement of before stays in the history; periods that contradict each other cannot be filed (apart.py).
    """

    historic: ClassVar[bool] = True

    __table_args__ = (
        CheckConstraint("to_on is null or from_on is null or to_on >= from_on", "residence_period"),
        Index("ix_residence_house", "house_id", "to_on", "person_id", "area"),
        Index("ix_residence_person", "person_id", "to_on", "kind", "house_id", "area"),
        Index(
            "ix_residence_tenant",
            "area",
            "from_on",
            "to_on",
            "house_id",
            sqlite_where=text(TENANT),
            postgresql_where=text(TENANT),
        ),
    )

    person_id: int = Field(foreign_key="person.id")
    house_id: int = Field(foreign_key="house.id")
    kind: str = field(N_("Lives there as"), default="owner", max_length=10, codes="residence_kind")
    from_on: PastDate | None = field(N_("From"), default=None, help=N_("Empty: not known."))
    to_on: PastDate | None = field(N_("To"), default=None, help=N_("Empty: still lives there."))
    source: str = field(N_("Source"), default="", max_length=20, codes="sources")


class Relation(AreaRecord, table=True):
    """One person is something to another, beyond the household: "other is my `kind`"."""

    __table_args__ = (Index("ix_relation_pair", "person_id", "other_id", unique=True),)

    person_id: int = Field(foreign_key="person.id")
    other_id: int = Field(foreign_key="person.id", index=True)
    kind: str = field(N_("Relation"), max_length=2, codes="gbt4761_family_relation", standard="GB/T 4761")


class DeclaredTag(AreaRecord, table=True):
    """A service tag that data cannot tell: from a department's list, a certificate or the person; it
    expires.
    """

    __table_args__ = (
        Index("ix_declared_tag_person", "person_id", "tag", unique=True),
        Index("ix_declared_tag_people", "tag", "person_id"),
        Index("ix_declared_tag_expiry", "expires_on"),
    )

    person_id: int = Field(foreign_key="person.id")
    tag: str = field(N_("Tag"), max_length=30)
    source: str = field(
        N_("Source"), max_length=60, help=N_("Who says so: a list, a certificate, the person.")
    )
    verified_on: PastDate = field(N_("Verified on"))
    expires_on: date | None = field(N_("Expires on"), default=None)


know(Person, view="person.view", edit="person.edit", is_sensitive=True)
apart.made_with(SQLModel.metadata.tables["residence"])
