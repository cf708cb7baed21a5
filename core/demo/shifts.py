"""Workers of the demo in the field: shifts of the last days and one of today, along invented ways through their grids.

The way of today is laid out to its end; what lies ahead appears when its time has come.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from core.demo.filing import Row
from core.demo.numbers import Numbers
from core.demo.plan import Node, Rect
from core.demo.town import Town
from core.kernel.access import Actor
from core.kernel.bulk import Rows
from core.kernel.database import Office
from core.kernel.fields import CHINA
from core.places.models import Level
from core.staff.models import Shift, StaffPosition
from core.staff.queries import live, shifts, track

OUT = ("grid_worker", "clerk", "lead")
MOST = 60
"""Workers who are out at once: enough to look at, and few against the register."""
PACE = 1.1
"""Metres a second on foot."""
EVERY = 60
"""Seconds between two positions."""
HOURS = 10
NOISE = 2.0
"""Metres by which a phone errs."""


def field_work(town: Town, numbers: Numbers, accounts: Sequence[Row], today: date) -> Rows:
    """Rows of shifts and positions: today's is under way, and a shorter one on each of the two days before."""
    random, nodes = Random(f"{town.seed}/shifts"), _places(town.plan.root)
    rows, positions = list[Row](), list[Row]()
    for account in _workers(accounts, nodes):
        for begin, hours in ((_morning(today, 2), 3), (_morning(today, 1), 4), (outset(today), HOURS)):
            shift = _shift(numbers, account, begin, hours)
            rows.append(shift)
            positions += _walked(town, numbers, shift, nodes[account["area"]], random)
    yield Shift, rows
    yield StaffPosition, positions


def outset(today: date) -> datetime:
    """When the shifts of the demo's day begin: an hour or two ago, or in the morning of any other day."""
    if today != date.today():
        return _morning(today, 0)
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)


def _morning(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(8, 30), CHINA)


def look(office: Office, root: Node) -> None:
    """The lead of the first community looked at the live map and at one track; the worker finds it on their page."""
    lead = office.uow(Actor("chen", "lead", next(root.below(Level.COMMUNITY)).path))
    live(lead)
    grid = next(root.below(Level.GRID)).path
    worker = next((one for one in shifts(lead, grid).items if not one.is_open), None)
    if worker is not None:
        track(lead, worker.id)


def _places(root: Node) -> dict[str, Rect]:
    """Path -> ground of the communities and grids."""
    return {node.path: node.rect for level in (Level.COMMUNITY, Level.GRID) for node in root.below(level)}


def _workers(accounts: Sequence[Row], nodes: dict[str, Rect]) -> list[Row]:
    """Those who go out, spread over the town when they are many."""
    able = [one for one in accounts if one["role"] in OUT and one["area"] in nodes]
    return able[:: -(-len(able) // MOST)]


def _shift(numbers: Numbers, account: Row, begin: datetime, hours: int) -> Row:
    return {
        "id": numbers.id(),
        "area": account["area"],
        "account_id": account["id"],
        "started_at": begin,
        "ends_at": begin + timedelta(hours=hours),
    }


def _walked(town: Town, numbers: Numbers, shift: Row, rect: Rect, random: Random) -> Iterator[Row]:
    """The positions of a shift, one each minute."""
    until = int((shift["ends_at"] - shift["started_at"]).total_seconds())
    for second, (a, b) in zip(range(0, until, EVERY), _way(rect, random), strict=False):
        lon, lat = town.ground.place(a + random.gauss(0, NOISE), b + random.gauss(0, NOISE))
        yield {
            "id": numbers.id(),
            "area": shift["area"],
            "shift_id": shift["id"],
            "seconds": second,
            "lon": lon,
            "lat": lat,
            "accuracy": round(random.uniform(4, 18), 1),
            "source": "demo",
        }


def _way(rect: Rect, random: Random) -> Iterator[tuple[float, float]]:
    """Metres of the plan at every step, without end: along one street, then another, a visit, and on."""
    inner = rect.shrunk(*[min(12.0, rect.width / 6, rect.height / 6)] * 4)
    a, b = (inner.a0 + inner.a1) / 2, inner.b0
    while True:
        to_a, to_b = random.uniform(inner.a0, inner.a1), random.uniform(inner.b0, inner.b1)
        yield from _straight((a, b), (to_a, b))
        yield from _straight((to_a, b), (to_a, to_b))
        a, b = to_a, to_b
        yield from [(a, b)] * random.randint(2, 9)


def _straight(start: tuple[float, float], end: tuple[float, float]) -> Iterator[tuple[float, float]]:
    (a0, b0), (a1, b1) = start, end
    steps = max(1, round((abs(a1 - a0) + abs(b1 - b0)) / (PACE * EVERY)))
    for step in range(1, steps + 1):
        yield a0 + (a1 - a0) * step / steps, b0 + (b1 - b0) * step / steps
