"""What departments did in the demo: their own fields filled in, and changes of others proposed, decided and open.

Everything goes through the commands of the office, so history and log tell of it as they would anywhere."""

from datetime import date
from itertools import cycle

from core.demo.plan import Plan
from core.demo.words import table
from core.designs.commands import switch_field
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.people.queries import PeopleFilter, PersonLine, people
from core.places.models import Level
from core.proposals.commands import ask_back, decide, hand_in

SWITCHED_ON = {
    "marital": "婚姻登记与救助审核需要",
    "education": "入学资格审核需要",
    "occupation": "就业服务需要",
    "workplace": "就业服务需要",
}
MARITAL = ("20", "20", "20", "10", "30", "40")
JOBS = (
    ("店员", "望海路便利店"),
    ("司机", "海棠运输公司"),
    ("教师", "海棠小学"),
    ("渔民", "自营"),
    ("会计", "金湾食品厂"),
)
WISHES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("zhao", "低保年审时本人来电更正电话", {"phone": "19900000088"}),
    ("he", "随访时本人说明姓名登记有误", {"name": "{surname}海生"}),
    ("luo", "就业登记时本人更正电话", {"phone": "19900000077"}),
    ("zhao", "婚姻登记时发现性别登记有误", {"sex": "9"}),
    ("he", "建档时更正出生日期", {"birth": date(1985, 5, 20)}),
)


def ask(office: Office, plan: Plan) -> None:
    """Add it to an office that was just filled."""

    def at_work(login: str) -> UnitOfWork:
        known = next(one for one in table("accounts")["account"] if one["login"] == login)
        place = next(plan.root.below(Level(known["area_level"]))).path
        return office.uow(Actor(login, known["role"], place, known["name"], line=known.get("line", "")))

    for name, purpose in SWITCHED_ON.items():
        switch_field(at_work("xitong"), "Person", name, True, purpose)
    found = people(at_work("li"), PeopleFilter(age_from=25, age_to=59), limit=60).items
    _fill(at_work("zhao"), at_work("luo"), found[: len(found) // 2])
    clerk, numbers = at_work("li"), list[int]()
    for person, (login, reason, values) in zip(found[::-1], WISHES, strict=False):
        said = {n: v.format(surname=person.name[0]) if isinstance(v, str) else v for n, v in values.items()}
        numbers += hand_in(at_work(login), "Person", person.id, seen=None, reason=reason, **said).proposals
    decide(clerk, numbers[2], ["phone"])
    decide(clerk, numbers[3], [], reason="已核对身份证，登记无误")
    ask_back(clerk, numbers[4], "请说明依据的证件")


def _fill(civil: UnitOfWork, labour: UnitOfWork, found: list[PersonLine]) -> None:
    """Departments fill in their own fields."""
    for person, marital in zip(found, cycle(MARITAL), strict=False):
        hand_in(civil, "Person", person.id, seen=None, reason="婚姻登记名单", marital=marital)
    for person, (occupation, workplace) in zip(found[::2], cycle(JOBS), strict=False):
        job = {"occupation": occupation, "workplace": workplace}
        hand_in(labour, "Person", person.id, seen=None, reason="就业登记名单", **job)
