"""Files of shapes as departments send them, made here."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyogrio import raw

Row = tuple[Mapping[str, Any], Any]


def square(west: float, south: float, side: float = 0.01) -> shapely.Polygon:
    """A square in degrees."""
    return shapely.transform(shapely.box(west, south, west + side, south + side), lambda xy: xy.round(7))


def geojson(rows: Sequence[Row], **more: Any) -> bytes:
    """A GeoJSON file of (cells, shape)."""
    features = [
        {"type": "Feature", "properties": dict(cells), "geometry": shape and shape.__geo_interface__}
        for cells, shape in rows
    ]
    return json.dumps(
        {"type": "FeatureCollection", **more, "features": features}, ensure_ascii=False
    ).encode()


def kml(rows: Sequence[Row]) -> bytes:
    """A KML file, with the name and the code of each row."""
    marks = [
        f'<Placemark><name>{cells["name"]}</name><ExtendedData><Data name="code"><value>{cells["code"]}</value></Data>'
        "</ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{' '.join(f'{lon},{lat},0' for lon, lat in shape.exterior.coords)}"
        "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        for cells, shape in rows
    ]
    text = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{"".join(marks)}</Document></kml>'
    return f'<?xml version="1.0" encoding="GBK"?>{text}'.encode("gbk")


def written(folder: Path, name: str, rows: Sequence[Row], *, crs: str, encoding: str = "UTF-8") -> Path:
    """A file that GDAL writes; its ending says its kind."""
    path = folder / name
    heads = list(rows[0][0])
    cells = [np.array([row.get(head) for row, _shape in rows], dtype=object) for head in heads]
    shapes = shapely.to_wkb(np.array([shape for _cells, shape in rows], dtype=object))
    driver = {".shp": "ESRI Shapefile", ".gpkg": "GPKG"}[path.suffix]
    more = {"encoding": encoding} if driver == "ESRI Shapefile" else {}
    raw.write(
        str(path),
        shapes,
        cells,
        heads,
        geometry_type=str(rows[0][1].geom_type),
        crs=crs,
        driver=driver,
        **more,
    )
    return path


def zipped(path: Path, without: Sequence[str] = ()) -> bytes:
    """The parts of a Shapefile in one zip, without some."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for part in sorted(path.parent.glob(f"{path.stem}.*")):
            if part.suffix.lstrip(".") not in without:
                package.write(part, f"网格边界/{part.name}")
    return held.getvalue()


def bomb() -> bytes:
    """A zip of a few kilobytes that would unpack to 400 MB."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package, package.open("a.shp", "w") as part:
        for _each in range(400):
            part.write(bytes(1_000_000))
    return held.getvalue()
