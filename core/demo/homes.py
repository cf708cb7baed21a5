"""Buildings and their houses as rows, from the lots of a block."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from random import Random

from core.demo.blocks import FORMS, Block, Lot
from core.demo.filing import Row, doc, pieces
from core.demo.ground import Ground
from core.demo.numbers import Numbers
from core.demo.plan import Node
from core.demo.words import Weighted
from core.places.address import Address, house_code
from core.places.rules import short_address

SIZES = {
    "tower": (78, 145),
    "slab": (58, 105),
    "old": (40, 90),
    "village": (60, 130),
    "front": (45, 110),
    "hall": (300, 4000),
}
"""Square metres of a home, from and to."""
DWELLING = Weighted({"owned": 525, "rented": 225, "vacant": 106, "unknown": 84, "business": 60})
SHOP = Weighted({"business": 84, "vacant": 11, "unknown": 5})
SOURCES = Weighted({"visit": 66, "phone": 12, "resident": 12, "document": 6, "department": 4})


@dataclass(slots=True)
class Home:
    """A house with what its people need to know of it; `verified` is an ordinal, 0 for never."""

    row: Row
    state: str
    area: str
    front: str
    tail: str
    built: int
    verified: int
    spot: tuple[float, float]

    @property
    def short(self) -> str:
        """Its short address: that of the building, unit and room."""
        return f"{self.front} {self.tail}" if self.tail else self.front

    @property
    def id(self) -> int:
        """Its record number."""
        return int(self.row["id"])


@lru_cache(maxsize=40_000)
def day(ordinal: int) -> date:
    """The day of an ordinal."""
    return date.fromordinal(ordinal)


@lru_cache(maxsize=40_000)
def moment(ordinal: int, minute: int) -> datetime:
    """A minute of a working day, in UTC."""
    return datetime.combine(day(ordinal), time(1 + minute // 60, minute % 60, tzinfo=UTC))


def verified(ordinal: int, who: str, random: Random) -> Row:
    """The columns that say when a record was last found true."""
    if not ordinal:
        return {"verified_at": None, "verified_by": "", "verified_from": ""}
    at = moment(ordinal, int(random.random() * 54) * 10)
    return {"verified_at": at, "verified_by": who, "verified_from": SOURCES.draw(random)}


class Builder:
    """Builds the blocks of one community; rows are collected until they are loaded."""

    def __init__(self, community: Node, ground: Ground, numbers: Numbers, random: Random, today: int) -> None:
        self.community, self.ground, self.numbers = community, ground, numbers
        self.random, self.today, self.serial = random, today, 0
        self.buildings: list[Row] = []
        self.docs: list[Row] = []

    def build(self, block: Block, worker: str) -> Iterator[Home]:
        """Every house of a block; `worker` is who verified them."""
        where = f"{self.community.name} {block.grid.name}"
        for lot in block.lots:
            self.serial += 1
            address = Address(lot.road, lot.number, lot.estate, lot.name)
            row = self._building(lot, block.grid, address)
            self.buildings.append(row)
            short = short_address(address)
            self._file("building", row, short, pieces(short), where)
            for unit, floor, room in doors(lot):
                home = self._home(lot, row, worker, (unit, floor, room), short)
                found_by = f"{pieces(short)} {pieces(home.tail)}".rstrip()
                self._file("house", home.row, home.short, found_by, where)
                yield home

    def _building(self, lot: Lot, grid: Node, address: Address) -> Row:
        lon, lat = self.ground.place(lot.a, lot.b)
        structure = "4" if lot.form == "village" and lot.year > 1985 else FORMS[lot.form].structure
        community = self.community.code
        return {
            "id": self.numbers.id(),
            "area": grid.path,
            "code": f"{community}{self.serial:05}",
            "road": lot.road,
            "number": lot.number,
            "estate": lot.estate,
            "name": lot.name,
            "address": address.text(),
            "address_key": address.key(community),
            "floors": lot.floors,
            "units": lot.units,
            "structure": structure,
            "built_year": lot.year,
            "use": lot.use or ("10" if lot.form == "village" else "11"),
            "polygon": [self.ground.footprint(lot.a, lot.b, lot.width, lot.depth)],
            "lon": lon,
            "lat": lat,
        }

    def _home(self, lot: Lot, building: Row, worker: str, door: tuple[str, int, str], short: str) -> Home:
        unit, floor, room = door
        shop = bool(lot.use) or (lot.shops and floor == 1)
        state = "business" if lot.use else (SHOP if shop else DWELLING).draw(self.random)
        seen = self._seen() if state != "unknown" else 0
        low, high = SIZES[lot.form]
        tail = " ".join(part for part in (f"{unit}单元" if unit else "", f"{room}室" if room else "") if part)
        code = house_code(self.community.code, self.serial, int(unit or 0), int(room or 0))
        row = {
            "id": self.numbers.id(),
            "area": building["area"],
            "building_id": building["id"],
            "unit": unit,
            "floor": floor,
            "room": room,
            "code": code,
            "address": building["address"] + tail.replace(" ", ""),
            "address_key": f"{building['address_key'][:-1]}{unit}|{room}",
            "state": state,
            "use": lot.use or ("31" if shop else building["use"]),
            "ownership": "30" if not lot.use else "10",
            "floor_area": round(low + (high - low) * self.random.random(), 1),
            "residents": 0,
            **verified(seen, worker, self.random),
        }
        built = date(min(lot.year, 2024), 7, 1).toordinal()
        spot = (building["lon"], building["lat"])
        return Home(row, state, building["area"], short, tail, built, seen, spot)

    def _seen(self) -> int:
        """When somebody last looked: mostly within a year, sometimes never."""
        turn = self.random.random()
        return 0 if turn < 0.07 else self.today - 1 - int(729 * self.random.random() ** 1.7)

    def _file(self, kind: str, row: Row, title: str, found_by: str, where: str) -> None:
        found = (found_by, pieces(where), row["code"])
        self.docs.append(doc(kind, row["id"], row["area"], title, f"{where} {row['code']}", found))


def doors(lot: Lot) -> Iterator[tuple[str, int, str]]:
    """Unit, floor and room of each house of a building."""
    if lot.whole:
        yield "", 1, ""
        return
    for unit in range(1, lot.units + 1):
        for floor in range(1, lot.floors + 1):
            for flat in range(1, lot.flats + 1):
                yield str(unit) if lot.units > 1 else "", floor, f"{floor}{flat:02}"
