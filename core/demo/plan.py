"""The plan of an invented town: a rectangle of metres, cut again and again into streets, communities, grids.

Every cut is a road. The rectangle becomes a bent coast only when it is drawn (ground.py): no part overlaps.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from core.places.models import Level

NORTH, SOUTH, EAST, WEST = "north", "south", "east", "west"
STYLES = {"tower": (1.15, 48), "slab": (1.1, 75), "old": (1.0, 52), "village": (0.3, 100)}
"""Kind of neighbourhood: homes relative to the average grid, and square metres of ground for each home."""
MIX = (
    "slab",
    "old",
    "tower",
    "slab",
    "village",
    "tower",
    "slab",
    "old",
    "tower",
    "slab",
    "old",
    "slab",
    "tower",
    "village",
)
COMPOUND = 4500
"""Square metres of ground that an institution adds."""


@dataclass(frozen=True)
class Scale:
    """How large a town is: numbers of areas, and of houses (doors)."""

    streets: int
    communities: int
    grids: int
    industry: int
    houses: int


SCALES = {
    "grid": Scale(1, 1, 2, 1, 160),
    "community": Scale(1, 1, 10, 2, 2400),
    "street": Scale(1, 9, 40, 24, 28_000),
    "district": Scale(7, 60, 269, 160, 211_000),
    "city": Scale(36, 312, 1400, 830, 1_110_000),
}


@dataclass(frozen=True)
class Rect:
    """A part of the plan: metres from the south-west corner, `a` to the east and `b` to the north."""

    a0: float
    b0: float
    a1: float
    b1: float

    @property
    def width(self) -> float:
        """Metres from west to east."""
        return self.a1 - self.a0

    @property
    def height(self) -> float:
        """Metres from south to north."""
        return self.b1 - self.b0

    def shrunk(self, west: float, south: float, east: float, north: float) -> "Rect":
        """The rectangle without so many metres at each side."""
        return Rect(self.a0 + west, self.b0 + south, self.a1 - east, self.b1 - north)


@dataclass
class Cut:
    """A line along which the plan was cut, from `low` to `high`: `upright` at a = `at`, else at b = `at`."""

    rank: int
    upright: bool
    at: float
    low: float
    high: float
    name: str = ""
    taken: set[int] = field(default_factory=set)

    def number(self, along: float, *, odd: bool) -> int:
        """A door number near the place `along`, never given twice: odd on one side, even on the other."""
        wanted = 2 * int((along - self.low) / 10) + (1 if odd else 2)
        while wanted in self.taken:
            wanted += 2
        self.taken.add(wanted)
        return wanted


@dataclass
class Node:
    """A node of the area tree. `homes` are the doors it should have; `style`, `compound` only for grids."""

    level: Level
    rect: Rect
    children: list["Node"] = field(default_factory=list)
    path: str = ""
    name: str = ""
    homes: int = 0
    style: str = ""
    compound: bool = False

    @property
    def code(self) -> str:
        """The code that belongs to the path."""
        return self.path.replace("/", "")

    def below(self, level: Level) -> Iterator["Node"]:
        """Every node of a level in this branch, this one included."""
        if self.level == level:
            yield self
        for child in self.children:
            yield from child.below(level)


@dataclass
class Plan:
    """A planned town: the tree of areas and every road."""

    scale: Scale
    root: Node
    cuts: list[Cut]

    def side(self, rect: Rect, side: str) -> Cut:
        """The road at one side of a grid."""
        upright = side in (EAST, WEST)
        at = {NORTH: rect.b1, SOUTH: rect.b0, EAST: rect.a1, WEST: rect.a0}[side]
        low, high = (rect.b0, rect.b1) if upright else (rect.a0, rect.a1)
        there = (cut for cut in self.cuts if cut.upright == upright and cut.at == at)
        return next(cut for cut in there if cut.low <= low and cut.high >= high)


@dataclass
class Branch:
    """A node before it has a place: square metres, what is below, and the facts of a grid."""

    weight: float
    parts: list["Branch"] = field(default_factory=list)
    style: str = ""
    homes: int = 0
    compound: bool = False


def make_plan(scale: Scale, random: Random) -> Plan:
    """Share out the grids, weigh them, and cut the ground by their weights."""
    communities = _bundles(_leaves(scale, random), scale.communities, random)
    streets = _bundles(communities, scale.streets, random)
    size = sum(street.weight for street in streets)
    east, north = round((size * 1.35) ** 0.5, 1), round((size / 1.35) ** 0.5, 1)
    cuts = [
        Cut(0, False, north, 0, east),
        Cut(0, True, east, 0, north),
        Cut(0, False, 0, 0, east),
        Cut(0, True, 0, 0, north),
    ]
    levels = (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID)
    root = _grow(Branch(size, streets), Rect(0, 0, east, north), levels, cuts)
    _number(root, "440599/")
    return Plan(scale, root, cuts)


def _leaves(scale: Scale, random: Random) -> list[Branch]:
    """Grids in the mix of styles, with homes that add up to the scale and the institutions among them."""
    styles = [MIX[n % len(MIX)] for n in range(scale.grids)]
    sizes = [STYLES[style][0] * random.uniform(0.85, 1.15) for style in styles]
    each = scale.houses / sum(sizes)
    with_compound = set(random.sample(range(scale.grids), scale.industry))
    leaves = [
        _leaf(style, round(size * each), n in with_compound)
        for n, (style, size) in enumerate(zip(styles, sizes, strict=True))
    ]
    random.shuffle(leaves)
    return leaves


def _leaf(style: str, homes: int, compound: bool) -> Branch:
    return Branch(homes * STYLES[style][1] + COMPOUND * compound + 1500, [], style, homes, compound)


def _bundles(branches: list[Branch], count: int, random: Random) -> list[Branch]:
    """The branches in `count` bundles of nearly the same number, one more here and there."""
    sizes = Counter(n % count for n in range(len(branches)))
    for _turn in range(count // 3):
        more, less = random.sample(range(count), 2)
        if sizes[less] > 3:
            sizes[more], sizes[less] = sizes[more] + 1, sizes[less] - 1
    waiting = iter(branches)
    bundles = [[next(waiting) for _n in range(sizes[k])] for k in range(count)]
    return [Branch(sum(part.weight for part in bundle), bundle) for bundle in bundles]


def _grow(branch: Branch, rect: Rect, levels: Sequence[Level], cuts: list[Cut]) -> Node:
    """The node of a branch in its rectangle, with everything below it."""
    node = Node(levels[0], rect, homes=branch.homes, style=branch.style, compound=branch.compound)
    if branch.parts:
        parts = list(_split(rect, branch.parts, 5 - len(levels), cuts))
        node.children = [_grow(part, place, levels[1:], cuts) for part, place in parts]
        node.homes = sum(child.homes for child in node.children)
    return node


def _split(rect: Rect, parts: list[Branch], rank: int, cuts: list[Cut]) -> Iterator[tuple[Branch, Rect]]:
    """Cut across the longer side, each half with ground for its weight, until every part stands alone."""
    if len(parts) == 1:
        yield parts[0], rect
        return
    weights = [part.weight for part in parts]
    half = min(range(1, len(parts)), key=lambda n: abs(sum(weights[:n]) - sum(weights) / 2))
    share = sum(weights[:half]) / sum(weights)
    low, high = _halves(rect, share, rank, cuts)
    yield from _split(low, parts[:half], rank, cuts)
    yield from _split(high, parts[half:], rank, cuts)


def _halves(rect: Rect, share: float, rank: int, cuts: list[Cut]) -> tuple[Rect, Rect]:
    if rect.width >= rect.height:
        at = round(rect.a0 + rect.width * share, 1)
        cuts.append(Cut(rank, True, at, rect.b0, rect.b1))
        return replace(rect, a1=at), replace(rect, a0=at)
    at = round(rect.b0 + rect.height * share, 1)
    cuts.append(Cut(rank, False, at, rect.a0, rect.a1))
    return replace(rect, b1=at), replace(rect, b0=at)


def _number(node: Node, path: str) -> None:
    """Paths with serials from west to east and north to south (GB/T 30428.1)."""
    node.path = path
    rows = max(1.0, node.rect.height / 2)
    node.children.sort(key=lambda n: (-round((n.rect.b0 + n.rect.b1) / 2 / rows), n.rect.a0, -n.rect.b0))
    for serial, child in enumerate(node.children, start=1):
        _number(child, f"{path}{serial:03}/")
