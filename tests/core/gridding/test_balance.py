"""A balanced proposal: every building in one grid, each grid in one piece, loads even, borders where something divides."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon, box, points, union_all

from core.gridding.rules import NOWHERE, assign, pieces
from core.gridding.rules.balance import divide, how_many, matched, spread
from core.gridding.rules.cells import Cells
from core.gridding.rules.laying import cells_of

LAND = box(0, 0, 600, 400)
ROADS = [LineString([(0, 200), (600, 200)]), LineString([(300, 0), (300, 400)])]


@st.composite
def towns(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Places and loads of some buildings that do not stand in each other."""
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    count = draw(st.integers(8, 60))
    spots = np.array([(x, y) for x in range(25, 600, 40) for y in range(25, 400, 40)], dtype=float)
    chosen = random.permutation(spots)[:count] + random.uniform(-12, 12, (count, 2))
    return chosen, random.exponential(20, count)


def cells(places: np.ndarray, loads: np.ndarray, roads: list[LineString]) -> Cells:  # type: ignore[type-arg]
    """The cells of buildings of ten by eight metres."""
    walls = [box(x - 5, y - 4, x + 5, y + 4) for x, y in places]
    return cells_of(LAND, places, loads, walls, roads)


@settings(max_examples=25)
@given(towns(), st.booleans())
def test_cells_are_all_the_land_and_each_has_its_building(
    town: tuple[np.ndarray, np.ndarray],  # type: ignore[type-arg]
    with_roads: bool,
) -> None:
    places, loads = town
    found = cells(places, loads, ROADS if with_roads else [])
    assert sum(land.area for land in found.lands) == pytest.approx(LAND.area, rel=1e-4)
    assert union_all(found.lands).area == pytest.approx(LAND.area, rel=1e-4)
    for land, at in zip(found.lands, places, strict=True):
        assert land.distance(points(at)) < 0.1


@settings(max_examples=25)
@given(towns(), st.integers(1, 6))
def test_each_grid_is_in_one_piece_and_nothing_is_left_over(
    town: tuple[np.ndarray, np.ndarray],  # type: ignore[type-arg]
    wanted: int,
) -> None:
    places, loads = town
    found = cells(places, loads, ROADS)
    whose = divide(found, wanted)
    number = int(whose.max()) + 1
    assert set(whose.tolist()) == set(range(number))
    assert number == wanted or wanted > number >= len(places) // 4
    lands = found.outlines(whose, number, ROADS)
    assert all(len(pieces(land)) == 1 for land in lands)
    assert sum(land.area for land in lands) == pytest.approx(LAND.area, rel=1e-4)
    assert union_all(lands).area == pytest.approx(LAND.area, rel=1e-4)
    assert (assign(places, lands, reach=1) != NOWHERE).all()


def test_loads_are_even_and_the_road_is_the_border() -> None:
    places = np.array([(x, y) for x in range(25, 600, 50) for y in range(25, 400, 50)], dtype=float)
    loads = np.full(len(places), 10.0)
    found = cells(places, loads, ROADS)
    whose = divide(found, 4)
    assert spread(np.bincount(whose, loads).tolist()) < 0.01
    borders = union_all([land.boundary for land in found.outlines(whose, 4, ROADS)]).difference(
        LAND.boundary.buffer(1)
    )
    assert borders.difference(union_all(ROADS).buffer(2)).length < 20


def test_one_heavy_building_is_not_cut_and_the_others_share_the_rest() -> None:
    places = np.array([(x, y) for x in range(25, 600, 50) for y in range(25, 400, 50)], dtype=float)
    loads = np.full(len(places), 1.0)
    loads[0] = 60.0
    whose = divide(cells(places, loads, []), 3)
    shares = np.bincount(whose, loads)
    assert shares.max() <= 66 and shares.min() >= 38


def test_a_wanted_load_tells_how_many() -> None:
    assert [how_many(3000, each) for each in (300, 290, 1000, 9000, 0)] == [10, 10, 3, 1, 1]


def test_parts_go_on_as_the_grids_they_share_most_with() -> None:
    shares = np.array([[5.0, 9.0], [1.0, 8.0], [0.0, 0.0]])
    assert matched(shares) == [1, 0, -1]


def test_even_is_nothing_above_the_mean() -> None:
    assert spread([2, 2, 2]) == 0 and spread([]) == 0 and spread([1, 3]) == pytest.approx(0.5)


def test_a_community_with_one_building_has_one_grid() -> None:
    found = cells(np.array([[50.0, 50.0]]), np.array([3.0]), [])
    assert divide(found, 1).tolist() == [0]
    assert isinstance(found.outlines(divide(found, 1), 1)[0], Polygon)
