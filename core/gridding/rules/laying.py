"""Making the cells of a proposal: what the roads leave of a community, and in it the land around each building."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from shapely import (
    LineString,
    MultiPoint,
    Polygon,
    STRtree,
    contains_properly,
    coverage_union_all,
    intersection,
    is_valid,
    length,
    points,
    polygonize,
    prepare,
    segmentize,
    union_all,
    voronoi_polygons,
)
from shapely.geometry.base import BaseGeometry

from core.gridding.rules.assign import assign
from core.gridding.rules.cells import NEAR_ROAD, Cells
from core.gridding.rules.sheet import GRAIN, Metres, land_of, pieces
from core.kernel.i18n import _
from core.kernel.problems import Invalid

ROAD = 0.25
"""What a metre of border along a road costs against one between two buildings."""
STEP = 12.0
"""Metres between the places of a wall that are looked at."""
FINE = 0.05
SHAKE, TURNS = 0.05, 9


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
    cells, dots = _voronoi(dots, block)
    at, which = STRtree(cells).query(np.asarray(points(dots), dtype=object), predicate="intersects")
    first = dict(zip(which.tolist()[::-1], owner[at].tolist()[::-1], strict=True))
    whole: dict[int, list[BaseGeometry]] = {}
    for cell, building in first.items():
        whole.setdefault(building, []).append(cells[cell])
    prepare(block)
    for building, some in whole.items():
        land = coverage_union_all(some)
        yield building, land if contains_properly(block, land) else land_of(intersection(land, block))


def _voronoi(dots: Metres, block: Polygon) -> tuple[list[Polygon], Metres]:
    """The land nearest to each of some places, and the places. Rows of equal houses bring GEOS out of step: the places
    are shaken by a hand's breadth, and once more where that is not enough."""
    for turn in range(1, TURNS):
        moved = dots + np.random.default_rng(turn).uniform(-SHAKE * turn, SHAKE * turn, dots.shape)
        found = list(voronoi_polygons(MultiPoint(moved), extend_to=block).geoms)
        cells = [cell for cell in found if isinstance(cell, Polygon) and is_valid(cell)]
        if len(cells) == len(found):
            return cells, moved
    raise Invalid(
        _("The buildings stand so that no borders between them can be found; check their outlines.")
    )


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
