"""Chinese coordinate systems there and back, and which of them a file uses.

Everything is kept in WGS-84, which CGCS2000 equals within decimetres; GCJ-02 (Amap, Tencent) and BD-09 (Baidu) are
converted at the edge. All places are degrees, longitude first; single numbers and whole arrays are taken alike. The
formulas are the community's reconstruction and right to 1-2 m; there and back they differ by less than 1 µm (GCJ-02)
and 0.2 m (BD-09). Old local grids (Beijing 54, Xi'an 80) need a transform of their own and are not guessed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.kernel.i18n import N_

Degrees = Any
"""A number of degrees, or an array of them; what goes in comes out."""
Place = tuple[float, float]
"""Longitude and latitude."""
Convert = Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]

AXIS, FLATNESS = 6378245.0, 0.00669342162296594323
"""The ellipsoid of Krassowsky, in metres, that GCJ-02 is built on, and its first eccentricity squared."""
BAIDU = np.pi * 3000.0 / 180.0
EARTH = 6371008.8
PASSES = 10
"""Rounds after which the way back from GCJ-02 errs by less than a micrometre."""


class System(StrEnum):
    """A coordinate system that a source or a file may use."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


SYSTEMS = {
    System.WGS84: N_("WGS-84 / CGCS2000 (surveys, Tianditu, GPS)"),
    System.GCJ02: N_("GCJ-02 (Amap, Tencent)"),
    System.BD09: N_("BD-09 (Baidu)"),
}


def _is_shifted(lon: Degrees, lat: Degrees) -> NDArray[np.bool_]:
    """Whether the place is inside the box of China that GCJ-02 shifts."""
    return np.asarray((lon > 73.66) & (lon < 135.05) & (lat > 3.86) & (lat < 53.55))


def _waves(turns: Degrees, strengths: Sequence[float], lengths: Sequence[float]) -> Degrees:
    return sum(a * np.sin(turns * np.pi * n) for a, n in zip(strengths, lengths, strict=True)) * 2 / 3


