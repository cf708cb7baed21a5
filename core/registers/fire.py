"""消防点位台账: hydrants, extinguishers, micro fire stations and charging sheds, and when they are looked at again."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.extensions import Register, in_order
from core.kernel.fields import PastDate, Phone, field
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord, Extended, Placed, Verified

WHAT, WHO = N_("Point and equipment"), N_("Who looks after it")


class FirePoint(AreaRecord, Extended, Verified, Placed, table=True):
    """A place with equipment against fire."""

    __tablename__ = "register_fire"
    __table_args__ = (
        Index("ix_register_fire_due", "next_check", "area"),
        Index("ix_register_fire_map", "cell", "area"),
    )
    historic: ClassVar[bool] = True

    title: str = field(
        N_("Point"),
        min_length=1,
        max_length=60,
        group=WHAT,
        help=N_("Such as its number and where it stands."),
    )
    kind: str = field(N_("Kind"), default="extinguisher", max_length=12, codes="fire_point_kind", group=WHAT)
    equipment: str = field(N_("Equipment"), default="", max_length=120, group=WHAT)
    amount: int = field(N_("Number of pieces"), default=1, ge=0, le=10_000, group=WHAT)
    state: str = field(N_("State"), default="good", max_length=12, codes="fire_point_state", group=WHAT)
    house_id: int | None = field(
        N_("House"), default=None, foreign_key="house.id", index=True, widget="house", group=WHAT
    )
    place: str = field(N_("Position"), default="", max_length=40, widget="place", group=WHAT)
    lon: float | None = Field(default=None)
    lat: float | None = Field(default=None)
    checked_on: PastDate | None = field(N_("Checked on"), default=None, group=WHO)
    next_check: date | None = field(
        N_("Next check"), default=None, group=WHO, help=N_("Left empty: 30 days after the check.")
    )
    responsible: str = field(N_("Responsible"), default="", max_length=50, mask="name", group=WHO)
    phone: Phone | None = field(
        N_("Phone"), default=None, sealed="phone", group=WHO, help=N_("Sealed: shown only masked.")
    )
    phone_index: str | None = Field(default=None, max_length=24)
    phone_tail: str | None = Field(default=None, max_length=24)
    note: str = field(N_("Note"), default="", max_length=500, long=True, group=WHO)


register = Register(
    title=N_("Fire-safety points"),
    about=N_("Equipment against fire: where it stands, whether it works, who looks after it."),
    icon="fire_extinguisher",
    record=FirePoint,
    title_of=lambda record: str(record.title),
    listed=("kind", "equipment", "state", "responsible", "checked_on", "next_check"),
    filters=("kind", "state", "checked_on"),
    searched=("equipment", "responsible", "note"),
    key=("title",),
    due="next_check",
    due_from="checked_on",
    due_days=30,
    rules=(in_order("checked_on", "next_check", N_("The next look cannot be before the last one.")),),
    examples={"title": "示例路12号门口1号箱", "equipment": "4公斤干粉灭火器", "amount": "2"},
    aliases={"title": ("点位", "点位名称", "名称"), "kind": ("类型", "点位类型"), "responsible": ("责任人",)},
    order=20,
)
