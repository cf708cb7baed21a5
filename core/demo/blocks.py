"""What stands in a grid: buildings along its main roads, rows of slabs or towers in an estate, lanes in the
old town and in villages, and perhaps an institution with ground of its own. Places are metres of the plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from core.demo.plan import EAST, NORTH, SOUTH, WEST, Cut, Node, Plan, Rect

MARGIN, FRONT = 9.0, 13.0
"""Metres from the middle of a road to the houses, and their depth."""


@dataclass(frozen=True)
class Form:
    """A kind of building: its size in metres, the free ground beside it, its homes and its age."""

    widths: tuple[float, float]
    depth: float
    gap: tuple[float, float]
    floors: tuple[int, int]
    units: tuple[int, ...]
    flats: tuple[int, ...]
    years: tuple[int, int]
    structure: str
    shops: float = 0.0
    highest: int = 9


FORMS = {
    "tower": Form((24, 28), 20, (16, 20), (17, 32), (1, 1, 2), (3, 4), (2006, 2023), "2", highest=34),
    "slab": Form((34, 52), 12, (8, 15), (6, 8), (2, 3), (2,), (1988, 2010), "4", shops=0.3, highest=11),
    "old": Form((15, 20), 12, (2, 3.5), (4, 7), (1,), (2, 3, 4), (1974, 1998), "4", shops=0.3),
    "village": Form((9, 11), 9, (1.5, 3), (2, 4), (1,), (1,), (1962, 2014), "5", highest=6),
    "front": Form((16, 30), FRONT, (2, 0), (3, 7), (1,), (2, 3, 4), (1984, 2012), "3", shops=0.95),
    "hall": Form((20, 40), 12, (8, 8), (2, 6), (1,), (1,), (1985, 2020), "3"),
}


@dataclass(slots=True)
class Lot:
    """A building before it has a code. `whole`: it is one home; `door` is the use of an institution."""

    form: str
    a: float
    b: float
    width: float
    depth: float
    floors: int
    units: int
    flats: int
    year: int
    road: str = ""
    number: str = ""
    estate: str = ""
    name: str = ""
    shops: bool = False
    whole: bool = False
    use: str = ""

    @property
    def homes(self) -> int:
        """How many doors it has."""
        return 1 if self.whole else self.units * self.floors * self.flats


@dataclass(frozen=True)
class Institution:
    """A school, market, park … with its own ground inside a grid."""

    name: str
    trade: str
    use: str
    halls: int


@dataclass
class Block:
    """A built grid."""

    grid: Node
    lots: list[Lot]
    institution: Institution | None = None
    ground: Rect | None = None


def build_block(plan: Plan, grid: Node, name: str, institution: Institution | None, random: Random) -> Block:
    """Buildings of one grid with about as many doors as it should have; `name`: its estate or village."""
    inner = grid.rect.shrunk(MARGIN, MARGIN, MARGIN, MARGIN)
    main = min((NORTH, SOUTH, EAST, WEST), key=lambda side: plan.side(grid.rect, side).rank)
    opposite = {NORTH: SOUTH, SOUTH: NORTH, EAST: WEST, WEST: EAST}[main]
    sides = (main, opposite) if grid.style == "old" and min(inner.width, inner.height) > 90 else (main,)
    road, odd = plan.side(grid.rect, main), main in (SOUTH, WEST)
    gate = road.number(_middle(inner, road), odd=odd)
    fronts = [lot for side in sides for lot in _front(plan.side(grid.rect, side), inner, side, random)]
    yard = inner.shrunk(*((FRONT + 7) * (side in sides) for side in (WEST, SOUTH, EAST, NORTH)))
    block = Block(grid, fronts, institution, _corner(yard, random) if institution else None)
    if institution and block.ground:
        block.lots += _halls(institution, block.ground, road, odd=odd, random=random)
    inside = [lot for lot in _rows(grid.style, yard, random) if not _meets(lot, block.ground)]
    _fit(block.lots, inside, grid.homes, random)
    _address(inside, grid.style, name, road.name, str(gate))
    block.lots += inside
    return block


def _middle(rect: Rect, road: Cut) -> float:
    """The middle of a part of the plan, as one walks along the road."""
    return (rect.b0 + rect.b1 if road.upright else rect.a0 + rect.a1) / 2


def _make(form: str, a: float, b: float, width: float, random: Random) -> Lot:
    facts = FORMS[form]
    flats = random.choice(facts.flats) if form != "front" else max(2, int(width // 8))
    floors, year = random.randint(*facts.floors), random.randint(*facts.years)
    units, shops = random.choice(facts.units), random.random() < facts.shops
    place = round(a, 1), round(b, 1), round(width, 1), facts.depth
    lot = Lot(form, *place, floors, units, flats, year, shops=shops)
    lot.whole = form == "hall" or (form == "village" and random.random() < 0.55)
    return lot


def _front(road: Cut, inner: Rect, side: str, random: Random) -> Iterator[Lot]:
    """Houses along one side, with a gap for the gate in the middle."""
    flat = side in (NORTH, SOUTH)
    at, end = (inner.a0, inner.a1) if flat else (inner.b0, inner.b1)
    edge = {NORTH: inner.b1, SOUTH: inner.b0, EAST: inner.a1, WEST: inner.a0}[side]
    middle, row = (at + end) / 2, edge + FRONT / 2 * (1 if side in (SOUTH, WEST) else -1)
    at += 5
    while at + (width := random.uniform(*FORMS["front"].widths)) < end - 5:
        along = at + width / 2
        if abs(along - middle) > width / 2 + 6:
            lot = _make("front", *((along, row) if flat else (row, along)), width, random)
            if not flat:
                lot.width, lot.depth = lot.depth, lot.width
            lot.road, lot.number = road.name, str(road.number(along, odd=side in (SOUTH, WEST)))
            yield lot
        at += width + 5


def _corner(yard: Rect, random: Random) -> Rect:
    """The ground of an institution: a corner of the yard."""
    width, height = min(70.0, yard.width * 0.5), min(64.0, yard.height * 0.55)
    west, south = random.random() < 0.5, random.random() < 0.5
    a0 = yard.a0 if west else yard.a1 - width
    b0 = yard.b0 if south else yard.b1 - height
    return Rect(round(a0, 1), round(b0, 1), round(a0 + width, 1), round(b0 + height, 1))


def _halls(institution: Institution, ground: Rect, road: Cut, *, odd: bool, random: Random) -> Iterator[Lot]:
    """The buildings of an institution, one behind the other; together they have one door number."""
    number = str(road.number(_middle(ground, road), odd=odd))
    step = ground.height / institution.halls
    for n in range(institution.halls):
        b = ground.b0 + step * (n + 0.5)
        lot = _make("hall", (ground.a0 + ground.a1) / 2, b, ground.width * random.uniform(0.5, 0.8), random)
        lot.depth, lot.use = round(min(14.0, step * 0.6), 1), institution.use
        lot.road, lot.number, lot.estate = road.name, number, institution.name
        lot.name = str(n + 1) if institution.halls > 1 else ""
        yield lot


def _meets(lot: Lot, ground: Rect | None) -> bool:
    if ground is None:
        return False
    beside = lot.a + lot.width / 2 + 3 < ground.a0 or lot.a - lot.width / 2 - 3 > ground.a1
    return not (beside or lot.b + lot.depth / 2 + 3 < ground.b0 or lot.b - lot.depth / 2 - 3 > ground.b1)


def _rows(style: str, yard: Rect, random: Random) -> Iterator[Lot]:
    """Every place for a building of the style, row by row from the south; `name` keeps row and place."""
    form = FORMS[style]
    pitch = form.depth + form.gap[1]
    rows = max(1, int((yard.height + form.gap[1]) // pitch))
    spare = (yard.height - rows * pitch + form.gap[1]) / 2
    for row in range(rows):
        b = yard.b0 + spare + row * pitch + form.depth / 2
        at = yard.a0 + random.uniform(0, 3)
        for place in count(1):
            width = random.uniform(*form.widths)
            if at + width > yard.a1:
                break
            lot = _make(style, at + width / 2, b, width, random)
            lot.name = f"{row}/{place}"
            yield lot
            at += width + form.gap[0]


def _fit(fronts: list[Lot], inside: list[Lot], wanted: int, random: Random) -> None:
    """Leave out buildings, or add floors, until there are about as many doors as wanted."""
    missing = wanted - sum(lot.homes for lot in (*fronts, *inside))
    for lot in random.sample(inside, len(inside)):
        if missing < 0 and -missing >= lot.homes / 2 and len(inside) > 1:
            inside.remove(lot)
            missing += lot.homes
    missing = wanted - sum(lot.homes for lot in (*fronts, *inside))
    step = 1 if missing > 0 else -1
    growing = [lot for lot in (*inside, *fronts) if not lot.whole]
    while growing := [lot for lot in growing if 2 < lot.floors + step <= FORMS[lot.form].highest]:
        for lot in growing:
            if missing * step < lot.units * lot.flats:
                return
            lot.floors += step
            missing -= step * lot.units * lot.flats


def _address(inside: list[Lot], style: str, name: str, road: str, gate: str) -> None:
    """Buildings of an estate are numbered behind its gate; houses on lanes have numbers odd and even."""
    for serial, lot in enumerate(inside, start=1):
        row, place = map(int, lot.name.split("/"))
        if style in ("tower", "slab"):
            lot.road, lot.number, lot.estate, lot.name = road, gate, name, str(serial)
        else:
            lot.road, lot.number, lot.name = f"{name}{row // 2 + 1}巷", str(2 * place - 1 + row % 2), ""
