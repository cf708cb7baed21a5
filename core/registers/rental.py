"""出租房屋台账: homes that are let: by whom, to how many, until when, and whether they are safe (GB/T 31000 出租房)."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.extensions import Register, in_order
from core.kernel.fields import PastDate, Phone, field
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord, Extended, Verified

OWNER, LEASE, SAFETY = N_("Landlord"), N_("Lease"), N_("Safety")


class Rental(AreaRecord, Extended, Verified, table=True):
    """A home or room that is let."""

    __tablename__ = "register_rental"
    __table_args__ = (Index("ix_register_rental_due", "next_due", "area"),)
    historic: ClassVar[bool] = True

    house_id: int = field(N_("House"), foreign_key="house.id", index=True, widget="house")
    landlord: str = field(N_("Landlord's name"), min_length=1, max_length=50, mask="name", group=OWNER)
    landlord_id: int | None = field(
        N_("Landlord, if registered here"),
        default=None,
        foreign_key="person.id",
        widget="person",
        group=OWNER,
    )
    phone: Phone | None = field(
        N_("Landlord's phone"),
        default=None,
        sealed="phone",
        group=OWNER,
        help=N_("Sealed: shown only masked."),
    )
    phone_index: str | None = Field(default=None, max_length=24)
    phone_tail: str | None = Field(default=None, max_length=24)
    use: str = field(
        N_("Let as"),
        default="02",
        max_length=2,
        codes="gbt31000_codes:出租用途",
        group=LEASE,
        standard="GB/T 31000",
    )
    rooms: int | None = field(N_("Rooms let"), default=None, ge=1, le=500, group=LEASE)
    tenants: int = field(N_("Tenants"), default=0, ge=0, le=2000, group=LEASE)
    lease_from: date | None = field(N_("Lease from"), default=None, group=LEASE)
    lease_to: date | None = field(N_("Lease to"), default=None, group=LEASE)
    is_filed: bool = field(
        N_("Lease filed"),
        default=False,
        group=LEASE,
        help=N_("Whether the lease is filed with the authority."),
    )
    danger: str = field(
        N_("Hidden danger"),
        default="00",
        max_length=2,
        codes="gbt31000_codes:安全隐患类型",
        group=SAFETY,
        standard="GB/T 31000",
    )
    inspected_on: PastDate | None = field(N_("Inspected on"), default=None, group=SAFETY)
    next_due: date | None = field(
        N_("Next inspection"),
        default=None,
        group=SAFETY,
        help=N_("Left empty: 90 days after the inspection."),
    )
    note: str = field(N_("Note"), default="", max_length=500, long=True, group=SAFETY)


register = Register(
    title=N_("Rental housing"),
    about=N_("Homes that are let: landlord, tenants, lease, and the next inspection."),
    icon="real_estate_agent",
    record=Rental,
    title_of=lambda record: "",
    listed=("landlord", "phone", "use", "tenants", "lease_to", "danger", "next_due"),
    filters=("use", "danger", "is_filed", "lease_to"),
    searched=("landlord", "note"),
    key=("house_id", "landlord"),
    due="next_due",
    due_from="inspected_on",
    due_days=90,
    rules=(
        in_order("lease_from", "lease_to", N_("The lease ends before it begins.")),
        in_order("inspected_on", "next_due", N_("The next look cannot be before the last one.")),
    ),
    examples={"landlord": "林示例", "phone": "19900000001", "tenants": "3", "lease_from": "2026-01-01"},
    aliases={
        "landlord": ("房主", "房主姓名", "出租人"),
        "phone": ("房主电话", "联系电话", "联系方式"),
        "tenants": ("承租人数", "租户数", "人数"),
        "use": ("出租用途",),
        "danger": ("隐患类型", "安全隐患"),
    },
    order=10,
)
