"""The land around each building, and which of them are neighbours: what a balanced proposal is put together from."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from shapely import (
    LineString,
    MultiLineString,
    difference,
    get_parts,
    intersection,
    line_merge,
    polygonize,
    union_all,
)
from shapely.geometry.base import BaseGeometry

from core.gridding.rules.assign import assign
from core.gridding.rules.sheet import GRAIN, Metres, pieces

NEAR_ROAD = 1.0
"""Metres within which a border runs along a road."""
SMOOTH = 4.0
"""Metres by which a border between buildings may be straightened."""


@dataclass(frozen=True)
class Cells:
    """Land of buildings: `places` and `loads` of each, `lands`, and `pairs` of neighbours with what a border between
    them costs."""

    places: Metres
    loads: NDArray[np.float64]
    lands: Sequence[BaseGeometry]
    pairs: NDArray[np.int64]
    costs: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.lands)

    @cached_property
    def width(self) -> float:
        """Metres of a usual border."""
        return max(float(self.costs.mean()), 1e-9) if len(self.costs) else 1.0

    @cached_property
    def beside(self) -> list[list[tuple[int, float]]]:
        """The neighbours of each cell with the cost of the border."""
        found: list[list[tuple[int, float]]] = [[] for _cell in range(self.count)]
        for (one, other), cost in zip(self.pairs.tolist(), self.costs.tolist(), strict=True):
            found[one].append((other, cost))
            found[other].append((one, cost))
        return found

    def border(self, mine: NDArray[np.bool_], theirs: NDArray[np.bool_]) -> float:
        """What the border between two sets of cells costs."""
        one, other = self.pairs.T if len(self.pairs) else np.empty((2, 0), dtype=np.int64)
        return float(self.costs[(mine[one] & theirs[other]) | (mine[other] & theirs[one])].sum())

    def largest_piece(self, some: NDArray[np.int64]) -> NDArray[np.int64]:
        """The largest part of some cells that hang together, by load and then by number."""
        left, best, rank = set(some.tolist()), set[int](), (-1.0, 0)
        while left:
            piece = self._reached(next(iter(left)), left)
            left -= piece
            mine = (float(self.loads[list(piece)].sum()), len(piece))
            best, rank = (piece, mine) if mine > rank else (best, rank)
        return np.array(sorted(best), dtype=np.int64)

    def _reached(self, start: int, within: set[int], enough: set[int] | None = None) -> set[int]:
        """The cells that hang together with one; the search ends when it has met `enough`."""
        seen, waiting = {start}, deque([start])
        missing = set(enough or ()) - seen
        while waiting and (enough is None or missing):
            for near, _cost in self.beside[waiting.popleft()]:
                if near in within and near not in seen:
                    seen.add(near)
                    missing.discard(near)
                    waiting.append(near)
        return seen

    def at_borders(self, whose: NDArray[np.int64]) -> list[int]:
        """The cells with a neighbour in another grid."""
        one, other = self.pairs.T if len(self.pairs) else np.empty((2, 0), dtype=np.int64)
        apart = whose[one] != whose[other]
        return list(np.unique(np.concatenate([one[apart], other[apart]])).tolist())

    def shared(self, cell: int, whose: NDArray[np.int64]) -> dict[int, float]:
        """Grid -> what the borders of a cell with it cost."""
        found: dict[int, float] = {}
        for near, cost in self.beside[cell]:
            grid = int(whose[near])
            found[grid] = found.get(grid, 0.0) + cost
        return found

    def can_leave(self, cell: int, whose: NDArray[np.int64]) -> bool:
        """Whether its grid stays in one piece without a cell."""
        own = whose[cell]
        near = [n for n, _cost in self.beside[cell] if whose[n] == own]
        if len(near) < 2:
            return len(near) == 1
        within = set(np.flatnonzero(whose == own).tolist()) - {cell}
        return set(near) <= self._reached(near[0], within, set(near))

    def outlines(
        self, whose: NDArray[np.int64], count: int, roads: Sequence[LineString] = ()
    ) -> list[BaseGeometry]:
        """The land of each grid, together without gap or overlap. Borders between buildings are straightened; those
        along roads and around the community stay as they are."""
        lands = np.asarray(self.lands, dtype=object)
        rough = [union_all(lands[whose == grid], grid_size=GRAIN) for grid in range(count)]
        edges = union_all([land.boundary for land in rough], grid_size=GRAIN)
        kept = union_all([*roads, union_all(rough).boundary]).buffer(NEAR_ROAD)
        free = _lines(line_merge(MultiLineString(_lines(difference(edges, kept, grid_size=GRAIN)))))
        straight = [line.simplify(SMOOTH) for line in free]
        lines = union_all([*_lines(intersection(edges, kept, grid_size=GRAIN)), *straight], grid_size=GRAIN)
        found = _faces(lines, rough)
        return found if all(len(pieces(land)) == 1 for land in found) else rough


def _lines(shape: BaseGeometry) -> list[LineString]:
    """Only the lines of a shape: cutting leaves points behind."""
    return [part for part in get_parts(shape) if isinstance(part, LineString) and not part.is_empty]


def _faces(lines: BaseGeometry, rough: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The land between lines, put together as it was before they were straightened."""
    faces = pieces(polygonize([lines]))
    middles = np.array([face.representative_point().coords[0] for face in faces]).reshape(-1, 2)
    whose = assign(middles, rough)
    mine = [[face for face, own in zip(faces, whose, strict=True) if own == n] for n in range(len(rough))]
    return [union_all(each, grid_size=GRAIN) for each in mine]
