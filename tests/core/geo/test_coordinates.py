"""WGS-84, GCJ-02 and BD-09: published vectors, there and back, and two known points that tell a file's system."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.geo import coordinates as c
from core.geo.coordinates import Known, System, which_system

VECTORS = list(
    csv.DictReader((Path(__file__).parents[2] / "cases" / "coord_vectors.csv").open(encoding="utf-8"))
)
WAYS = {
    ("WGS84", "GCJ02"): c.wgs_to_gcj,
    ("GCJ02", "WGS84"): c.gcj_to_wgs,
    ("GCJ02", "BD09"): c.gcj_to_bd,
    ("BD09", "GCJ02"): c.bd_to_gcj,
}
HERE = (116.728, 23.286)
lons, lats = st.floats(74, 134), st.floats(18, 53)


@pytest.mark.parametrize(
    "row", [r for r in VECTORS if not r["note"].startswith("one-pass")], ids=lambda r: r["note"]
)
def test_the_published_vectors_hold(row: dict[str, str]) -> None:
    lon, lat = WAYS[row["from"], row["to"]](float(row["lon"]), float(row["lat"]))
    assert (lon, lat) == pytest.approx((float(row["lon_out"]), float(row["lat_out"])), abs=1e-9)


@given(lon=lons, lat=lats, system=st.sampled_from(System))
def test_there_and_back_is_the_same_place(lon: float, lat: float, system: System) -> None:
    back = c.to_wgs(system, *c.from_wgs(system, lon, lat))
    assert c.metres_between((lon, lat), back) < 0.5


def test_whole_arrays_go_as_single_numbers_do() -> None:
    lon, lat = np.array([116.728, -122.4194, 113.9]), np.array([23.286, 37.7749, 22.5])
    for system in System:
        together = c.from_wgs(system, lon, lat)
        alone = [c.from_wgs(system, *place) for place in zip(lon.tolist(), lat.tolist(), strict=True)]
        assert np.allclose(np.transpose(together), alone)


def test_outside_china_nothing_is_shifted() -> None:
    assert c.rounded(c.wgs_to_gcj(-122.4194, 37.7749)) == (-122.4194, 37.7749)


def told(
    system: System, places: list[tuple[float, float]], *, swapped: bool = False, off: float = 0.0
) -> list[Known]:
    """Points as a file of that system has them, found by hand `off` degrees beside."""
    found = []
    for lon, lat in places:
        there = c.rounded(c.from_wgs(system, lon, lat))
        found.append(Known(there[::-1] if swapped else there, (lon + off, lat - off)))
    return found


PLACES = [HERE, (116.741, 23.301)]


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("system", list(System))
def test_two_known_points_tell_which_system_a_file_uses(system: System, swapped: bool) -> None:
    finding = which_system(told(system, PLACES, swapped=swapped, off=0.0001))
    assert (finding.best.system, finding.best.is_swapped) == (system, swapped)
    assert finding.is_certain and finding.are_apart
    assert finding.best.worst < 25


def test_points_of_another_place_fit_nothing() -> None:
    finding = which_system([Known((116.5, 23.1), HERE), Known((116.5, 23.1), PLACES[1])])
    assert not finding.is_certain and finding.best.metres > 10_000


def test_one_point_twice_says_no_more_than_one() -> None:
    assert not which_system(told(System.GCJ02, [HERE, HERE])).are_apart


def test_a_projection_may_be_among_the_readings() -> None:
    """Metres of a plane are no degrees; a way that can read them wins."""
    ways = {"plane": lambda east, north: (116.728 + east / 102_000, 23.286 + north / 110_700)}
    finding = which_system([Known((0.0, 0.0), HERE), Known((1326.0, 1660.5), PLACES[1])], ways)
    assert finding.best.system == "plane" and finding.is_certain


def test_no_point_at_all_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="known point"):
        which_system([])
