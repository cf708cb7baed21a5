"""Cutting land keeps every square metre, whatever is drawn: nothing overlaps, nothing is lost, each place has one grid."""

from math import cos, pi, sin

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString, Polygon, box, union_all
from shapely.geometry.base import BaseGeometry

from core.gridding.rules import (
    NOWHERE,
    Checked,
    Sheet,
    assign,
    drawn,
    merge,
    pieces,
    redraw,
    snapped,
    split,
)
from core.kernel.problems import Invalid

HERE = Sheet(116.74, 23.27)
WIDTH, ROWS, COLUMNS = 300.0, 3, 4
inner = st.floats(-40, 40)
along = st.floats(20, 280)
nobody = np.empty((0, 2))


@st.composite
def towns(draw: st.DrawFn) -> dict[str, BaseGeometry]:
    """A community of crooked grids that share their corners."""
    bent = {
        (r, c): (c * WIDTH + draw(inner), r * WIDTH + draw(inner))
        for r in range(ROWS + 1)
        for c in range(COLUMNS + 1)
    }
    return {
        f"{r}{c}": Polygon([bent[r, c], bent[r, c + 1], bent[r + 1, c + 1], bent[r + 1, c]])
        for r in range(ROWS)
        for c in range(COLUMNS)
    }


@st.composite
def blobs(draw: st.DrawFn) -> Polygon:
    """A star-shaped boundary somewhere in the community."""
    x, y = draw(st.floats(0, WIDTH * COLUMNS)), draw(st.floats(0, WIDTH * ROWS))
    reach = draw(st.lists(st.floats(60, 350), min_size=3, max_size=9))
    turns = [2 * pi * n / len(reach) for n in range(len(reach))]
    return Polygon([(x + r * cos(t), y + r * sin(t)) for r, t in zip(reach, turns, strict=True)])


def area(shapes: dict[str, BaseGeometry]) -> float:
    """Square metres of all together."""
    return sum(shape.area for shape in shapes.values())


def overlap(shapes: dict[str, BaseGeometry]) -> float:
    """Square metres that are counted more than once."""
    return area(shapes) - union_all(list(shapes.values())).area


@given(towns(), st.sampled_from(["00", "12", "23"]), along, along)
def test_a_split_keeps_the_land(town: dict[str, BaseGeometry], key: str, low: float, high: float) -> None:
    west, south, _east, north = town[key].bounds
    line = LineString([(west + low, south - 60), (west + high, north + 60)])
    try:
        one, other = split(town[key], line)
    except Invalid:
        assume(False)
    assert one.area + other.area == pytest.approx(town[key].area, rel=1e-9)
    assert one.intersection(other).area == pytest.approx(0, abs=1e-6)
    again = merge([one, other])
    assert again.symmetric_difference(town[key]).area == pytest.approx(0, abs=2)


@given(towns(), blobs())
def test_a_drawn_grid_takes_from_its_neighbours_and_nothing_is_lost(
    town: dict[str, BaseGeometry], blob: Polygon
) -> None:
    land = union_all(list(town.values()))
    after = redraw(town, "new", blob, land)
    assert area(after) == pytest.approx(land.area, rel=1e-6)
    assert overlap(after) == pytest.approx(0, abs=1)
    assert after["new"].area <= blob.area + 1


@given(towns(), blobs(), st.sampled_from(["00", "11", "13", "22"]))
def test_a_moved_border_gives_and_takes(town: dict[str, BaseGeometry], blob: Polygon, key: str) -> None:
    land = union_all(list(town.values()))
    after = redraw(town, key, blob, land)
    covered = union_all(list(after.values()))
    given_to_nobody = land.difference(covered).area
    assert overlap(after) == pytest.approx(0, abs=1)
    assert area(after) + given_to_nobody == pytest.approx(land.area, rel=1e-6)
    assert set(after) == set(town)


@given(towns(), st.integers(0, 2**32))
def test_every_place_is_in_exactly_one_grid(town: dict[str, BaseGeometry], seed: int) -> None:
    places = np.random.default_rng(seed).uniform((0, 0), (WIDTH * COLUMNS, WIDTH * ROWS), (200, 2))
    corners = np.array([corner for shape in town.values() for corner in shape.exterior.coords])  # type: ignore[attr-defined]
    everywhere = np.vstack([places, corners])
    lands = list(town.values())
    found = assign(everywhere, lands)
    covered = union_all(lands)
    for at, which in zip(everywhere, found, strict=True):
        here = LineString([at, at + 1e-9]).centroid
        if which == NOWHERE:
            assert covered.boundary.distance(here) < 1e-6 or not covered.contains(here)
        else:
            assert lands[which].distance(here) < 1e-6
    assert (assign(everywhere, lands, reach=500) != NOWHERE).all()


