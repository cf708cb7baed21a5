"""What was built and merged in the demo: one application of each step, and a building that waits for its address.

Everything goes through the commands of the office, so history and log tell of it as they would anywhere."""

from collections import defaultdict

from core.demo.plan import Plan
from core.demo.words import table
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.places.commands import add_building_with_rooms
from core.places.models import Level
from core.places.queries import HouseFilter, HouseLine, houses
from core.rebuilding.commands import apply, decide, review

SMALLEST = 1000
STEPS = ("decide", "review", "apply", "return")
"""How far each application to merge two houses has come."""
WAITING = {"spot": "天后宫后面的两层红砖楼", "floors": 2, "use": "10"}
NEW = {"address": "和平新路6号", "floors": 3, "use": "10", "plan_floors": 3, "rooms": 1}


def rebuild(office: Office, plan: Plan) -> None:
    """Add it to an office that was just filled; in the smallest town nothing is in effect yet."""

    def at_work(login: str) -> UnitOfWork:
        known = next(one for one in table("accounts")["account"] if one["login"] == login)
        place = next(plan.root.below(Level(known["area_level"]))).path
        return office.uow(Actor(login, known["role"], place, known["name"]))

    worker = at_work("wang")
    grid = worker.actor.area
    apply(worker, "build", reason="村民自建房已竣工，申请编码", area=grid, facts=NEW)
    if plan.scale.houses < SMALLEST:
        return
    add_building_with_rooms(worker, grid, WAITING, units=1, floors=2, rooms=1)
    for pair, step in zip(_empty_neighbours(worker, grid), STEPS, strict=False):
        number = _merge(worker, pair)
        if step in ("decide", "review"):
            review(at_work("li"), number, "pass", "已入户查看，情况属实")
        if step == "decide":
            decide(at_work("lin"), number, "pass", "同意合并")
        elif step == "return":
            review(at_work("li"), number, "return", "请补拍两户打通处的照片")


def _empty_neighbours(uow: UnitOfWork, grid: str) -> list[tuple[HouseLine, HouseLine]]:
    """Two empty houses on one floor, of different buildings each."""
    floors: dict[tuple[int, str, int], list[HouseLine]] = defaultdict(list)
    for one in houses(uow, HouseFilter(under=grid, state="vacant"), limit=400).items:
        floors[one.building_id, one.unit, one.floor].append(one)
    found = {key[0]: (some[0], some[1]) for key, some in floors.items() if len(some) > 1}
    return list(found.values())


def _merge(uow: UnitOfWork, pair: tuple[HouseLine, HouseLine]) -> int:
    """The application to make one house of two."""
    first, second = pair
    doors = [{"unit": first.unit, "floor": first.floor, "room": first.room}]
    reason = f"业主购买 {second.room} 室后打通，申请与 {first.room} 室合并"
    return apply(
        uow,
        "merge",
        reason=reason,
        building_id=first.building_id,
        house_ids=[first.id, second.id],
        doors=doors,
    )
