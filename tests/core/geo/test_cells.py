"""Tiles and cells: a tile is one range of cells, and the cells of a shape hold whatever stands in it."""

from itertools import pairwise

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from core.geo.cover import cover, merged, ranges_of
from core.geo.mercator import DEEPEST, Box, Tile, cell_of, degrees_at, tile_at
from core.geo.shapes import grown
from tests.tiles import tile_of

LON, LAT = st.floats(73, 136), st.floats(3, 54)


def within(cell: int | None, ranges: tuple[tuple[int, int], ...]) -> bool:
    """Whether a cell is in one of the ranges."""
    return cell is not None and any(low <= cell < high for low, high in ranges)


@given(LON, LAT, st.integers(0, DEEPEST))
def test_a_tile_is_the_range_of_cells_of_what_stands_in_it(lon: float, lat: float, zoom: int) -> None:
    tile = tile_at(lon, lat, zoom)
    assert (tile.z, tile.x, tile.y) == tile_of(lon, lat, zoom)
    assert within(cell_of(lon, lat), (tile.cells,))
    other = Tile(zoom, (tile.x + 1) % 2**zoom, tile.y)
    assert other == tile or not within(cell_of(lon, lat), (other.cells,))


@given(LON, LAT)
def test_tiles_and_degrees_go_there_and_back(lon: float, lat: float) -> None:
    tile = tile_at(lon, lat, DEEPEST)
    middle = degrees_at(tile.x + 0.5, tile.y + 0.5, DEEPEST)
    assert abs(middle[0] - lon) < 3e-5 and abs(middle[1] - lat) < 3e-5
    assert tile_at(*middle, DEEPEST) == tile


def test_nothing_has_no_cell_and_impossible_tiles_are_told() -> None:
    assert cell_of(None, 23.0) is None and cell_of(116.0, None) is None
    assert Tile(3, 7, 7).is_real and not Tile(3, 8, 0).is_real
    assert not Tile(-1, 0, 0).is_real and not Tile(25, 0, 0).is_real


@given(LON, LAT, st.floats(1e-6, 0.5), st.floats(0, 1), st.floats(0, 1))
def test_the_ranges_of_a_box_hold_what_stands_in_it(
    lon: float, lat: float, size: float, along: float, up: float
) -> None:
    ranges = ranges_of(Box(lon, lat, lon + size, lat + size))
    assert within(cell_of(lon + size * along, lat + size * up), ranges)
    assert len(ranges) < 100 and all(a[1] < b[0] for a, b in pairwise(ranges))


def test_the_ranges_of_a_tile_are_the_tile() -> None:
    tile = tile_at(116.74, 23.27, 16)
    assert ranges_of(tile.box) == (tile.cells,)


@given(st.floats(116.7, 116.8), st.floats(23.2, 23.3), st.integers(1, 5000), st.randoms())
def test_of_a_shape_the_inside_is_inside_and_the_rest_is_in_the_border(
    lon: float, lat: float, metres: int, random: object
) -> None:
    shape = grown(shapely.Point(lon, lat), metres)
    found = cover(shape)
    west, south, east, north = shape.bounds
    rng = np.random.default_rng(metres)
    for x, y in zip(rng.uniform(west, east, 40), rng.uniform(south, north, 40), strict=True):
        here = shapely.contains_xy(shape, x, y)
        cell = cell_of(x, y)
        assert not here or within(cell, found.all)
        assert here or not within(cell, found.inside)


def test_ranges_that_touch_become_one() -> None:
    assert merged([(5, 9), (0, 3), (3, 5), (12, 13), (6, 7)]) == ((0, 9), (12, 13))
