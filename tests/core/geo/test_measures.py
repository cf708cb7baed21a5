"""Metres on the earth, against values that anybody can look up."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from core.geo.shapes import area_m2, box_around, distance_m, flat, grown, length_m, lifted, metres_of_degree


def test_degrees_in_metres_at_the_equator_and_in_the_south_of_china() -> None:
    assert metres_of_degree(0) == pytest.approx((111_319.49, 110_574.27), rel=1e-6)
    assert metres_of_degree(23.27) == pytest.approx((102_318.6, 110_746.6), rel=2e-4)
    assert metres_of_degree(45) == pytest.approx((78_846.8, 111_131.7), rel=1e-5)


def test_a_circle_is_as_large_as_a_circle() -> None:
    circle = grown(shapely.Point(116.74, 23.27), 1000)
    assert area_m2(circle) == pytest.approx(3_141_593, rel=0.01)
    assert length_m(circle) == pytest.approx(6_283, rel=0.01)
    assert distance_m((116.74, 23.27), circle.exterior.coords[0]) == pytest.approx(1000, rel=0.001)


def test_a_corridor_lies_on_both_sides_of_its_road() -> None:
    road = shapely.LineString([(116.74, 23.27), (116.75, 23.27)])
    corridor = grown(road, 20)
    assert area_m2(corridor) == pytest.approx(length_m(road) * 40 + 3.14 * 400, rel=0.01)


def test_a_box_reaches_as_far_as_said() -> None:
    box = box_around(116.74, 23.27, 500)
    assert distance_m((116.74, 23.27), (box.east, 23.27)) == pytest.approx(500, rel=1e-6)
    assert distance_m((116.74, 23.27), (116.74, box.south)) == pytest.approx(500, rel=1e-3)


@given(st.floats(73, 136), st.floats(3, 54), st.floats(1e-5, 0.05))
def test_laid_flat_and_lifted_again_nothing_moved(lon: float, lat: float, size: float) -> None:
    shape = shapely.box(lon, lat, lon + size, lat + size)
    assert shapely.equals_exact(lifted(flat(shape, (lon, lat)), (lon, lat)), shape, tolerance=1e-9)
