"""Organisations: companies, the self-employed, social organisations, schools and institutions, and where they stand.

Fields follow the sets 非公有制经济组织, 社会组织 and 学校 of GB/T 31000-2015 with the advice in
data/codes/gbt31000_fields.csv: what is seldom needed is off until the office switches it on; 关注程度 and 境外背景 have
no field here.
"""

from datetime import date
from typing import ClassVar

from pydantic import field_validator
from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from core.kernel.crypto import Sealed
from core.kernel.fields import CreditCode, DocumentNumber, PastDate, Phone, field
from core.kernel.i18n import N_
from core.kernel.identifiers import clean_text
from core.kernel.kinds import know
from core.kernel.records import AreaRecord, Extended, Verified

WHAT, WHO, PERMIT, MORE = N_("Organisation"), N_("Responsible"), N_("Licence and opening"), N_("Optional")
SEALED = N_("Sealed: shown only masked.")
STANDARD = "GB/T 31000"


class Organisation(AreaRecord, Extended, Verified, table=True):
    """An organisation; `area` is the general grid where it stands, `industry_grid` the path of one it also belongs to.

    `address` follows house or building and the words of `place`; `inspection_due` follows the inspections.
    """

    historic: ClassVar[bool] = True
    key_fields: ClassVar[tuple[str, ...]] = (
        "credit_code",
        "state",
        "employees",
        "contact_name",
        "contact_phone",
        "licence_until",
    )
    __table_args__ = (
        CheckConstraint(
            "closed_on is null or opened_on is null or closed_on >= opened_on", "organisation_period"
        ),
        Index("ix_organisation_area", "area", "id"),
        Index("ix_organisation_list", "area", "state", "kind", "trade"),
        Index("ix_organisation_due", "area", "inspection_due"),
        Index("ix_organisation_licence", "area", "licence_until"),
    )

    area: str = Field(max_length=60)
    name: str = field(N_("Organisation name"), min_length=1, max_length=100, group=WHAT, standard=STANDARD)
    short_name: str = field(N_("Sign or short name"), default="", max_length=50, group=WHAT)
    credit_code: CreditCode | None = field(
        N_("Credit code"),
        default=None,
        max_length=18,
        unique=True,
        group=WHAT,
        standard="GB 32100",
        help=N_("18 places, on the licence; without one say why."),
    )
    no_code_reason: str = field(
        N_("Why there is no credit code"),
        default="",
        max_length=12,
        codes="no_credit_code_reason",
        group=WHAT,
    )
    kind: str = field(
        N_("Kind of organisation"),
        default="",
        max_length=12,
        codes="organisation_kind",
        group=WHAT,
        standard="GB 32100",
        help=N_("Empty: as the credit code says."),
    )
    trade: str = field(N_("Trade"), default="other", max_length=12, codes="trade", group=WHAT)
    place: str = field(
        N_("Place in words"),
        default="",
        max_length=100,
        group=WHAT,
        help=N_("Such as stall 12; beside the address."),
    )
    employees: int | None = field(
        N_("Employees"), default=None, ge=0, le=1_000_000, group=WHAT, standard=STANDARD
    )

    legal_name: str = field(
        N_("Legal head"), default="", max_length=50, mask="name", group=WHO, standard=STANDARD
    )
    legal_phone: Phone | None = field(
        N_("Phone of the legal head"), default=None, sealed="phone", group=WHO, help=SEALED
    )
    legal_phone_index: str | None = Field(default=None, index=True, max_length=24)
    legal_phone_tail: str | None = Field(default=None, max_length=24)
    contact_name: str = field(N_("Contact"), default="", max_length=50, mask="name", group=WHO)
    contact_phone: Phone | None = field(
        N_("Phone of the contact"), default=None, sealed="phone", group=WHO, help=SEALED
    )
    contact_phone_index: str | None = Field(default=None, index=True, max_length=24)
    contact_phone_tail: str | None = Field(default=None, max_length=24)

    licence_kind: str = field(N_("Licence"), default="", max_length=12, codes="licence_kind", group=PERMIT)
    licence_no: str = field(N_("Licence number"), default="", max_length=50, group=PERMIT)
    licence_until: date | None = field(N_("Licence valid until"), default=None, group=PERMIT)
    opened_on: date | None = field(N_("In business since"), default=None, group=PERMIT)
    closed_on: date | None = field(N_("Out of business since"), default=None, group=PERMIT)
    state: str = field(N_("State"), default="open", max_length=8, codes="organisation_state", group=PERMIT)
    note: str = field(N_("Note"), default="", max_length=200, long=True, group=PERMIT)

    legal_document: DocumentNumber | None = field(
        N_("Document of the legal head"), default=None, sealed="document", optional=True, group=MORE
    )
    legal_document_index: str | None = Field(default=None, max_length=24)
    legal_document_tail: str | None = Field(default=None, max_length=24)
    security_name: str = field(
        N_("Security officer"),
        default="",
        max_length=50,
        mask="name",
        optional=True,
        group=MORE,
        standard=STANDARD,
    )
    security_phone: Phone | None = field(
        N_("Phone of the security officer"), default=None, sealed="phone", optional=True, group=MORE
    )
    security_phone_index: str | None = Field(default=None, max_length=24)
    security_phone_tail: str | None = Field(default=None, max_length=24)
    has_chemicals: bool = field(
        N_("Dangerous chemicals"), default=False, optional=True, group=MORE, standard=STANDARD
    )
    hazard: str = field(
        N_("Safety hazard"),
        default="",
        max_length=2,
        codes="gbt31000_codes:安全隐患类型",
        optional=True,
        group=MORE,
    )
    holding: str = field(
        N_("Share control"),
        default="",
        max_length=3,
        codes="gbt31000_codes:控股情况",
        optional=True,
        group=MORE,
    )
    funding: str = field(
        N_("Funding"), default="", max_length=100, optional=True, group=MORE, standard=STANDARD
    )
    party_members: int | None = field(N_("Party members"), default=None, ge=0, optional=True, group=MORE)
    union_members: int | None = field(N_("Union members"), default=None, ge=0, optional=True, group=MORE)
    students: int | None = field(
        N_("Students"), default=None, ge=0, optional=True, group=MORE, standard=STANDARD
    )

    house_id: int | None = Field(default=None, foreign_key="house.id", index=True)
    building_id: int | None = Field(default=None, foreign_key="building.id", index=True)
    address: str = Field(default="", max_length=300)
    legal_person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    industry_grid: str = Field(default="", max_length=60, index=True)
    inspection_due: date | None = Field(default=None)

    @field_validator(
        "name",
        "short_name",
        "place",
        "legal_name",
        "contact_name",
        "licence_no",
        "funding",
        "note",
        mode="before",
    )
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=200) if isinstance(value, str) else value

    @field_validator(
        "credit_code", "legal_phone", "contact_phone", "legal_document", "security_phone", mode="before"
    )
    @classmethod
    def _may_be_empty(cls, value: object) -> object:
        return value if isinstance(value, Sealed) else value or None


