"""关爱走访台账: visits to older people and others who need somebody to look in. Sensitive: a permission of its own."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index

from core.kernel.extensions import Register, in_order
from core.kernel.fields import PastDate, field
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord, Extended, Verified


class CareVisit(AreaRecord, Extended, Verified, table=True):
    """One visit. Short findings and needs only; nothing about illness that the service does not need."""

    __tablename__ = "register_care"
    __table_args__ = (Index("ix_register_care_due", "next_visit", "area"),)
    watched: ClassVar[bool] = True
    historic: ClassVar[bool] = True

    person_id: int = field(N_("Person"), foreign_key="person.id", index=True, widget="person")
    visited_on: PastDate = field(N_("Visited on"))
    visited_by: str = field(N_("Visited by"), default="", max_length=50)
    kind: str = field(N_("Kind of visit"), default="home", max_length=12, codes="care_visit_kind")
    findings: str = field(
        N_("Findings"),
        default="",
        max_length=200,
        help=N_("A few words about what matters for the service; no diagnosis."),
    )
    needs: str = field(N_("Needs"), default="", max_length=200)
    is_solved: bool = field(N_("Need is met"), default=False)
    next_visit: date | None = field(
        N_("Next visit"), default=None, help=N_("Left empty: 30 days after this one.")
    )


register = Register(
    title=N_("Care visits"),
    about=N_("Visits to older people and others who need somebody to look in."),
    icon="elderly",
    record=CareVisit,
    title_of=lambda record: "",
    listed=("visited_on", "kind", "visited_by", "findings", "needs", "is_solved", "next_visit"),
    filters=("kind", "is_solved", "visited_on"),
    searched=("visited_by",),
    key=("person_id", "visited_on"),
    due="next_visit",
    due_from="visited_on",
    due_days=30,
    rules=(in_order("visited_on", "next_visit", N_("The next look cannot be before the last one.")),),
    examples={"visited_on": "2026-11-02", "visited_by": "王示例", "findings": "一切都好", "needs": "换灯泡"},
    aliases={
        "person_id": ("姓名", "走访对象", "老人姓名"),
        "visited_by": ("走访人",),
        "findings": ("走访情况",),
    },
    view="care.view",
    edit="care.edit",
    is_personal=True,
    order=50,
)
