"""A layer in a tile: numbers at areas from afar, the things themselves from near by. Everything works inside a query.

The parts of a tile are `numbers` (points with a number for each kind), `points`, `shapes` (buildings or areas) and
`names` (where the name of an area is written, once and not in every tile that it crosses).
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, Text, cast, func
from sqlalchemy import select as choose

from core.geo.cover import ranges_of
from core.geo.mercator import Tile
from core.geo.mvt import Features, tile_bytes
from core.geo.shapes import metres_of_degree, shapes_of
from core.kernel.extensions import Choice, Layer
from core.kernel.unit_of_work import UnitOfWork
from core.layers import sees
from core.mapping.queries.counting import level_at, numbers_at
from core.mapping.queries.narrowing import has, mark, reader, things, version

REACH = 100.0
"""Metres from the middle of a building within which it is drawn whole, in whichever tiles that is."""
KNOWN = frozenset({"id", "area", "cell", "lon", "lat", "spot", "number", "day", "polygon", "zoom"})
"""Labels with a meaning; every other column is a property as it is."""
Parts = dict[str, Features]


def drawn(uow: UnitOfWork, layer: Layer, tile: Tile, choice: Choice) -> bytes:
    """A tile of a layer, not yet packed, inside a query."""
    if layer.shape == "area" and sees(uow, layer):
        return tile_bytes(tile, _areas(uow, layer, tile, choice))
    if tile.z < layer.from_zoom or not sees(uow, layer):
        return tile_bytes(tile, _numbers(uow, layer, tile, choice))
    draw = _buildings if layer.shape == "building" else _points
    return tile_bytes(tile, draw(uow, layer, tile, choice))


# --- numbers ----------------------------------------------------------------------------------------------


def _numbers(uow: UnitOfWork, layer: Layer, tile: Tile, choice: Choice) -> Parts:
    found = numbers_at(uow, layer, choice, level_at(tile.z))
    columns: dict[str, list[Any]] = {"name": [one.name for one in found], "level": [n.level for n in found]}
    columns.update(_by_kind([one.kinds for one in found]))
    middles = shapely.points(np.array([(one.lon, one.lat) for one in found], float).reshape(-1, 2))
    return {"numbers": Features([one.id for one in found], middles, columns)}


def _by_kind(numbers: Sequence[Mapping[str, int]]) -> dict[str, list[Any]]:
    """Properties of features that stand for several things: how many (n), how many of each kind (n:key), and the kind
    of most of them (kind)."""
    kinds = sorted({kind for each in numbers for kind in each})
    columns: dict[str, list[Any]] = {
        "n": [sum(each.values()) for each in numbers],
        "kind": [max(each, key=lambda kind: (each[kind], kind)) for each in numbers],
    }
    columns.update({f"n:{kind}": [each.get(kind) for each in numbers] for kind in kinds if kind})
    return columns


# --- points -----------------------------------------------------------------------------------------------


def _points(uow: UnitOfWork, layer: Layer, tile: Tile, choice: Choice) -> Parts:
    asked = things(uow, layer, choice, [tile.cells])
    if has(asked, "spot"):
        return {"points": _spots(uow, asked)}
    rows = _read(uow, asked, ("id", "lon", "lat", "number", *_extras(asked)))
    return {"points": rows.features(shapely.points(rows.columns["lon"], rows.columns["lat"]))}


def _spots(uow: UnitOfWork, asked: Select[Any]) -> Features:
    """Things that share a place, as one feature with their numbers by kind."""
    columns = asked.selected_columns
    wanted = [columns[name] for name in ("spot", "lon", "lat", "kind", "number") if name in columns]
    rows = asked.with_only_columns(*wanted, maintain_column_froms=True).subquery()
    many: Any = func.sum(rows.c.number) if has(asked, "number") else func.count()
    place = (rows.c.spot, rows.c.kind)
    grouped = choose(*place, func.min(rows.c.lon), func.min(rows.c.lat), many).group_by(*place)
    places: dict[int, tuple[float, float]] = {}
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for spot, kind, lon, lat, number in uow.session.execute(grouped):
        places[spot], counts[spot][kind] = (lon, lat), int(number or 0)
    where = np.array([places[spot] for spot in counts]).reshape(-1, 2)
    return Features(list(counts), shapely.points(where), _by_kind(list(counts.values())))


# --- buildings --------------------------------------------------------------------------------------------


def _buildings(uow: UnitOfWork, layer: Layer, tile: Tile, choice: Choice) -> Parts:
    """Buildings as shapes, in every tile that they touch; those without an outline as points."""
    east, north = metres_of_degree((tile.box.south + tile.box.north) / 2)
    around = tile.box.grown(REACH / min(east, north))
    asked = things(uow, layer, choice, ranges_of(around))
    lon, lat = asked.selected_columns["lon"], asked.selected_columns["lat"]
    asked = asked.where(lon >= around.west, lon <= around.east, lat >= around.south, lat <= around.north)
    rows = _read(uow, asked, ("id", "lon", "lat", "number", "polygon", *_extras(asked)))
    outlines = rows.columns.pop("polygon")
    lined = np.array([bool(outline) for outline in outlines], bool)
    shapes = shapes_of([outline for outline in outlines if outline])
    bare = rows.only(~lined)
    points = bare.features(shapely.points(bare.columns["lon"], bare.columns["lat"]))
    return {"shapes": rows.only(lined).features(shapes), "points": points}


# --- areas ------------------------------------------------------------------------------------------------


def _areas(uow: UnitOfWork, layer: Layer, tile: Tile, choice: Choice) -> Parts:
    """Areas that touch the tile, as far as they are shown at its zoom, and where their names stand."""
    key = mark("areas", version(uow, layer), reader(uow), choice)
    rows, shapes = uow.office.kept.once(key, lambda: _outlined(uow, layer, choice), _size)
    from_zoom = np.array(rows.columns["zoom"] if "zoom" in rows.columns else [layer.from_zoom] * rows.count)
    wide = tile.box.grown((tile.box.east - tile.box.west) / 16)
    bounds = shapely.bounds(shapes).reshape(-1, 4)
    across = (bounds[:, 0] <= wide.east) & (bounds[:, 2] >= wide.west)
    here = across & (bounds[:, 1] <= wide.north) & (bounds[:, 3] >= wide.south) & (from_zoom <= tile.z)
    shown = rows.only(here)
    has_middle = np.array([lon is not None for lon in shown.columns["lon"]], bool)
    named = shown.only(has_middle)
    middles = shapely.points(named.columns["lon"], named.columns["lat"])
    return {"shapes": shown.features(shapes[here]), "names": named.features(middles)}


def _outlined(uow: UnitOfWork, layer: Layer, choice: Choice) -> "tuple[Rows, NDArray[np.object_]]":
    asked = things(uow, layer, choice)
    names = [n for n in ("id", "lon", "lat", "number", "zoom", "polygon") if has(asked, n)]
    rows = _read(uow, asked, (*names, *_extras(asked)))
    rows = rows.only(np.array([bool(polygon) for polygon in rows.columns["polygon"]], bool))
    return rows, shapes_of(rows.columns.pop("polygon"))


def _size(found: "tuple[Rows, NDArray[np.object_]]") -> int:
    return 400 * found[0].count + 16 * int(shapely.get_num_coordinates(found[1]).sum())


# --- rows -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rows:
    """The rows of a layer, column by column."""

    columns: dict[str, list[Any]]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.columns["id"])

    def only(self, here: NDArray[np.bool_]) -> "Rows":
        """Some of them."""
        wanted = np.flatnonzero(here)
        return Rows({name: [column[at] for at in wanted] for name, column in self.columns.items()})

    def features(self, shapes: Any) -> Features:
        """With a shape for each: numbers and further columns become properties."""
        more = {name: column for name, column in self.columns.items() if name not in KNOWN}
        if "number" in self.columns:
            more["n"] = self.columns["number"]
        return Features(self.columns["id"], shapes, more)


def _extras(asked: Select[Any]) -> list[str]:
    return [str(name) for name in asked.selected_columns.keys() if name not in KNOWN]  # noqa: SIM118


def _read(uow: UnitOfWork, asked: Select[Any], names: Sequence[str]) -> Rows:
    """Some columns of the rows, those that are there."""
    there = [name for name in names if has(asked, name)]
    wanted = [_as_text(name, asked.selected_columns[name]) for name in there]
    found = uow.session.execute(asked.with_only_columns(*wanted, maintain_column_froms=True)).all()
    columns = zip(*found, strict=True) if found else ([] for _name in there)
    return Rows({name: _told(name, list(column)) for name, column in zip(there, columns, strict=True)})


def _as_text(name: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Polygons as the text they are kept as: all of them together are read faster than one by one."""
    return cast(column, Text).label(name) if name == "polygon" else column


def _told(name: str, column: list[Any]) -> list[Any]:
    """Polygons read, and moments as the whole days since."""
    if name == "polygon":
        polygons: list[Any] = json.loads(f"[{','.join(text or 'null' for text in column)}]")
        return polygons
    if not any(isinstance(value, datetime) for value in column):
        return column
    now = datetime.now(UTC)
    return [(now - value).days if value is not None else None for value in column]
