"""Positions on the earth (WGS-84, the same as CGCS2000 for our purposes): whether they can be, and where they lie."""

import itertools
from collections.abc import Iterable, Sequence
from math import cos, hypot, radians

from core.kernel.i18n import _

LON, LAT = (73.0, 136.0), (3.0, 54.0)
"""Longitudes and latitudes of the country."""
METRES = 110_780.0
"""Metres in a degree of latitude."""
Ring = Sequence[Sequence[float]]


def _in(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def position_problems(lon: float | None, lat: float | None) -> dict[str, str]:
    """Field -> sentence for a position that cannot be: half of one, swapped, or outside of the country."""
    if lon is None and lat is None:
        return {}
    if lon is None or lat is None:
        said = _("A position needs both longitude and latitude.")
        return {"lon" if lon is None else "lat": said}
    if _in(lat, LON) and _in(lon, LAT):
        said = _("Longitude and latitude are swapped: the longitude would be {lon}, the latitude {lat}.")
        return dict.fromkeys(("lon", "lat"), said.format(lon=lat, lat=lon))
    said = _("This position is not in China: longitudes are 73 to 136, latitudes 3 to 54.")
    return {
        name: said for name, value, bounds in (("lon", lon, LON), ("lat", lat, LAT)) if not _in(value, bounds)
    }


def inside(rings: Iterable[Ring], lon: float, lat: float) -> bool:
    """Whether a place lies in an area of rings as in GeoJSON; a ring inside of another one is a hole."""
    crossings = 0
    for ring in rings:
        for (x0, y0), (x1, y1) in itertools.pairwise(ring):
            if (y0 > lat) != (y1 > lat) and lon < (x1 - x0) * (lat - y0) / (y1 - y0) + x0:
                crossings += 1
    return crossings % 2 == 1


def metres_outside(rings: Sequence[Ring], lon: float, lat: float) -> float:
    """How many metres a place lies outside of an area; 0 inside, and where the area has no boundary."""
    if not rings or inside(rings, lon, lat):
        return 0.0
    east = METRES * cos(radians(lat))
    edges = (edge for ring in rings for edge in itertools.pairwise(ring))
    near = (_distance([((x - lon) * east, (y - lat) * METRES) for x, y in edge]) for edge in edges)
    return min(near, default=0.0)


def _distance(edge: Sequence[tuple[float, float]]) -> float:
    """Metres from the origin to an edge."""
    (x0, y0), (x1, y1) = edge
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, -(x0 * dx + y0 * dy) / length)) if length else 0.0
    return hypot(x0 + along * dx, y0 + along * dy)
