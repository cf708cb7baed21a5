"""Positions: what cannot be, and how far something lies outside of an area."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.places.rules.position import inside, metres_outside, position_problems

SQUARE = [[[116.74, 23.27], [116.75, 23.27], [116.75, 23.28], [116.74, 23.28], [116.74, 23.27]]]
HOLE = [[116.744, 23.274], [116.746, 23.274], [116.746, 23.276], [116.744, 23.276], [116.744, 23.274]]


def test_a_position_is_whole_or_not_there() -> None:
    assert position_problems(None, None) == {}
    assert list(position_problems(116.7, None)) == ["lat"]
    assert list(position_problems(None, 23.2)) == ["lon"]


@given(st.floats(73, 136), st.floats(3, 54))
def test_degrees_of_the_country_are_fine_and_swapped_ones_are_told(lon: float, lat: float) -> None:
    assert position_problems(lon, lat) == {}
    said = position_problems(lat, lon)
    assert set(said) == {"lon", "lat"} and str(lon) in said["lon"] and str(lat) in said["lat"]


@pytest.mark.parametrize(
    ("lon", "lat", "wrong"), [(2.3, 48.9, {"lon"}), (116.7, 89.0, {"lat"}), (0, 0, {"lon", "lat"})]
)
def test_elsewhere_is_told_at_the_degree_that_is_wrong(lon: float, lat: float, wrong: set[str]) -> None:
    assert set(position_problems(lon, lat)) == wrong


def test_inside_and_holes() -> None:
    assert inside(SQUARE, 116.745, 23.275) and not inside(SQUARE, 116.76, 23.275)
    assert not inside([*SQUARE, HOLE], 116.745, 23.275) and inside([*SQUARE, HOLE], 116.742, 23.275)
    assert not inside([], 116.745, 23.275)


def test_metres_outside() -> None:
    assert metres_outside(SQUARE, 116.745, 23.275) == 0
    assert metres_outside([], 0, 0) == 0
    assert metres_outside(SQUARE, 116.745, 23.281) == pytest.approx(110.78, rel=0.01)
    assert metres_outside(SQUARE, 116.751, 23.275) == pytest.approx(101.8, rel=0.01)
    assert metres_outside(SQUARE, 116.751, 23.281) == pytest.approx(150.4, rel=0.01)


@given(st.floats(116.70, 116.79), st.floats(23.23, 23.32))
def test_whatever_is_inside_is_no_metre_outside(lon: float, lat: float) -> None:
    assert (metres_outside(SQUARE, lon, lat) == 0) >= inside(SQUARE, lon, lat)
