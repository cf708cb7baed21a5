"""Trades: what an organisation does, with a sign and a tone for the screen, and the industry grid it belongs to."""

import csv
from dataclasses import dataclass
from functools import cache

from core.kernel.codes import CODES

TRADES = "trade"


@dataclass(frozen=True)
class Trade:
    """A trade: `icon` of the icon font, `tone` a group of trades with one colour, `grid` a code of grid_trade or ""."""

    code: str
    icon: str
    tone: str
    grid: str


@cache
def trades() -> dict[str, Trade]:
    """Every trade by its code, in the order of the list."""
    with (CODES / f"{TRADES}.csv").open(encoding="utf-8", newline="") as rows:
        found = (Trade(row["code"], row["icon"], row["tone"], row["grid"]) for row in csv.DictReader(rows))
        return {one.code: one for one in found}


def trade(code: str) -> Trade:
    """One trade; "other" for a code nobody knows (any more)."""
    return trades().get(code, trades()["other"])


def fits(organisation: str, grid: str) -> bool:
    """Whether an organisation of a trade belongs into an industry grid of that trade (grid_trade)."""
    return bool(grid) and trade(organisation).grid == grid
