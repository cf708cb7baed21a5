"""Vector tiles, read back by GDAL: what was put in comes out, and nothing that is not in the tile."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from core.geo.mercator import Tile, tile_at
from core.geo.mvt import BUFFER, EXTENT, Features, in_tile, tile_bytes
from tests.tiles import read_plain, units

TILE = tile_at(116.74, 23.27, 15)
PLACE = (TILE.z, TILE.x, TILE.y)


def spread(count: int) -> np.ndarray:
    """Places all over the tile."""
    box = TILE.box
    steps = (np.arange(count) + 0.5) / count
    return np.column_stack(
        (box.west + (box.east - box.west) * steps, box.south + (box.north - box.south) * (steps * 7 % 1))
    )


def test_points_come_back_with_their_numbers_places_and_properties() -> None:
    places = spread(300)
    ids = [2**52 + number for number in range(300)]
    columns = {
        "kind": [f"类{number % 7}" for number in range(300)],
        "n": [number if number % 3 else None for number in range(300)],
        "share": [number / 8 for number in range(300)],
        "below": [-number for number in range(300)],
        "is_new": [number % 2 == 0 for number in range(300)],
    }
    found = read_plain(tile_bytes(TILE, {"points": Features(ids, shapely.points(places), columns)}))
    assert [one.id for one in found["points"]] == ids
    for number, one in enumerate(found["points"]):
        assert (one.shape.x, one.shape.y) == pytest.approx(units(*places[number], PLACE), abs=0.51)
        told = {name: values[number] for name, values in columns.items() if values[number] is not None}
        assert {name: one.properties.get(name) for name in told} == told
        assert ("n" in one.properties) == bool(number % 3)


def test_a_point_is_in_one_tile_only() -> None:
    box = TILE.box
    edge = shapely.points([(box.west, box.north), (box.east, box.south), (box.east, box.north)])
    inside = read_plain(tile_bytes(TILE, {"points": Features([1, 2, 3], edge)}))
    assert [one.id for one in inside["points"]] == [1]


def test_a_tile_without_anything_is_empty() -> None:
    assert tile_bytes(TILE, {}) == b""
    assert tile_bytes(TILE, {"points": Features([], shapely.points(np.zeros((0, 2))))}) == b""
    assert tile_bytes(TILE, {"points": Features([1], shapely.points([(0.0, 0.0)]))}) == b""


def test_a_building_across_the_border_is_in_both_tiles_and_whole_together() -> None:
    east = TILE.box.east
    middle = (TILE.box.south + TILE.box.north) / 2
    house = shapely.box(east - 0.0003, middle, east + 0.0003, middle + 0.0002)
    parts = []
    for tile in (TILE, Tile(TILE.z, TILE.x + 1, TILE.y)):
        (found,) = read_plain(tile_bytes(tile, {"shapes": Features([7], np.array([house]))}))["shapes"]
        assert found.id == 7 and found.shape.is_valid
        parts.append(shapely.intersection(found.shape, shapely.box(0, 0, EXTENT, EXTENT)))
    whole = in_tile(np.array([house]), TILE)[0]
    assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=0.02)


def test_what_reaches_far_is_cut_at_the_buffer() -> None:
    land = shapely.box(116, 23, 118, 24)
    (found,) = read_plain(tile_bytes(TILE, {"shapes": Features([1], np.array([land]))}))["shapes"]
    assert found.shape.bounds == (-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)


def test_holes_parts_and_lines() -> None:
    box = TILE.box
    w, h = box.east - box.west, box.north - box.south

    def at(x0: float, y0: float, x1: float, y1: float) -> shapely.Polygon:
        return shapely.box(box.west + w * x0, box.south + h * y0, box.west + w * x1, box.south + h * y1)

    ring = shapely.difference(at(0.1, 0.1, 0.6, 0.6), at(0.2, 0.2, 0.4, 0.4))
    both = shapely.union(ring, at(0.7, 0.7, 0.9, 0.9))
    found = read_plain(tile_bytes(TILE, {"shapes": Features([1, 2], np.array([ring, both], object))}))[
        "shapes"
    ]
    for one, shape in zip(found, (ring, both), strict=True):
        assert one.shape.area == pytest.approx(in_tile(np.array([shape]), TILE)[0].area, rel=0.01)
    road = shapely.LineString([(box.west - w, box.south), (box.east, box.north), (box.east, box.south)])
    (line,) = read_plain(tile_bytes(TILE, {"roads": Features([3], np.array([road]), {"name": ["海滨路"]})}))[
        "roads"
    ]
    assert line.properties["name"] == "海滨路" and line.shape.length > EXTENT


@given(st.lists(st.integers(0, 2**53 - 1), min_size=1, max_size=40, unique=True), st.integers(0, 22))
def test_every_number_and_every_zoom(ids: list[int], zoom: int) -> None:
    tile = tile_at(116.74, 23.27, zoom)
    here = np.repeat(
        [[(tile.box.west + tile.box.east) / 2, (tile.box.south + tile.box.north) / 2]], len(ids), axis=0
    )
    found = read_plain(tile_bytes(tile, {"points": Features(ids, shapely.points(here))}))["points"]
    assert [one.id for one in found] == ids


def test_what_is_too_small_to_see_leaves_no_broken_ring() -> None:
    box = TILE.box
    speck = shapely.box(box.west + 0.001, box.south + 0.001, box.west + 0.001000001, box.south + 0.001000001)
    house = shapely.box(box.west + 0.002, box.south + 0.002, box.west + 0.003, box.south + 0.003)
    found = read_plain(
        tile_bytes(TILE, {"shapes": Features([1, 2], np.array([speck, house]), {"n": [1, 2]})})
    )
    assert [(one.id, one.properties["n"]) for one in found["shapes"]] == [(2, 2)]
