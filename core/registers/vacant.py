"""空置房台账: homes in which nobody lives, who can be reached, and whether water, gas and power are off."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.extensions import Register, in_order
from core.kernel.fields import PastDate, Phone, field
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord, Extended, Verified

OWNER, CHECK = N_("Home owner"), N_("Look at the home")


class VacantHome(AreaRecord, Extended, Verified, table=True):
    """A home that stands empty."""

    __tablename__ = "register_vacant"
    __table_args__ = (Index("ix_register_vacant_due", "next_check", "area"),)
    historic: ClassVar[bool] = True

    house_id: int = field(N_("House"), foreign_key="house.id", index=True, widget="house")
    since: PastDate | None = field(N_("Empty since"), default=None)
    reason: str = field(N_("Why it is empty"), default="", max_length=12, codes="vacancy_reason")
    owner: str = field(N_("Owner's name"), default="", max_length=50, mask="name", group=OWNER)
    phone: Phone | None = field(
        N_("Owner's phone"), default=None, sealed="phone", group=OWNER, help=N_("Sealed: shown only masked.")
    )
    phone_index: str | None = Field(default=None, max_length=24)
    phone_tail: str | None = Field(default=None, max_length=24)
    is_water_off: bool = field(N_("Water is off"), default=False, group=CHECK)
    is_gas_off: bool = field(N_("Gas is off"), default=False, group=CHECK)
    is_power_off: bool = field(N_("Power is off"), default=False, group=CHECK)
    checked_on: PastDate | None = field(N_("Checked on"), default=None, group=CHECK)
    next_check: date | None = field(
        N_("Next check"), default=None, group=CHECK, help=N_("Left empty: 60 days after the check.")
    )
    note: str = field(N_("Note"), default="", max_length=500, long=True, group=CHECK)


register = Register(
    title=N_("Vacant homes"),
    about=N_("Homes in which nobody lives: owner, supplies, and the next look."),
    icon="door_front",
    record=VacantHome,
    title_of=lambda record: "",
    listed=("since", "reason", "owner", "is_water_off", "is_gas_off", "is_power_off", "next_check"),
    filters=("reason", "is_gas_off", "since"),
    searched=("owner", "note"),
    key=("house_id",),
    due="next_check",
    due_from="checked_on",
    due_days=60,
    rules=(
        in_order("since", "checked_on", N_("The check was before the home became empty.")),
        in_order("checked_on", "next_check", N_("The next look cannot be before the last one.")),
    ),
    examples={"owner": "陈示例", "phone": "19900000002", "since": "2025-08-01"},
    aliases={
        "owner": ("业主", "业主姓名", "房主"),
        "phone": ("业主电话", "联系电话"),
        "since": ("空置时间", "空置日期"),
    },
    order=60,
)
