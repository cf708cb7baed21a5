"""Boundaries as shapes on a flat sheet of metres, true to a millimetre over the few kilometres of a community.

Boundaries are kept as rings of [longitude, latitude] (WGS-84); a ring inside of another one is a hole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from math import cos, radians
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, MultiPolygon, Polygon, union_all
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.places.rules.position import position_problems

Rings = list[list[list[float]]]
Metres = NDArray[np.float64]
GRAIN = 0.001
"""Metres to which shapes are cut, so that neighbours keep one and the same border."""
DIGITS = 8
"""Of a degree: a millimetre."""


@dataclass(frozen=True)
class Sheet:
    """The plane around a place of longitude and latitude in degrees; x to the east, y to the north, in metres."""

    lon: float
    lat: float

    @cached_property
    def scale(self) -> Metres:
        """Metres in a degree of longitude and of latitude on the ellipsoid (the usual series for WGS-84)."""
        at = radians(self.lat)
        north = 111_132.954 - 559.822 * cos(2 * at) + 1.175 * cos(4 * at)
        east = 111_412.84 * cos(at) - 93.5 * cos(3 * at) + 0.118 * cos(5 * at)
        return np.array([east, north])

    def flat(self, places: Iterable[Sequence[float]]) -> Metres:
        """Longitudes and latitudes as metres, one row each."""
        degrees = np.asarray(list(places), dtype=float).reshape(-1, 2)
        return (degrees - (self.lon, self.lat)) * self.scale

    def back(self, places: Any) -> list[list[float]]:
        """Metres as [longitude, latitude]."""
        degrees = np.asarray(places, dtype=float).reshape(-1, 2) / self.scale + (self.lon, self.lat)
        return [[float(lon), float(lat)] for lon, lat in degrees.round(DIGITS)]

    def shape(self, rings: Rings | None) -> BaseGeometry:
        """The land within rings; empty without any."""
        parts: list[BaseGeometry] = [Polygon(self.flat(ring)) for ring in rings or []]
        return reduce(lambda land, part: land.symmetric_difference(part), parts) if parts else Polygon()

    def line(self, places: Sequence[Sequence[float]]) -> LineString:
        """A line. Raises Invalid for fewer than two different places."""
        if len({tuple(place) for place in places}) < 2:
            said = _("A line needs two different places.")
            raise Invalid(said, line=said)
        return LineString(self.flat(places))

    def rings(self, shape: BaseGeometry) -> Rings:
        """The boundary of a shape as it is kept."""
        rings = [ring for part in pieces(shape) for ring in (part.exterior, *part.interiors)]
        return [self.back(ring.coords) for ring in rings]


def sheet_of(rings: Rings | None, *more: Rings | None) -> Sheet:
    """A sheet for boundaries, about their first corner. Raises Invalid when there is none."""
    corners = [corner for each in (rings, *more) for ring in each or [] for corner in ring]
    if not corners:
        raise Invalid(_("There is no boundary here yet to draw in."))
    return Sheet(*map(float, corners[0][:2]))


def pieces(shape: BaseGeometry) -> list[Polygon]:
    """The parts of a shape that are land, the largest first, each counter-clockwise."""
    parts = list(getattr(shape, "geoms", [shape]))
    land = [part for part in parts if isinstance(part, Polygon | MultiPolygon) and not part.is_empty]
    flat = [one for part in land for one in (part.geoms if isinstance(part, MultiPolygon) else [part])]
    return sorted((orient(one) for one in flat), key=lambda one: -one.area)


def land_of(shape: BaseGeometry) -> BaseGeometry:
    """Only the land of a shape: cutting leaves points and lines behind."""
    parts = pieces(shape)
    return parts[0] if len(parts) == 1 else union_all(parts) if parts else Polygon()


def check_places(rings: Rings) -> None:
    """Raises Invalid for corners that are swapped or not in China, with what they should be."""
    for ring in rings:
        for lon, lat in ring:
            if wrong := position_problems(lon, lat):
                said = next(iter(wrong.values()))
                raise Invalid(said, polygon=said)
