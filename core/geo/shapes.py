"""How large, how long, how far: shapes in degrees of WGS-84, measured in metres on its ellipsoid.

A shape is laid flat where it lies, with the true metres of a degree there: exact to 0.1 % up to the size of a district.
"""

from collections.abc import Sequence
from itertools import chain
from math import cos, hypot, radians, sqrt
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from core.geo.mercator import Box

MAJOR, FLATNESS = 6_378_137.0, 1 / 298.257223563
ECCENTRICITY = FLATNESS * (2 - FLATNESS)
"""The square of it."""
Rings = Sequence[Sequence[Sequence[float]]]
"""Rings of positions as in GeoJSON."""
ROUND = 64
"""Sides of a quarter of a circle: one of 20 km is off by 2 m at most."""


def metres_of_degree(lat: float) -> tuple[float, float]:
    """Metres in a degree of longitude and of latitude there."""
    curve = 1 - ECCENTRICITY * (1 - cos(radians(lat)) ** 2)
    east = MAJOR * cos(radians(lat)) / sqrt(curve)
    north = MAJOR * (1 - ECCENTRICITY) / curve**1.5
    return radians(1) * east, radians(1) * north


def shapes_of(polygons: Sequence[Rings]) -> NDArray[np.object_]:
    """Rings as in GeoJSON as shapes; of several rings one inside another is a hole, one beside another a part."""
    rings = [ring for polygon in polygons for ring in polygon]
    if not rings:
        return np.zeros(0, object)
    places = np.array([place[:2] for place in chain.from_iterable(rings)], float)
    of_ring = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    parts: Any = shapely.polygons(shapely.linearrings(places, indices=of_ring))
    counts = np.array([len(polygon) for polygon in polygons])
    begins = np.cumsum(counts) - counts
    shapes: NDArray[np.object_] = parts[begins]
    for at in np.flatnonzero(counts > 1):
        shapes[at] = shapely.symmetric_difference_all(parts[begins[at] : begins[at] + counts[at]])
    return shapes


def flat(shape: Any, origin: tuple[float, float] | None = None) -> Any:
    """A geometry (or an array of them) in metres east and north of a place: the middle of it, when none is named."""
    lon, lat = origin or _middle(shape)
    east, north = metres_of_degree(lat)
    return shapely.transform(shape, lambda places: (places - (lon, lat)) * (east, north))


def lifted(shape: Any, origin: tuple[float, float]) -> Any:
    """Back again: metres around a place as degrees."""
    east, north = metres_of_degree(origin[1])
    return shapely.transform(shape, lambda places: places / (east, north) + origin)


def area_m2(shape: shapely.Geometry) -> float:
    """Square metres of a polygon."""
    return float(shapely.area(flat(shape)))


def length_m(shape: shapely.Geometry) -> float:
    """Metres along a line, or around a polygon."""
    return float(shapely.length(flat(shape)))


def distance_m(a: Sequence[float], b: Sequence[float]) -> float:
    """Metres between two places (longitude, latitude) of a district."""
    east, north = metres_of_degree((a[1] + b[1]) / 2)
    return hypot((a[0] - b[0]) * east, (a[1] - b[1]) * north)


def grown(shape: shapely.Geometry, metres: float) -> shapely.Geometry:
    """A shape with so many metres around it: a circle around a place, a corridor along a line."""
    origin = _middle(shape)
    wide: shapely.Geometry = lifted(shapely.buffer(flat(shape, origin), metres, quad_segs=ROUND), origin)
    return wide


def box_around(lon: float, lat: float, metres: float) -> Box:
    """The box that reaches so many metres from a place to every side."""
    east, north = metres_of_degree(lat)
    return Box(lon - metres / east, lat - metres / north, lon + metres / east, lat + metres / north)


def _middle(shape: Any) -> tuple[float, float]:
    west, south, east, north = shapely.total_bounds(shape)
    return float((west + east) / 2), float((south + north) / 2)
