"""Which coordinate system the numbers of a file are in, and onto the earth with them (WGS-84, CGCS2000)."""

from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import shapely
from numpy.typing import NDArray

from core.geo.coordinates import SYSTEMS, Convert, System, to_wgs
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid
from core.places.rules.position import LAT, LON

Shapes = NDArray[np.object_]
"""shapely geometries; None where a row has none."""
Box = tuple[float, float, float, float]
"""West, south, east, north of the numbers of a file."""
ZONE_3, ZONE_6, PLAIN_3 = 4513, 4491, 4534
"""EPSG codes of CGCS2000: zones 25 to 45 of 3°, zones 13 to 23 of 6°, and 3° by their meridians from 75° E without a
zone before the easting."""
OLD = ("Beijing_1954", "Beijing 1954", "Xian_1980", "Xian 1980", "Krassovsky", "IAG_1975", "IAG 1975")
"""Datums whose shift against CGCS2000 is not public, and 60 to 150 m in size."""
OLD_CODES = frozenset(
    code
    for low, high in (
        (2327, 2442),
        (4214, 4214),
        (4555, 4555),
        (4568, 4589),
        (4610, 4610),
        (4652, 4656),
        (4766, 4822),
        (21413, 21483),
    )
    for code in range(low, high + 1)
)
"""The same by their EPSG codes."""
CGCS2000 = "EPSG:4490"
DEGREES = {str(system): label for system, label in SYSTEMS.items()}
METRES = {f"EPSG:{PLAIN_3 + n}": N_("CGCS2000, 3° belt, meridian {lon}° E") for n in range(21)} | {
    f"EPSG:{ZONE_3 + n}": N_("CGCS2000, 3° belt, zone {zone}") for n in range(21)
}
OTHER = {"EPSG:3857": N_("Web Mercator (EPSG:3857)")}


@dataclass(frozen=True)
class Reading:
    """How the numbers of a file are read: the system, and whether the latitude (or northing) stands first. `why` is
    said to whoever looks at the plan."""

    system: str
    is_swapped: bool = False
    why: str = ""


def label(system: str) -> str:
    """What a system is called."""
    number = int(system[5:]) if system.startswith("EPSG:") and system[5:].isdecimal() else 0
    said = _({**DEGREES, **METRES, **OTHER}.get(system, system))
    return said.format(lon=75 + 3 * (number - PLAIN_3), zone=25 + number - ZONE_3)


def choices(home: tuple[float, float] | None) -> list[str]:
    """The systems to choose from, the likely ones of a place first."""
    meridian = round(home[0] / 3) * 3 if home else 117
    near = [f"EPSG:{PLAIN_3 + (lon - 75) // 3}" for lon in (meridian, meridian - 3, meridian + 3)]
    near += [f"EPSG:{ZONE_3 + (lon - 75) // 3}" for lon in (meridian, meridian - 3, meridian + 3)]
    return [*DEGREES, *near, *OTHER]


def told(
    declared: str | None, box: Box, home: tuple[float, float] | None, *, is_geojson: bool = False
) -> Reading:
    """How to read a file by what it declares and what its numbers (`box`) are; `home` is where the office lies.

    Raises Invalid when neither tells, or for an old datum that cannot be converted to the metre.
    """
    if declared and _is_old(declared):
        said = _(
            "This file is in Beijing 54 or Xi'an 80, whose shift against CGCS2000 is not public (60 to 150 m). "
            "Ask the surveying office for it in CGCS2000."
        )
        raise Invalid(said)
    if not all(isfinite(value) for value in box):
        raise Invalid(_("Not one row of this file has a shape."))
    if declared and not (_is_degrees(declared) and _far(box)):
        return _degrees(box, declared) if _is_degrees(declared) else Reading(declared)
    return _guessed(box, home, was_said=bool(declared) and not is_geojson)


def _is_old(declared: str) -> bool:
    number = int(declared[5:]) if declared.startswith("EPSG:") and declared[5:].isdecimal() else 0
    return any(word in declared for word in OLD) or number in OLD_CODES


def _is_degrees(declared: str) -> bool:
    """Whether a declared system has degrees for numbers."""
    return declared in ("EPSG:4326", "EPSG:4490", "OGC:CRS84") or declared.startswith(("GEOGCS", "GEOGCRS"))


def _far(box: Box) -> bool:
    return max(abs(value) for value in box) > 360


