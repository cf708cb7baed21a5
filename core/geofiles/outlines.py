"""Outlines of areas: from the shapes of a file to rings as areas keep them, and a sentence for what cannot be one.

Rings count by turns: a place lies in the area when it lies inside an odd number of them. So holes and parts that lie
apart, as islands do, are kept in one list.
"""

import re
from collections.abc import Sequence
from typing import Any

import shapely
from shapely import LinearRing, LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from core.geo.shapes import area_m2
from core.kernel.i18n import N_, _
from core.places.rules.position import LAT, LON

Rings = list[list[list[float]]]
LEAST = 10.0
"""Square metres below which a shape is taken for a mistake of drawing."""
WHY = {
    "Self-intersection": N_("The outline crosses itself near {lon}, {lat}. Correct it there."),
    "Ring Self-intersection": N_("The outline touches itself near {lon}, {lat}. Correct it there."),
    "Hole lies outside shell": N_("A hole near {lon}, {lat} lies outside of the outline."),
    "Holes are nested": N_("Near {lon}, {lat} there is a hole inside of a hole."),
    "Interior is disconnected": N_("Near {lon}, {lat} holes cut the area in two."),
    "Nested shells": N_("Near {lon}, {lat} one part lies inside of another."),
    "Duplicate Rings": N_("Near {lon}, {lat} the same outline stands there twice."),
}
OTHERWISE = N_("The outline is damaged near {lon}, {lat}.")
PLACE = re.compile(r"^(.*?)\[(-?[\d.]+) (-?[\d.]+)\]$")


def outline(geometry: BaseGeometry | None) -> BaseGeometry:
    """The area that a shape draws; closed lines, as drawing programs write them, count as areas.

    Raises ValueError with a sentence for a row without a shape, for points and open lines, for an outline that crosses
    itself, and for one that does not lie in China.
    """
    if geometry is None or geometry.is_empty:
        raise ValueError(_("This row has no shape."))
    found = _closed(geometry)
    west, south, east, north = found.bounds
    if not (LON[0] <= west and east <= LON[1] and LAT[0] <= south and north <= LAT[1]):
        raise ValueError(_elsewhere(west, south, east, north))
    if not found.is_valid:
        raise ValueError(_why(found))
    if square_metres(found) < LEAST:
        raise ValueError(_("This shape has almost no area; it is a slip of drawing."))
    return found.normalize()


def _closed(geometry: BaseGeometry) -> BaseGeometry:
    if isinstance(geometry, Polygon | MultiPolygon):
        return geometry
    lines = geometry.geoms if isinstance(geometry, MultiLineString) else [geometry]
    rings = [
        line for line in lines if isinstance(line, LineString) and line.is_closed and len(line.coords) > 3
    ]
    if rings and len(rings) == len(list(lines)):
        return (
            MultiPolygon([Polygon(ring.coords) for ring in rings])
            if len(rings) > 1
            else Polygon(rings[0].coords)
        )
    raise ValueError(_("This is a point or an open line, not an area."))


def _elsewhere(west: float, south: float, east: float, north: float) -> str:
    if LAT[0] <= west and east <= LAT[1] and LON[0] <= south and north <= LON[1]:
        return _("Latitude and longitude of this row stand the wrong way round.")
    return _("This shape does not lie in China: the coordinate system is another one.")


def _why(geometry: BaseGeometry) -> str:
    said = shapely.is_valid_reason(geometry)
    found = PLACE.match(said)
    reason, lon, lat = found.groups() if found else (said, "?", "?")
    return _(WHY.get(reason, OTHERWISE)).format(lon=lon[:11], lat=lat[:10])


def parts(geometry: BaseGeometry) -> int:
    """Of how many pieces an area is."""
    return len(geometry.geoms) if isinstance(geometry, MultiPolygon) else 1


def rings(geometry: BaseGeometry) -> Rings:
    """An area as rings of [longitude, latitude], each closed."""
    pieces: list[Any] = list(geometry.geoms) if isinstance(geometry, MultiPolygon) else [geometry]
    each: list[LinearRing] = [ring for piece in pieces for ring in (piece.exterior, *piece.interiors)]
    return [[[lon, lat] for lon, lat in ring.coords] for ring in each]


def shape(kept: Sequence[Sequence[Sequence[float]]] | None) -> BaseGeometry | None:
    """The area of rings that are kept; None for none. A ring that cannot be an area is mended."""
    found: BaseGeometry | None = None
    for ring in kept or ():
        piece = shapely.make_valid(Polygon(ring))
        found = piece if found is None else found.symmetric_difference(piece)
    return found


def differ(one: BaseGeometry | None, other: BaseGeometry) -> bool:
    """Whether two areas are different ones by more than the last digits of their corners."""
    return one is None or square_metres(one.symmetric_difference(other)) > 1.0 + square_metres(other) * 1e-6


def square_metres(geometry: BaseGeometry) -> float:
    """How large an area is; 0 for none."""
    return 0.0 if geometry.is_empty else area_m2(geometry)
