"""What the demo shows beside the register: drawn photos of houses, consent texts, requests, a code of its own.

They come through the same commands as in an office, so each has its line in the log."""

import io
from datetime import date, timedelta
from random import Random

from PIL import Image, ImageDraw

from core.attachments.taking import take
from core.demo.plan import Plan
from core.demo.words import table
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.people.queries import PeopleFilter, people
from core.places.models import Level
from core.places.queries import HouseFilter, houses
from core.rights import commands as rights
from core.upkeep.commands import add_code

WALLS = ("#d8c8a8", "#c9d3da", "#e0d2c4", "#b9c7b4", "#d9b9a4")
HOUSES = 4
REQUESTS = (
    ("access", "counter", 41, "想看看社区登记了我哪些信息。", "", ""),
    ("correct", "phone", 26, "手机号码换了，请更正。", "", ""),
    ("object", "online", 25, "不同意用我的手机号码发通知，请改为上门。", "", ""),
    ("know", "counter", 70, "谁看过我的信息？", "已出具查看记录，当面说明。", ""),
    (
        "delete",
        "letter",
        55,
        "要求删除登记信息。",
        "",
        "仍在本社区居住，人口登记依法进行；已说明可在迁离后删除。",
    ),
)


def furnish(office: Office, plan: Plan, today: date) -> None:
    """Add it to an office that was just filled."""

    def at_work(login: str, role: str, level: Level) -> UnitOfWork:
        return office.uow(Actor(login, role, next(plan.root.below(level)).path))

    _photos(at_work("wang", "grid_worker", Level.GRID))
    _texts(at_work("lin", "lead", Level.DISTRICT), at_work("anquan", "security_admin", Level.DISTRICT), today)
    clerk, lead = at_work("li", "clerk", Level.COMMUNITY), at_work("chen", "lead", Level.COMMUNITY)
    _requests(clerk, lead, today)
    add_code(
        at_work("xitong", "system_admin", Level.DISTRICT),
        "grid_trade",
        code="L01",
        name="渔港",
        name_en="Fishing port",
    )


def _photos(uow: UnitOfWork) -> None:
    random = Random(uow.actor.area)
    for house in houses(uow, HouseFilter(), limit=HOUSES).items:
        for note in ("门面", "楼道") if house.id % 2 else ("门面",):
            drawn = picture(random, house.room or str(house.floor))
            take(uow, "House", house.id, drawn, name=f"{house.room}.jpg", kind="house", note=note)


def picture(random: Random, number: str) -> bytes:
    """A house front, drawn: nobody lives there."""
    image = Image.new("RGB", (640, 480), "#bcd7ea")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 400, 640, 480), fill="#8d9a86")
    draw.rectangle((90, 60, 550, 420), fill=random.choice(WALLS), outline="#6b6257", width=4)
    for row in range(3):
        for column in range(5):
            x, y = 120 + column * 86, 85 + row * 92
            draw.rectangle(
                (x, y, x + 56, y + 62),
                fill=random.choice(("#6f8ba0", "#f3e3a3", "#52687a")),
                outline="#4d463c",
            )
    draw.rectangle((285, 345, 355, 420), fill="#7a4b32", outline="#4d463c", width=3)
    draw.text((320, 362), number[:8], fill="white", anchor="mm", font_size=22)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _texts(author: UnitOfWork, approver: UnitOfWork, today: date) -> None:
    for one in table("consents")["text"]:
        facts = {name: str(one[name]) for name in ("key", "language", "title")}
        valid_from = today - timedelta(days=int(one["days"]))
        number = rights.draft_text(author, **facts, text=str(one["text"]).strip(), valid_from=valid_from)
        rights.publish_text(approver, number)


def _requests(clerk: UnitOfWork, lead: UnitOfWork, today: date) -> None:
    asking = people(clerk, PeopleFilter(), limit=40).items[:: 40 // len(REQUESTS)]
    for person, (kind, channel, days, wish, decision, refusal) in zip(asking, REQUESTS, strict=False):
        facts = {"name": person.name, "kind": kind, "channel": channel, "wish": wish}
        number = rights.add_request(
            clerk, person_id=person.id, received_on=today - timedelta(days=days), **facts
        )
        if decision or refusal:
            state = "answered" if decision else "refused"
            rights.decide(lead, number, state, decision=decision, refusal=refusal)