class Premises(AreaRecord, table=True):
    """Where an organisation stood from when to when, under which name; `area` is the grid of that place."""

    __table_args__ = (
        CheckConstraint("to_on is null or from_on is null or to_on >= from_on", "premises_period"),
        Index("ix_premises_house", "house_id", "to_on"),
        Index("ix_premises_organisation", "organisation_id", "to_on"),
        Index("ix_premises_area", "area", "id"),
    )

    area: str = Field(max_length=60)
    organisation_id: int = Field(foreign_key="organisation.id")
    house_id: int | None = Field(default=None, foreign_key="house.id")
    building_id: int | None = Field(default=None, foreign_key="building.id")
    name: str = field(N_("Organisation name"), max_length=100)
    address: str = field(N_("Address"), default="", max_length=300)
    from_on: PastDate | None = field(N_("From"), default=None, help=N_("Empty: not known."))
    to_on: PastDate | None = field(N_("To"), default=None)


class Staff(AreaRecord, table=True):
    """Somebody who works or worked in an organisation; `person_id` when they are registered. `area` as of it."""

    __table_args__ = (
        CheckConstraint("to_on is null or from_on is null or to_on >= from_on", "staff_period"),
        Index("ix_staff_organisation", "organisation_id", "to_on"),
        Index("ix_staff_person", "person_id", "to_on"),
        Index("ix_staff_area", "area", "id"),
    )

    area: str = Field(max_length=60)
    organisation_id: int = Field(foreign_key="organisation.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    name: str = field(N_("Name"), min_length=1, max_length=50, mask="name")
    post: str = field(N_("Post"), default="", max_length=50)
    from_on: PastDate | None = field(N_("From"), default=None, help=N_("Empty: not known."))
    to_on: PastDate | None = field(N_("To"), default=None)

    @field_validator("name", "post", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=50) if isinstance(value, str) else value


class Inspection(AreaRecord, table=True):
    """One look at an organisation: what was looked at, by whom, how it went, and when the next one is due."""

    __table_args__ = (
        Index("ix_inspection_organisation", "organisation_id", "inspected_on"),
        Index("ix_inspection_area", "area", "id"),
    )

    area: str = Field(max_length=60)
    organisation_id: int = Field(foreign_key="organisation.id")
    inspected_on: PastDate = field(N_("Inspected on"))
    kind: str = field(N_("What was looked at"), default="fire", max_length=12, codes="inspection_kind")
    result: str = field(N_("Result"), default="pass", max_length=8, codes="inspection_result")
    inspector: str = field(N_("Inspected by"), default="", max_length=60, help=N_("Empty: you."))
    next_due: date | None = field(N_("Next one due"), default=None)
    note: str = field(N_("Note"), default="", max_length=200, long=True)

    @field_validator("inspector", "note", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=200) if isinstance(value, str) else value


know(Organisation, view="organisation.view", edit="organisation.edit")