def _is_in(low: float, high: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= low and high <= bounds[1]


def _degrees(box: Box, declared: str = "") -> Reading:
    """Degrees, with the latitude first where only that lies in China."""
    west, south, east, north = box
    if _is_in(west, east, LAT) and _is_in(south, north, LON):
        return Reading(
            System.WGS84, True, _("Latitude and longitude stand the wrong way round; they were swapped.")
        )
    said = "" if declared else _("The file does not say its coordinate system: read as WGS-84 / CGCS2000.")
    return Reading(System.WGS84, why=said)


def _guessed(box: Box, home: tuple[float, float] | None, *, was_said: bool) -> Reading:
    """A reading from the numbers alone."""
    if not _far(box):
        return _degrees(box)
    for swapped in (False, True):
        west, south, east, north = (box[1], box[0], box[3], box[2]) if swapped else box
        if (system := _belt(west, east, south, north, home)) is not None:
            said = _("The file names another system than its numbers are in") if was_said else ""
            said = said or _("The file does not say its coordinate system")
            told = _("{said}: by its numbers it is {system}. Compare the preview.").format(
                said=said, system=label(system)
            )
            return Reading(system, swapped, told)
    raise Invalid(
        _(
            "This file does not say its coordinate system, and its numbers do not tell. Choose it, or ask who made it."
        ),
        system=_("Choose the coordinate system."),
    )


def _belt(
    west: float, east: float, south: float, north: float, home: tuple[float, float] | None
) -> str | None:
    """The CGCS2000 belt that the numbers are in; None when they cannot be eastings and northings in China."""
    zone = int(west // 1e6)
    if not 330_000 < south <= north < 6_000_000 or int(east // 1e6) != zone:
        return None
    if not 100_000 <= west - zone * 1e6 <= east - zone * 1e6 <= 900_000:
        return None
    if 25 <= zone <= 45:
        return f"EPSG:{ZONE_3 + zone - 25}"
    if 13 <= zone <= 23:
        return f"EPSG:{ZONE_6 + zone - 13}"
    meridian = round(home[0] / 3) * 3 if home and zone == 0 else 0
    return f"EPSG:{PLAIN_3 + (meridian - 75) // 3}" if 75 <= meridian <= 135 else None


# --- onto the earth ---------------------------------------------------------------------------------------


def on_earth(shapes: Shapes, reading: Reading) -> Shapes:
    """The shapes with longitude and latitude in WGS-84, of two dimensions, to the seventh decimal (1 cm)."""
    flat = shapely.force_2d(shapes)
    if reading.is_swapped:
        flat = shapely.transform(flat, lambda places: places[:, ::-1])
    if reading.system in DEGREES:
        moved = shapely.transform(flat, lambda places: np.column_stack(to_wgs(reading.system, *places.T)))
    else:
        moved = _projected(flat, reading.system)
    return np.asarray(shapely.transform(moved, lambda places: np.round(places, 7)), dtype=object)


def _projected(shapes: Shapes, system: str) -> Shapes:
    """The way out of a projection, which PROJ knows: through a warped view of a file, as the reader offers nothing
    else. Raises Invalid for a system that PROJ does not know."""
    from pyogrio import raw
    from pyogrio.errors import CRSError, DataLayerError, DataSourceError

    there = ~shapely.is_missing(shapes)
    moved: Any = np.full(len(shapes), None, dtype=object)
    with TemporaryDirectory(prefix="shapes-") as folder:
        path = Path(folder) / "here.fgb"
        try:
            raw.write(
                str(path),
                shapely.to_wkb(shapes[there]),
                [np.flatnonzero(there)],
                ["row"],
                crs=system,
                geometry_type="Unknown",
                driver="FlatGeobuf",
                SPATIAL_INDEX="NO",
            )
            view = path.with_suffix(".vrt")
            view.write_text(_view(system), encoding="utf-8")
            _meta, _fids, found, (rows,) = raw.read(str(view))
        except (CRSError, DataSourceError, DataLayerError) as trouble:
            raise Invalid(
                _("The coordinate system of this file is not known here. Choose it below.")
            ) from trouble
    moved[rows] = shapely.from_wkb(found)
    return np.asarray(moved, dtype=object)


def _is_chinese(system: str) -> bool:
    """Whether a system is a projection of CGCS2000 itself: between its degrees and WGS-84 PROJ would weigh dozens of
    transformations, for seconds, that all move nothing."""
    number = int(system[5:]) if system.startswith("EPSG:") and system[5:].isdecimal() else 0
    return ZONE_6 <= number <= PLAIN_3 + 20 or any(word in system for word in ("CGCS2000", "China_2000"))


def _view(system: str) -> str:
    """A view of the file in longitude and latitude, in the words of GDAL's VRT driver."""
    target = CGCS2000 if _is_chinese(system) else "OGC:CRS84"
    return (
        '<OGRVRTDataSource><OGRVRTWarpedLayer><OGRVRTLayer name="here">'
        '<SrcDataSource relativeToVRT="1">here.fgb</SrcDataSource></OGRVRTLayer>'
        f"<SrcSRS>{escape(system)}</SrcSRS><TargetSRS>{target}</TargetSRS></OGRVRTWarpedLayer></OGRVRTDataSource>"
    )


def ways(home: tuple[float, float] | None) -> dict[str, Convert]:
    """Further readings of two numbers for who compares known points: the belts that are likely there."""
    return {system: _way(system) for system in choices(home) if system not in DEGREES}


def _way(system: str) -> Convert:
    def convert(first: float, second: float) -> tuple[float, float]:
        try:
            [place] = on_earth(np.array([shapely.Point(first, second)], dtype=object), Reading(system))
        except Invalid:
            return float("nan"), float("nan")
        return (place.x, place.y) if place is not None else (float("nan"), float("nan"))

    return convert