@given(towns(), st.floats(-0.9, 0.9), st.floats(-0.9, 0.9))
def test_degrees_and_metres_are_the_same_place(
    town: dict[str, BaseGeometry], east: float, north: float
) -> None:
    sheet = Sheet(116.74 + east, 23.27 + north)
    for shape in town.values():
        there = sheet.shape(sheet.rings(shape))
        assert there.symmetric_difference(shape).area < 3
        assert there.area == pytest.approx(shape.area, abs=3)


@given(towns())
def test_a_whole_community_has_no_trouble(town: dict[str, BaseGeometry]) -> None:
    middles = np.array([(s.centroid.x, s.centroid.y) for s in town.values()])
    checked = Checked(HERE, union_all(list(town.values())), {}, middles)
    assert checked.troubles(town) == []


# --- what is wrong is named and found ---------------------------------------------------------------------


def look(shapes: dict[str, BaseGeometry], land: BaseGeometry, places: np.ndarray = nobody) -> dict[str, str]:  # type: ignore[type-arg]
    """Kind of trouble -> what is said."""
    checked = Checked(HERE, land, {"a": "甲", "b": "乙"}, places)
    return {one.kind: one.said for one in checked.troubles(shapes)}


def test_overlap_gap_and_what_reaches_out_are_named() -> None:
    found = look({"a": box(0, 0, 120, 100), "b": box(100, 0, 210, 100)}, box(0, 0, 200, 110))
    assert set(found) == {"overlap", "gap", "outside"}
    assert "甲" in found["overlap"] and "乙" in found["overlap"] and "2000" in found["overlap"]


def test_less_than_the_tolerance_does_not_count() -> None:
    assert look({"a": box(0, 0, 100.2, 100), "b": box(100, 0, 200, 100)}, box(0, 0, 200, 100)) == {}


def test_a_building_outside_is_said_and_where() -> None:
    places = np.array([[50.0, 50.0], [150.0, 50.0]])
    checked = Checked(HERE, Polygon(), {}, places)
    [trouble] = checked.troubles({"a": box(0, 0, 100, 100)})
    assert trouble.kind == "homeless" and not trouble.is_blocking
    assert HERE.flat([[trouble.lon, trouble.lat]])[0] == pytest.approx([150, 50], abs=0.01)


def test_a_slip_of_the_hand_is_no_grid_and_two_pieces_are_none_either() -> None:
    assert set(look({"a": box(0, 0, 5, 5)}, Polygon())) == {"small"}
    assert set(look({"a": union_all([box(0, 0, 50, 50), box(90, 0, 150, 50)])}, Polygon())) == {"pieces"}


def test_a_knot_is_refused_and_so_are_swapped_numbers() -> None:
    bow = [[116.74, 23.27], [116.75, 23.28], [116.75, 23.27], [116.74, 23.28]]
    with pytest.raises(Invalid):
        drawn(HERE, [bow])
    with pytest.raises(Invalid):
        drawn(HERE, [[[23.27, 116.74], [23.28, 116.75], [23.27, 116.75]]])
    with pytest.raises(Invalid):
        drawn(HERE, [[[116.74, 23.27], [116.75, 23.28]]])


# --- cutting ----------------------------------------------------------------------------------------------


def test_a_line_that_ends_inside_is_drawn_on_to_the_border() -> None:
    one, other = split(box(0, 0, 100, 100), LineString([(30, 20), (30, 80)]))
    assert (one.area, other.area) == (pytest.approx(7000), pytest.approx(3000))


def test_a_drawn_on_line_stops_at_the_first_border_of_a_bay() -> None:
    bay = Polygon([(0, 0), (100, 0), (100, 100), (60, 100), (60, 40), (40, 40), (40, 100), (0, 100)])
    one, other = split(bay, LineString([(10, 70), (30, 70)]))
    assert other.area == pytest.approx(40 * 30)
    assert one.area == pytest.approx(bay.area - 40 * 30)


def test_a_line_that_misses_or_cuts_too_often_is_refused() -> None:
    bay = Polygon([(0, 0), (100, 0), (100, 100), (60, 100), (60, 40), (40, 40), (40, 100), (0, 100)])
    with pytest.raises(Invalid):
        split(bay, LineString([(-50, -50), (-20, 300)]))
    with pytest.raises(Invalid, match="3"):
        split(bay, LineString([(-10, 70), (110, 70)]))


def test_only_neighbours_become_one() -> None:
    with pytest.raises(Invalid):
        merge([box(0, 0, 100, 100), box(150, 0, 200, 100)])
    assert merge([box(0, 0, 100, 100), box(100, 0, 200, 100)]).area == pytest.approx(20_000)


def test_corners_near_a_neighbour_lie_on_it() -> None:
    near = snapped(box(101, 0.5, 200, 99), box(0, 0, 100, 100), 3)
    assert near.distance(box(0, 0, 100, 100)) == 0
    assert len(pieces(near)) == 1
