"""Shapes as a file: GeoJSON, GeoPackage, KML, or a Shapefile in a zip; always WGS-84, longitude first."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape

GEOJSON, GPKG, SHP, KML = "geojson", "gpkg", "shp", "kml"
FORMS = {GEOJSON: "GeoJSON", GPKG: "GeoPackage", SHP: "Shapefile (zip)", KML: "KML"}
ENDINGS = {GEOJSON: "geojson", GPKG: "gpkg", SHP: "zip", KML: "kml"}
DRIVERS = {GPKG: "GPKG", SHP: "ESRI Shapefile", KML: "LIBKML"}
CRS = "EPSG:4326"
FAMILIES = {"Point": "Point", "LineString": "LineString", "Polygon": "Polygon"}
"""The plain kind of each family of shapes: a Shapefile holds one of them."""
NUMBERS = {"integer": np.int64, "number": np.float64}


@dataclass(frozen=True)
class Written:
    """A row to write: a GeoJSON geometry or None, and its cells by heading."""

    geometry: dict[str, Any] | None
    cells: Mapping[str, Any]


def write(form: str, title: str, kinds: Mapping[str, str], rows: Sequence[Written]) -> bytes:
    """A file of a form with one layer; `kinds` says of each heading whether it holds "string", "integer" or "number".

    Raises KeyError for a form that there is not.
    """
    if form == GEOJSON:
        return _geojson(title, kinds, rows)
    shapes = [shape(row.geometry) if row.geometry else None for row in rows]
    with TemporaryDirectory(prefix="shapes-") as folder:
        if form == SHP:
            return _shapefiles(Path(folder), kinds, rows, shapes)
        path = Path(folder) / f"layer.{form}"
        _written(path, DRIVERS[form], kinds, rows, shapes, layer=title)
        return path.read_bytes()


def _geojson(title: str, kinds: Mapping[str, str], rows: Sequence[Written]) -> bytes:
    """RFC 7946: the outer ring of an area runs against the clock."""
    features = [
        {
            "type": "Feature",
            "geometry": _turned(row.geometry),
            "properties": {heading: row.cells.get(heading) for heading in kinds},
        }
        for row in rows
    ]
    document = {"type": "FeatureCollection", "name": title, "features": features}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _turned(geometry: dict[str, Any] | None) -> Any:
    if geometry is None or geometry["type"] not in ("Polygon", "MultiPolygon"):
        return geometry
    return mapping(shapely.orient_polygons(shape(geometry)))


def _shapefiles(
    folder: Path, kinds: Mapping[str, str], rows: Sequence[Written], shapes: Sequence[Any]
) -> bytes:
    """One Shapefile for each family of shapes there is, in one zip; rows without a shape stand in the first."""
    families = [_family(found) for found in shapes]
    there = [family for family in FAMILIES if family in families] or ["Point"]
    for family in there:
        own = [at for at, each in enumerate(families) if (each or there[0]) == family]
        path = folder / f"{family.lower()}.shp"
        _written(
            path, DRIVERS[SHP], kinds, [rows[at] for at in own], [shapes[at] for at in own], family=family
        )
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for part in sorted(folder.iterdir()):
            package.write(part, part.name)
    return held.getvalue()


def _family(found: Any) -> str:
    return "" if found is None else str(found.geom_type).removeprefix("Multi")


def _written(
    path: Path,
    driver: str,
    kinds: Mapping[str, str],
    rows: Sequence[Written],
    shapes: Sequence[Any],
    *,
    layer: str = "",
    family: str = "",
) -> None:
    """Write a file by GDAL."""
    from pyogrio import raw

    columns = [_column([row.cells.get(heading) for row in rows], kind) for heading, kind in kinds.items()]
    more: dict[str, Any] = {"layer": layer} if layer else {"encoding": "UTF-8"}
    raw.write(
        str(path),
        shapely.to_wkb(np.array(shapes, dtype=object)),
        [values for values, _empty in columns],
        list(kinds),
        [empty for _values, empty in columns],
        geometry_type=family or _common(shapes),
        crs=CRS,
        driver=driver,
        promote_to_multi=False,
        **more,
    )


def _common(shapes: Sequence[Any]) -> str:
    """The one kind that all shapes are of, else what any may be."""
    kinds = {found.geom_type for found in shapes if found is not None}
    return str(kinds.pop()) if len(kinds) == 1 else "Unknown"


def _column(cells: Sequence[Any], kind: str) -> tuple[Any, Any]:
    """Values of a column and which of them are empty; text as text, so that codes keep their zeros."""
    empty = np.array([cell is None for cell in cells], dtype=bool)
    if (number := NUMBERS.get(kind)) is not None:
        return np.array([0 if cell is None else cell for cell in cells], dtype=number), empty
    return np.array([None if cell is None else str(cell) for cell in cells], dtype=object), empty
