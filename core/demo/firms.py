"""What the organisations of the demo are: their names, codes, licences and what is inspected; from data/demo."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from core.demo.words import Weighted, surnames, table
from core.organisations.rules import kind_of

UNREGISTERED = "00"
NONE = Weighted({"stall": 60, "applying": 30, "notshown": 10})
SUFFIX = "有限公司"


@dataclass(frozen=True)
class Line:
    """A line of business: how such organisations are called and registered, and what is asked of them."""

    trade: str
    endings: tuple[str, ...]
    firms: tuple[str, ...]
    codes: Weighted[str]
    licence: str
    staff: tuple[int, int]
    looks: tuple[str, ...]


@dataclass(frozen=True)
class Firm:
    """One organisation before it has numbers: `begins` is the beginning of its credit code, UNREGISTERED without."""

    name: str
    sign: str
    begins: str
    kind: str
    trade: str
    licence: str
    staff: int
    looks: tuple[str, ...]
    reason: str = ""


def _line(row: Mapping[str, Any]) -> Line:
    codes = {code: float(weight) for code, weight in (pair.split("=") for pair in row["codes"].split())}
    endings, firms, looks = (tuple(str(row[name]).split()) for name in ("endings", "firm", "looks"))
    low, high = row["staff"]
    return Line(row["trade"], endings, firms, Weighted(codes), row["licence"], (low, high), looks)


@cache
def lines(group: str) -> Weighted[Line]:
    """The lines of business of a group (shop, office, stall, park)."""
    return Weighted({_line(row): float(row["weight"]) for row in table("organisations")[group]})


@cache
def _signs() -> tuple[str, ...]:
    return tuple(table("organisations")["signs"].split())


def draw(group: str, district: str, stem: str, random: Random) -> Firm:
    """An organisation of a group; `stem` names the neighbourhood."""
    line = lines(group).draw(random)
    begins, ending = line.codes.draw(random), random.choice(line.endings)
    word = random.choice(_signs()) if random.random() < 0.6 else f"{surnames().draw(random)}记"
    sign = f"{word}{ending}"
    if begins == "91":
        name = f"{district}{stem}{word}{random.choice(line.firms)}{SUFFIX}"
    else:
        name = sign if begins == UNREGISTERED else f"{district}{stem}{sign}"
    kind = "school" if line.trade == "school" else kind_of(begins) if begins != UNREGISTERED else "trader"
    reason = NONE.draw(random) if begins == UNREGISTERED else ""
    return Firm(
        name, sign, begins, kind, line.trade, line.licence, _staff(line.staff, random), line.looks, reason
    )


def institution(trade: str, name: str, random: Random) -> Firm:
    """The institution of an industry grid."""
    row = table("organisations")["institution"][trade]
    full = f"{name}{SUFFIX}" if row["code"] == "91" else name
    staff = _staff(tuple(row["staff"]), random)
    return Firm(
        full, name, row["code"], row["kind"], row["trade"], row["licence"], staff, tuple(row["looks"].split())
    )


def tenants(trade: str, random: Random) -> tuple[str, int]:
    """The group of what rents in a hall of an institution, and how many do; nobody in most."""
    row = table("organisations")["institution"][trade]
    return (row["tenants"], random.randint(*row["each"])) if "tenants" in row else ("", 0)


def of_community(name: str, random: Random) -> list[Firm]:
    """The organisations of a community itself."""
    stem, size = name.removesuffix("社区"), random.randint(3, 12)
    return [
        Firm(f"{stem}{row['name']}", "", row["code"], row["kind"], row["trade"], "registration", size, ())
        for row in table("organisations")["community"]
    ]


def _staff(bounds: tuple[int, ...], random: Random) -> int:
    """Mostly few, seldom many."""
    low, high = bounds
    return low + int((high - low + 1) * random.random() ** 2.2)
