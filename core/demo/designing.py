"""A register that the demo's office designed for itself, with its first entries, and a field of its own on houses."""

from datetime import date, timedelta
from random import Random
from typing import Any

from core.demo.plan import Plan
from core.demo.words import table
from core.designs.commands import add_design, publish_design, save_draft
from core.designs.rules import Body, FieldPlan
from core.entries.commands import add_entry
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Level
from core.places.queries import HouseFilter, houses

FIRST = 24
POSTS = ("clerk", "lead", "grid_worker")
STAIRS = Body(
    title="楼道巡查",
    icon="stairs",
    about="楼道堆物、照明和消防通道的日常巡查。",
    at=("house",),
    due="x_next",
    view=POSTS,
    edit=POSTS,
    fields=(
        FieldPlan(
            key="x_seen", label="巡查日期", label_en="Looked at", kind="date", required=True, filtered=True
        ),
        FieldPlan(
            key="x_clutter",
            label="堆物情况",
            label_en="Clutter",
            kind="choice",
            options=(("1", "无堆物"), ("2", "少量堆物"), ("3", "堵塞通道")),
            filtered=True,
        ),
        FieldPlan(key="x_light", label="照明正常", label_en="Light works", kind="yes_no"),
        FieldPlan(key="x_bikes", label="违停电动车", label_en="E-bikes inside", kind="number"),
        FieldPlan(key="x_next", label="下次巡查", label_en="Next look", kind="date"),
        FieldPlan(key="x_note", label="说明", label_en="Remark", kind="long", listed=False, searched=True),
    ),
)
CARDS = Body(fields=(FieldPlan(key="x_cards", label="门禁卡数量", label_en="Access cards", kind="number"),))


def design(office: Office, plan: Plan, today: date) -> None:
    """Add them to an office that was just filled."""
    admin = _at_work(office, plan, "xitong")
    own, stairs = add_design(admin, "House"), add_design(admin, title=STAIRS.title)
    for number, body in ((own, CARDS), (stairs, STAIRS)):
        save_draft(admin, number, None, body)
        publish_design(admin, number, None, "演示")
    clerk, random = _at_work(office, plan, "li"), Random("designs")
    for house in houses(clerk, HouseFilter(state="owned"), limit=FIRST).items:
        seen = today - timedelta(days=random.randrange(40))
        values: dict[str, Any] = {
            "x_seen": seen,
            "x_clutter": random.choice("11123"),
            "x_light": random.random() < 0.9,
            "x_bikes": random.choice((0, 0, 0, 1, 2)),
            "x_next": seen + timedelta(days=30),
        }
        add_entry(clerk, str(stairs), house_id=house.id, **values)


def _at_work(office: Office, plan: Plan, login: str) -> UnitOfWork:
    """Somebody of the demo at work."""
    known = next(one for one in table("accounts")["account"] if one["login"] == login)
    place = next(plan.root.below(Level(known["area_level"]))).path
    return office.uow(Actor(login, known["role"], place, known["name"]))
