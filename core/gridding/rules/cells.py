"""The land around each building, and which of them are neighbours: what a balanced proposal is put together from."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from shapely import (
    LineString,
    MultiPoint,
    Polygon,
    STRtree,
    contains_properly,
    coverage_union_all,
    difference,
    get_parts,
    intersection,
    length,
    line_merge,
    points,
    polygonize,
    prepare,
    segmentize,
    simplify,
    union_all,
    voronoi_polygons,
)
from shapely.geometry.base import BaseGeometry

from core.gridding.rules.assign import assign
from core.gridding.rules.sheet import GRAIN, Metres, pieces

ROAD = 0.25
"""What a metre of border along a road costs against one between two buildings."""
NEAR_ROAD = 1.0
STEP = 12.0
"""Metres between the places of a wall that are looked at."""
SMOOTH = 4.0
"""Metres by which a border between buildings may be straightened."""
FINE = 0.05


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
        free = line_merge(difference(edges, kept, grid_size=GRAIN))
        straight = simplify(np.asarray(get_parts(free), dtype=object), SMOOTH)
        lines = union_all([intersection(edges, kept, grid_size=GRAIN), *straight], grid_size=GRAIN)
        found = _faces(lines, rough)
        return found if all(len(pieces(land)) == 1 for land in found) else rough


def _faces(lines: BaseGeometry, rough: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The land between lines, put together as it was before they were straightened."""
    faces = pieces(polygonize([lines]))
    middles = np.array([face.representative_point().coords[0] for face in faces]).reshape(-1, 2)
    whose = assign(middles, rough)
    mine = [[face for face, own in zip(faces, whose, strict=True) if own == n] for n in range(len(rough))]
    return [union_all(each, grid_size=GRAIN) for each in mine]


def cells_of(
    land: BaseGeometry,
    places: Metres,
    loads: NDArray[np.float64],
    walls: Sequence[BaseGeometry | None],
    roads: Sequence[LineString] = (),
) -> Cells:
    """The cells of buildings in a community, from their places, loads, footprints and the roads; buildings outside of
    the land take part at its edge."""
    blocks = blocks_of(land, roads)
    lands = _lands(blocks, land, places, walls)
    pairs, metres, along = _neighbours(lands, roads)
    return Cells(places, loads, lands, pairs, metres * np.where(along, ROAD, 1.0))


def blocks_of(land: BaseGeometry, roads: Sequence[LineString]) -> list[Polygon]:
    """What the roads leave of the land."""
    if not roads:
        return pieces(land)
    lines = union_all([land.boundary, *(intersection(road, land) for road in roads)], grid_size=GRAIN)
    found = [block for block in pieces(polygonize([lines])) if land.contains(block.representative_point())]
    return found or pieces(land)


def _lands(
    blocks: Sequence[Polygon], land: BaseGeometry, places: Metres, walls: Sequence[BaseGeometry | None]
) -> list[BaseGeometry]:
    """The land of each building: of its block what is nearer to its walls than to others. A block without a building
    goes to the nearest one around."""
    which = assign(places, blocks, reach=float("inf"))
    parts: list[list[BaseGeometry]] = [[] for _place in places]
    for number, block in enumerate(blocks):
        mine = np.flatnonzero(which == number)
        near = mine if len(mine) else _nearest(places, block)
        for building, part in _shares(block, near, places, walls):
            parts[building].append(part)
    return [each[0] if len(each) == 1 else union_all(each) for each in parts]


def _nearest(places: Metres, block: BaseGeometry) -> NDArray[np.int64]:
    middle = block.representative_point()
    return np.array([int(np.argmin(((places - (middle.x, middle.y)) ** 2).sum(axis=1)))], dtype=np.int64)


def _shares(
    block: Polygon, mine: NDArray[np.int64], places: Metres, walls: Sequence[BaseGeometry | None]
) -> Iterator[tuple[int, BaseGeometry]]:
    """What each building has of a block."""
    if len(mine) == 1:
        yield int(mine[0]), block
        return
    dots, owner = _dots(mine, places, walls)
    found = voronoi_polygons(MultiPoint(dots), extend_to=block)
    cells = np.asarray(list(found.geoms), dtype=object)
    at, which = STRtree(cells).query(np.asarray(points(dots), dtype=object), predicate="intersects")
    first = dict(zip(which.tolist()[::-1], owner[at].tolist()[::-1], strict=True))
    whole: dict[int, list[BaseGeometry]] = {}
    for cell, building in first.items():
        whole.setdefault(building, []).append(found.geoms[cell])
    prepare(block)
    for building, some in whole.items():
        land = coverage_union_all(some)
        yield building, land if contains_properly(block, land) else intersection(land, block)


def _dots(
    mine: NDArray[np.int64], places: Metres, walls: Sequence[BaseGeometry | None]
) -> tuple[Metres, NDArray[np.int64]]:
    """Places along the walls of buildings, no two the same, and whose they are."""
    found: dict[tuple[float, float], int] = {}
    for building in mine.tolist():
        for x, y in _around(places[building], walls[building]):
            found.setdefault((round(float(x), 2), round(float(y), 2)), building)
    return np.array(list(found)), np.array(list(found.values()), dtype=np.int64)


def _around(place: Metres, wall: BaseGeometry | None) -> Iterable[Sequence[float]]:
    if not isinstance(wall, Polygon) or wall.is_empty:
        return [place.tolist()]
    return list(segmentize(wall.exterior, STEP).coords)[:-1]


def _neighbours(
    lands: Sequence[BaseGeometry], roads: Sequence[LineString]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
    """Pairs of cells with a common border, its metres, and whether it runs along a road."""
    shapes = np.asarray(lands, dtype=object)
    one, other = STRtree(shapes).query(shapes, predicate="intersects")
    pairs = np.stack([one, other], axis=1)[one < other]
    if not len(pairs):
        return pairs, np.empty(0), np.empty(0, dtype=bool)
    common = intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]], grid_size=FINE)
    metres = np.asarray(length(common), dtype=float)
    touch = metres > FINE
    kept, borders = pairs[touch], np.asarray(common)[touch]
    if not roads:
        return kept, metres[touch], np.zeros(len(kept), dtype=bool)
    along = STRtree(list(roads)).query_nearest(borders, max_distance=NEAR_ROAD, all_matches=False)[0]
    is_road = np.zeros(len(kept), dtype=bool)
    is_road[along] = True
    return kept, metres[touch], is_road
