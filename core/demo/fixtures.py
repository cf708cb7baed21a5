"""The components of the demo: manholes, lamps, trees and bins along the roads around each grid."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from core.components.rules import is_sensitive, national, old_classes
from core.demo.filing import Row, doc
from core.demo.folk import YEAR
from core.demo.ground import Ground
from core.demo.homes import day, verified
from core.demo.numbers import DIVISION, Numbers
from core.demo.plan import EAST, NORTH, SOUTH, WEST, Node, Plan
from core.demo.words import Weighted, table
from core.kernel.search import shifts

PER_HOME = 0.24
"""Components for each home: fifty thousand in a district."""
STATES = Weighted({"intact": 925, "broken": 42, "lost": 6, "abandoned": 11, "removed": 16})
SOURCES = Weighted({"survey": 78, "map": 14, "base": 6, "other": 2})
ACCURACY = Weighted({"A": 60, "B": 28, "C": 12})
BESIDE = {NORTH: "南侧", SOUTH: "北侧", EAST: "西侧", WEST: "东侧"}
"""A component in a grid stands at the near side of the road that bounds it."""
CHANGED = ("broken", "lost", "abandoned", "removed")


@dataclass(frozen=True)
class Kind:
    """A class of components: where it stands beside a road, in metres, and who is in charge."""

    code: str
    low: float
    high: float
    units: tuple[str, str, str]


@cache
def kinds() -> Weighted[Kind]:
    """Every class that stands in the demo."""
    found: dict[Kind, float] = {}
    for group, words in table("components")["classes"].items():
        unit = table("components")["unit"][group]
        for word in words.split():
            (code, _equals, weight), (_weight, _colon, metres) = word.partition("="), word.partition(":")
            low, high = metres.split("-")
            kind = Kind(code, float(low), float(high), (unit["authority"], unit["owner"], unit["maintainer"]))
            found[kind] = float(weight.partition(":")[0])
    return Weighted(found)


@cache
def _old() -> dict[str, str]:
    """Class of today -> the older one it was exactly."""
    return {mapped.target: code for code, mapped in old_classes().items() if mapped.confidence == "exact"}


class Surveyor:
    """Puts up the components of a town, grid by grid, with the serials of their classes."""

    def __init__(self, plan: Plan, ground: Ground, numbers: Numbers, today: int) -> None:
        self.plan, self.ground, self.numbers, self.today = plan, ground, numbers, today
        self.serials: Counter[str] = Counter()

    def community(
        self, community: Node, workers: Iterable[tuple[Node, str]], random: Random
    ) -> tuple[list[Row], list[Row]]:
        """Rows and search documents of every component; `workers`: each grid with the login of its worker."""
        rows, docs = list[Row](), list[Row]()
        for grid, worker in workers:
            where = f"{community.name} {grid.name}"
            for row in self._grid(grid, worker, random):
                rows.append(row)
                docs.append(_filed(row, where))
        return rows, docs

    def _grid(self, grid: Node, worker: str, random: Random) -> Iterator[Row]:
        sides = Weighted({side: self._length(grid, side) for side in (NORTH, SOUTH, EAST, WEST)})
        for _one in range(round(grid.homes * PER_HOME)):
            yield self._component(grid, sides.draw(random), kinds().draw(random), worker, random)

    def _length(self, grid: Node, side: str) -> float:
        return grid.rect.width if side in (NORTH, SOUTH) else grid.rect.height

    def _component(self, grid: Node, side: str, kind: Kind, worker: str, random: Random) -> Row:
        along = round(5 + random.random() * (self._length(grid, side) - 10), 1)
        lon, lat = self._spot(grid, side, along, kind.low + random.random() * (kind.high - kind.low))
        self.serials[kind.code] += 1
        serial, state = f"{self.serials[kind.code]:06}", STATES.draw(random)
        since = self.today - 200 - int(random.random() * 14 * YEAR)
        seen = self.today - 1 - int(900 * random.random() ** 1.4) if random.random() < 0.88 else 0
        changed = day(self.today - int(random.random() * 190)) if state in CHANGED else None
        old, road = _old().get(kind.code), self.plan.side(grid.rect, side).name
        authority, owner, maintainer = kind.units
        return {
            "id": self.numbers.id(),
            "area": grid.path,
            "code": f"{DIVISION}{kind.code}{serial}",
            "class_code": kind.code,
            "state": state,
            "initial_on": day(since),
            "changed_on": changed,
            "source": SOURCES.draw(random),
            "authority_name": authority,
            "owner_name": owner,
            "maintainer_name": maintainer if random.random() < 0.94 else "",
            "lon": lon,
            "lat": lat,
            "accuracy": ACCURACY.draw(random),
            "place": f"{road}{BESIDE[side]}，距路口约{round(along)}米",
            "former_code": f"{DIVISION}{old}{serial}" if old and random.random() < 0.2 else "",
            **verified(seen if seen > since else 0, worker, random),
        }

    def _spot(self, grid: Node, side: str, along: float, off: float) -> list[float]:
        rect = grid.rect
        if side in (NORTH, SOUTH):
            return self.ground.place(rect.a0 + along, rect.b1 - off if side == NORTH else rect.b0 + off)
        return self.ground.place(rect.a1 - off if side == EAST else rect.a0 + off, rect.b0 + along)


def _filed(row: Row, where: str) -> Row:
    """The search document; of a sensitive component nothing says where it is."""
    name, words = national()[row["class_code"]], [where]
    if not is_sensitive(row["class_code"]):
        words += [row["code"], row["place"], row["former_code"], row["owner_name"]]
    body = " ".join(word for word in words if word)
    return doc(
        "component", row["id"], row["area"], name, body, (" ".join(shifts(name)), " ".join(shifts(body)))
    )
