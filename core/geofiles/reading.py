"""A file of shapes as plain rows: a number, what its table says, and the shape on the earth."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from core.geofiles.systems import Reading, on_earth, told
from core.geofiles.unpacking import unpacked
from core.kernel.i18n import _
from core.kernel.problems import Invalid

MOST_ROWS, MOST_CORNERS = 50_000, 3_000_000


@dataclass(frozen=True)
class Shape:
    """A row of the file: its number there, counted from one, the cells of its table by heading, and its shape in
    WGS-84, or None."""

    number: int
    cells: dict[str, Any]
    geometry: BaseGeometry | None


@dataclass(frozen=True)
class GeoFile:
    """What a file holds: the headings of its table, its rows, how its numbers were read, and its layers when there are
    several, of which `layer` was taken."""

    headings: tuple[str, ...]
    shapes: tuple[Shape, ...]
    reading: Reading
    layers: tuple[str, ...]
    layer: str


def read(
    data: bytes,
    name: str,
    *,
    layer: str = "",
    system: str = "",
    is_swapped: bool = False,
    home: tuple[float, float] | None = None,
) -> GeoFile:
    """The shapes of a file called `name`; `system` and `is_swapped` say how to read it where the file itself is wrong.

    `home` (longitude, latitude) is where the office lies. Raises Invalid with a sentence and the way to go.
    """
    with unpacked(data, name) as path:
        layers = _layers(path)
        chosen = layer if layer in layers else next(iter(layers))
        declared, headings, table, shapes = _opened(path, chosen)
    box = tuple(float(edge) for edge in shapely.total_bounds(shapes))
    is_geojson = path.suffix == ".geojson"
    reading = Reading(system) if system else told(declared, box, home, is_geojson=is_geojson)  # type: ignore[arg-type]
    if is_swapped:
        reading = replace(reading, is_swapped=not reading.is_swapped)
    placed = on_earth(shapes, reading)
    rows = [
        Shape(at + 1, dict(zip(headings, (_plain(column[at]) for column in table), strict=True)), placed[at])
        for at in range(len(placed))
    ]
    return GeoFile(tuple(headings), tuple(rows), reading, layers, chosen)


def _layers(path: Path) -> tuple[str, ...]:
    """The layers with shapes. Raises Invalid when there is none, or the file cannot be opened."""
    import pyogrio
    from pyogrio.errors import DataSourceError

    try:
        found = pyogrio.list_layers(str(path))
    except DataSourceError as trouble:
        raise Invalid(_("This file cannot be read: it breaks off or is damaged. Save it anew.")) from trouble
    names = tuple(str(name) for name, kind in found if kind is not None)
    if not names:
        raise Invalid(_("This file holds no layer with shapes."))
    return names


def _opened(path: Path, layer: str) -> tuple[str | None, list[str], list[Any], Any]:
    """Declared system, headings, columns and raw shapes of a layer. Raises Invalid for too many, none, or damage."""
    import pyogrio
    from pyogrio import raw
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

    try:
        count = pyogrio.read_info(str(path), layer=layer, force_feature_count=True)["features"]
        if count > MOST_ROWS:
            raise Invalid(_("More than {n} rows at once; split the file.").format(n=f"{MOST_ROWS:,}"))
        meta, _fids, shapes, table = raw.read(str(path), layer=layer)
        found = shapely.from_wkb(shapes, on_invalid="ignore")
    except (DataSourceError, DataLayerError, FeatureError, GeometryError, ValueError) as trouble:
        raise Invalid(_("This file cannot be read: it breaks off or is damaged. Save it anew.")) from trouble
    if not len(found):
        raise Invalid(_("This layer has no rows."))
    if int(shapely.get_num_coordinates(found).sum()) > MOST_CORNERS:
        raise Invalid(_("These shapes have more corners than any map needs; simplify them first."))
    return (
        meta["crs"],
        [str(heading) for heading in meta["fields"]],
        list(table),
        np.asarray(found, dtype=object),
    )


def _plain(cell: Any) -> Any:
    """A cell as a plain value; None for nothing."""
    value = cell.item() if isinstance(cell, np.generic) else cell
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else value
    if isinstance(value, date | bool | int) or value is None:
        return value
    if isinstance(value, float):
        return None if value != value else value
    return str(value).strip()
