"""A balanced proposal: how a community could be divided into so many grids of equal load, each in one piece and
compact, with borders along roads and between buildings.

Every building gets the land around it (nearer to its walls than to any others), cut at the roads. These cells are
parted by two again and again where the cut is short, then cells at the borders change sides as long as that helps.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, cos, pi, sin

import numpy as np
from numpy.typing import NDArray

from core.gridding.rules.cells import Cells

TURNS = 16
"""Directions in which a cut is tried."""
SLACK = 0.06
"""A cut may leave the halves so much off their share when that makes it shorter."""
ROUNDS = 60
SHORT = 0.35
"""What a balanced load is worth against short borders when cells change sides."""

Whose = NDArray[np.int64]


@dataclass
class Parting:
    """Cells on their way to `wanted` grids: `whose` says which grid each belongs to."""

    cells: Cells
    wanted: int
    whose: Whose = field(init=False)

    def __post_init__(self) -> None:
        self.whose = np.zeros(self.cells.count, dtype=np.int64)

    def done(self) -> Whose:
        """The grid of each cell, 0 to wanted-1, each in one piece."""
        self._halve(np.arange(self.cells.count), self.wanted, 0)
        for _round in range(ROUNDS):
            if not self._better():
                break
        return self.whose

    # --- by two ---------------------------------------------------------------------------------------

    def _halve(self, some: Whose, wanted: int, first: int) -> None:
        """Give some cells, all in one piece, the numbers from `first` on."""
        if wanted == 1 or len(some) <= 1:
            self.whose[some] = first
            return
        few = wanted // 2
        one, other = self._best_cut(some, wanted)
        self._halve(one, few, first)
        self._halve(other, wanted - few, first + few)

    def _best_cut(self, some: Whose, wanted: int) -> tuple[Whose, Whose]:
        """The two parts of the shortest border among the directions, each with the load of its half of the grids."""
        share = wanted // 2 / wanted
        inside = np.zeros(self.cells.count, dtype=bool)
        inside[some] = True
        tried = [self._cut(some, inside, share, pi * 2 * n / TURNS) for n in range(TURNS)]
        _cost, first = min(tried, key=lambda cut: (self._lacking(len(cut[1]), len(some), wanted), cut[0]))
        mine = np.zeros(self.cells.count, dtype=bool)
        mine[first] = True
        return first, some[~mine[some]]

    @staticmethod
    def _lacking(first: int, both: int, wanted: int) -> int:
        """How many cells too few there are in the two parts for the grids that they become."""
        few = wanted // 2
        return max(0, few - first) + max(0, wanted - few - (both - first))

    def _cut(self, some: Whose, inside: NDArray[np.bool_], share: float, turn: float) -> tuple[float, Whose]:
        """Cost and first part of a cut across one direction, both parts in one piece."""
        order = some[np.argsort(self.cells.places[some] @ (cos(turn), sin(turn)), kind="stable")]
        load = np.cumsum(self.cells.loads[order])
        total = max(float(load[-1]), 1e-9)
        at = int(np.clip(np.searchsorted(load, share * total), 1, len(order) - 1))
        first = self._in_one_piece(order[:at], inside)
        got = float(self.cells.loads[first].sum()) / total
        mine = np.zeros(self.cells.count, dtype=bool)
        mine[first] = True
        uneven = max(0.0, abs(got - share) - SLACK * share) / share
        return self.cells.border(mine, inside & ~mine) * (1 + 8 * uneven), first

    def _in_one_piece(self, some: Whose, inside: NDArray[np.bool_]) -> Whose:
        """Some cells without their crumbs, and with the crumbs that they cut off from the rest."""
        mine = np.zeros(self.cells.count, dtype=bool)
        mine[self.cells.largest_piece(some)] = True
        rest = np.flatnonzero(inside & ~mine)
        if len(rest):
            whole = np.zeros(self.cells.count, dtype=bool)
            whole[self.cells.largest_piece(rest)] = True
            mine |= inside & ~whole
        return np.flatnonzero(mine)

    # --- changing sides -------------------------------------------------------------------------------

    def _better(self) -> int:
        """One round over the cells at the borders; how many changed sides."""
        loads = np.bincount(self.whose, self.cells.loads, self.wanted)
        sizes = np.bincount(self.whose, minlength=self.wanted)
        mean, changed = max(float(loads.mean()), 1e-9), 0
        for cell in self.cells.at_borders(self.whose):
            own = int(self.whose[cell])
            shared = self.cells.shared(cell, self.whose)
            gains = {to: self._gain(cell, own, to, shared, loads / mean) for to in shared if to != own}
            to = max(gains, key=lambda each: gains[each], default=own)
            if gains.get(to, 0.0) > 1e-9 and sizes[own] > 1 and self.cells.can_leave(cell, self.whose):
                load, self.whose[cell] = self.cells.loads[cell], to
                loads[own], loads[to] = loads[own] - load, loads[to] + load
                sizes[own], sizes[to] = sizes[own] - 1, sizes[to] + 1
                changed += 1
        return changed

    def _gain(
        self, cell: int, own: int, to: int, shared: dict[int, float], loads: NDArray[np.float64]
    ) -> float:
        """What it helps that a cell goes from one grid to another: evener loads and a shorter border."""
        load = float(self.cells.loads[cell]) * self.wanted / max(float(self.cells.loads.sum()), 1e-9)
        before = (loads[own] - 1) ** 2 + (loads[to] - 1) ** 2
        after = (loads[own] - load - 1) ** 2 + (loads[to] + load - 1) ** 2
        shorter = (shared[to] - shared.get(own, 0.0)) / self.cells.width
        return float(before - after) + SHORT * shorter / self.cells.count * self.wanted


def divide(cells: Cells, wanted: int) -> Whose:
    """The grid of each cell, from 0 on: as many as wanted, or fewer where there are hardly more buildings."""
    whose = Parting(cells, min(wanted, max(cells.count, 1))).done()
    return np.unique(whose, return_inverse=True)[1].astype(np.int64)


def how_many(total: float, each: float) -> int:
    """Into how many grids a load is divided when each should bear so much; at least one."""
    return max(1, ceil(total / each - 0.5)) if each > 0 else 1


def matched(shares: NDArray[np.float64]) -> list[int]:
    """For each part the grid (column) it goes on as, -1 for a new one: pairs with the most in common first, so that as
    little as possible moves. `shares[part, grid]` is what the two have in common."""
    found, taken = [-1] * shares.shape[0], set[int]()
    for flat in np.argsort(-shares, axis=None, kind="stable"):
        part, grid = divmod(int(flat), shares.shape[1])
        if found[part] < 0 and grid not in taken and shares[part, grid] > 0:
            found[part] = grid
            taken.add(grid)
    return found


def spread(loads: Sequence[float]) -> float:
    """How uneven loads are: the largest over the mean, less one; 0 is even."""
    mean = sum(loads) / len(loads) if loads else 0.0
    return max(loads) / mean - 1 if mean else 0.0
