"""What residents report at their doors in the demo: simple ones, urgent ones, and some that contradict each other.

Everything goes through the labels and commands of the office, as it would anywhere."""

from collections.abc import Sequence
from datetime import timedelta

from core.claims.commands import ask_visit, decide, hand_in
from core.claims.forms import ClaimForm, Said
from core.claims.models import RESIDENT
from core.claims.queries import Doorway, claim, doorway, notices
from core.demo.plan import Plan
from core.demo.words import table
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.labels.commands import issue
from core.places.models import Level
from core.places.queries import HouseFilter, HouseLine, houses

KINDS = ("owned", "rented", "vacant", "business")


def report(office: Office, plan: Plan) -> None:
    """Add it to an office that was just filled; only the first grid reports."""
    known = next(one for one in table("accounts")["account"] if one["login"] == "li")
    community = next(plan.root.below(Level(known["area_level"]))).path
    clerk = office.uow(Actor("li", known["role"], community, known["name"]))
    grid = next(plan.root.below(Level.GRID)).path
    found = {kind: _homes(clerk, grid, kind) for kind in KINDS}
    reporter = _Reporter(office, clerk)
    _plain(reporter, found["owned"])
    _tenants(reporter, found["rented"], found["vacant"])
    _contradicting(reporter, found["owned"][3:])
    _shops(reporter, found["business"])
    _decided(reporter, found["owned"][4:])


def _homes(uow: UnitOfWork, grid: str, state: str) -> list[HouseLine]:
    lines = houses(uow, HouseFilter(under=grid, state=state), limit=40).items
    return [one for one in lines if one.residents or state in ("vacant", "business")]


class _Reporter:
    """Somebody with a phone at a door."""

    def __init__(self, office: Office, clerk: UnitOfWork) -> None:
        self.office, self.clerk = office, clerk

    def at(self, house: HouseLine) -> tuple[UnitOfWork, Doorway]:
        """At the door of a house, after scanning its label."""
        [label_id] = issue(self.clerk, [house.id])
        uow = self.office.uow(Actor(f"door/{label_id}", RESIDENT, house.area))
        return uow, doorway(uow, label_id)

    def say(self, house: HouseLine, who: str, *items: Said, note: str = "", phone: str = "") -> int:
        """Hand a report in; its number."""
        uow, door = self.at(house)
        texts = tuple(one.text_id for one in notices(uow))
        form = ClaimForm(who=who, items=items, texts=texts, note=note, contact_phone=phone)
        return hand_in(uow, door.label_id, form, once=f"demo-{house.id}-{who}").claim_id


def _plain(reporter: _Reporter, homes: Sequence[HouseLine]) -> None:
    for house in homes[:3]:
        reporter.say(house, "resident", Said("nothing"))


def _tenants(reporter: _Reporter, rented: Sequence[HouseLine], vacant: Sequence[HouseLine]) -> None:
    since = str(reporter.clerk.today - timedelta(days=12))
    who = {
        "name": "洪海燕",
        "sex": "2",
        "birth": "1996-05-04",
        "phone": "19900000301",
        "category": "migrant",
    }
    for house in rented[:1]:
        reporter.say(
            house, "landlord", Said("add_person", values={**who, "residence": "tenant", "from_on": since})
        )
    for house in vacant[2:3]:
        child = {"name": "方小舟", "sex": "1", "birth": "2019-09-12", "residence": "tenant", "from_on": since}
        father = {
            "name": "方远帆",
            "sex": "1",
            "birth": "1990-02-11",
            "phone": "19900000302",
            "residence": "tenant",
        }
        reporter.say(
            house,
            "resident",
            Said("add_person", values={**father, "from_on": since}),
            Said("add_person", values={**child, "guardian_name": "方远帆", "guardian_phone": "19900000302"}),
            Said("house", values={"state": "rented", "since": since}),
            phone="19900000302",
            note="刚搬来，白天家里没人，晚上七点后都在。",
        )


def _contradicting(reporter: _Reporter, homes: Sequence[HouseLine]) -> None:
    for house in homes[:1]:
        _uow, door = reporter.at(house)
        ref, day = door.residents[0].ref, str(reporter.clerk.today - timedelta(days=40))
        reporter.say(house, "resident", Said("change_person", ref, {"phone": "19900000311"}))
        reporter.say(house, "landlord", Said("change_person", ref, {"phone": "19900000312"}))
        reporter.say(
            house,
            "head",
            Said("moved_out", ref, {"on": day, "where": "省城"}),
            Said("house", values={"state": "vacant"}),
        )


def _shops(reporter: _Reporter, shops: Sequence[HouseLine]) -> None:
    for house in shops[:1]:
        _uow, door = reporter.at(house)
        firm = door.organisations[0].ref if door.organisations else ""
        new = {} if firm else {"name": "海风便利店", "no_code_reason": "stall", "kind": "trader"}
        facts = {"employees": "6", "contact_name": "许乐", "contact_phone": "19900000321"}
        reporter.say(house, "company", Said("organisation", firm, {**new, **facts}))


def _decided(reporter: _Reporter, homes: Sequence[HouseLine]) -> None:
    """One that was accepted, one that was refused, one for which somebody must go there."""
    for house, way in zip(homes[:3], ("accept", "refuse", "visit"), strict=False):
        _uow, door = reporter.at(house)
        said = Said("change_person", door.residents[0].ref, {"phone": f"1990000033{len(way)}"})
        number = reporter.say(house, "resident", said)
        fields = [line.id for part in claim(reporter.clerk, number).parts for line in part.fields]
        if way == "visit":
            ask_visit(reporter.clerk, number, "电话打不通，请上门核对")
        else:
            refused = "" if way == "accept" else "电话核实不是本人使用的号码"
            decide(reporter.clerk, number, fields if way == "accept" else [], reason=refused)