def _shift(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """How far GCJ-02 lies east and north of WGS-84 at a place, in degrees."""
    x, y = lon - 105.0, lat - 35.0
    both = _waves(x, (20, 20), (6, 2))
    root = np.sqrt(np.abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + both
    north = north + _waves(y, (20, 40, 160, 320), (1, 1 / 3, 1 / 12, 1 / 30))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + both
    east = east + _waves(x, (20, 40, 150, 300), (1, 1 / 3, 1 / 12, 1 / 30))
    turn = np.radians(lat)
    bend = 1 - FLATNESS * np.sin(turn) ** 2
    east = east * 180 / (AXIS / np.sqrt(bend) * np.cos(turn) * np.pi)
    return east, north * 180 / (AXIS * (1 - FLATNESS) / (bend * np.sqrt(bend)) * np.pi)


def wgs_to_gcj(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """WGS-84 -> GCJ-02; outside China nothing is shifted."""
    east, north = _shift(lon, lat)
    inside = _is_shifted(lon, lat)
    return lon + np.where(inside, east, 0.0), lat + np.where(inside, north, 0.0)


def gcj_to_wgs(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """GCJ-02 -> WGS-84, step by step until it fits."""
    x, y = lon, lat
    for _pass in range(PASSES):
        there = wgs_to_gcj(x, y)
        x, y = x + (lon - there[0]), y + (lat - there[1])
    return x, y


def gcj_to_bd(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """GCJ-02 -> BD-09."""
    far = np.hypot(lon, lat) + 2e-5 * np.sin(lat * BAIDU)
    turn = np.arctan2(lat, lon) + 3e-6 * np.cos(lon * BAIDU)
    return far * np.cos(turn) + 0.0065, far * np.sin(turn) + 0.006


def bd_to_gcj(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """BD-09 -> GCJ-02."""
    x, y = lon - 0.0065, lat - 0.006
    far = np.hypot(x, y) - 2e-5 * np.sin(y * BAIDU)
    turn = np.arctan2(y, x) - 3e-6 * np.cos(x * BAIDU)
    return far * np.cos(turn), far * np.sin(turn)


_HERE: dict[System, Convert] = {
    System.WGS84: lambda lon, lat: (lon, lat),
    System.GCJ02: gcj_to_wgs,
    System.BD09: lambda lon, lat: gcj_to_wgs(*bd_to_gcj(lon, lat)),
}
_THERE: dict[System, Convert] = {
    System.WGS84: lambda lon, lat: (lon, lat),
    System.GCJ02: wgs_to_gcj,
    System.BD09: lambda lon, lat: gcj_to_bd(*wgs_to_gcj(lon, lat)),
}


def to_wgs(system: str, lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """A place of any system in WGS-84."""
    return _HERE[System(system)](lon, lat)


def from_wgs(system: str, lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """A place of WGS-84 in any system."""
    return _THERE[System(system)](lon, lat)


def rounded(place: tuple[Degrees, Degrees]) -> Place:
    """A single place as plain numbers of 7 decimals, about a centimetre."""
    return round(float(place[0]), 7), round(float(place[1]), 7)


def metres_between(one: Place, other: Place) -> float:
    """Metres between two places, along the great circle."""
    (lon0, lat0), (lon1, lat1) = np.radians(one), np.radians(other)
    half = np.sin((lat1 - lat0) / 2) ** 2 + np.cos(lat0) * np.cos(lat1) * np.sin((lon1 - lon0) / 2) ** 2
    return float(2 * EARTH * np.arcsin(np.sqrt(min(1.0, half))))


# --- which system a file uses ---------------------------------------------------------------------------

CLOSE, TWICE = 60.0, 2.5
"""A known point is found by hand and errs by some metres: a system fits when every point comes within CLOSE metres, and
is certain when the next best is more than TWICE as far off. The systems lie 300 m and more apart."""
APART = 20.0


@dataclass(frozen=True)
class Known:
    """A point as it stands in the file (first and second number), and where it really is in WGS-84."""

    in_file: Place
    really: Place


@dataclass(frozen=True)
class Verdict:
    """A way to read the file, and how many metres the points would lie off on average and at worst. `is_swapped`: the
    latitude stands first."""

    system: str
    is_swapped: bool
    metres: float
    worst: float


@dataclass(frozen=True)
class Finding:
    """The best way to read the file and every other, nearest first. `is_certain`: it fits, and no other comes near.
    `are_apart`: the points are different ones, so that they say more than a single one does."""

    best: Verdict
    others: tuple[Verdict, ...]
    is_certain: bool
    are_apart: bool


def which_system(known: Sequence[Known], ways: Mapping[str, Convert] | None = None) -> Finding:
    """Which system makes the known points lie where they are; two are wanted, more are better. ValueError for none.

    `ways` are further readings of the two numbers by their names, such as those of a projection, each giving WGS-84.
    """
    if not known:
        raise ValueError("no known point")
    readings = {**{str(system): convert for system, convert in _HERE.items()}, **(ways or {})}
    verdicts = [
        _verdict(name, convert, known, is_swapped=swapped)
        for name, convert in readings.items()
        for swapped in (False, True)
    ]
    first, *rest = sorted((v for v in verdicts if np.isfinite(v.metres)), key=lambda v: v.metres)
    clear = not rest or rest[0].metres > max(TWICE * first.metres, CLOSE)
    apart = any(metres_between(a.really, b.really) > APART for a, b in pairwise(known))
    return Finding(first, tuple(rest), first.worst <= CLOSE and clear, apart)


def _verdict(name: str, convert: Convert, known: Sequence[Known], *, is_swapped: bool) -> Verdict:
    """How far off the points lie when the file is read so; infinitely where the numbers cannot be read."""
    off = []
    for one in known:
        first, second = reversed(one.in_file) if is_swapped else one.in_file
        lon, lat = convert(first, second)
        possible = -180 <= lon <= 180 and -90 <= lat <= 90
        off.append(metres_between((lon, lat), one.really) if possible else np.inf)
    return Verdict(name, is_swapped, float(np.mean(off)), float(max(off)))
