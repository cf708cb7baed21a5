"""Tiles of our own base map: land, water, green, roads, names for everybody, buildings for those who see them."""

import gzip
import hashlib
import json
from collections.abc import Collection
from dataclasses import astuple, dataclass
from typing import Any

import shapely
from sqlalchemy import Text, cast, or_, select
from sqlmodel import col

from core.basemap.models import BaseFeature
from core.basemap.rules import deepest_rank, quad_of, quads_above
from core.geo.cover import ranges_of
from core.geo.mercator import Tile
from core.geo.mvt import Features, tile_bytes
from core.geo.shapes import shapes_of
from core.kernel.stamps import stamps
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import Area, Building, Level

FORM = 2
"""Raised when tiles of the same data are drawn otherwise."""
BUILDINGS_FROM = 15
BESIDE = 0.1
"""Part of a tile's side within which a building beside it may reach into it: more than 100 m."""
NAMES = {Level.STREET: range(10, 15), Level.COMMUNITY: range(13, 24)}
"""Zooms at which the areas of a level are named."""
EDGES = {Level.STREET: 9, Level.COMMUNITY: 12}
"""The zoom from which the edges of a level are drawn."""
Found = list[tuple[int, Any, dict[str, Any]]]
"""Number, shape and properties."""


@dataclass(frozen=True)
class PlanTile:
    """A packed tile (gzip), and the mark of the data it was drawn from; no data where the asker has it already."""

    mark: str
    data: bytes | None


@query("map.view")
def base_tile(uow: UnitOfWork, tile: Tile, known: Collection[str] = ()) -> PlanTile:
    """A tile as Mapbox Vector Tile: layers land, water, green, building, boundary, rail, road, place and name.

    `known` are marks of what the asker has.
    """
    sees_buildings = tile.z >= BUILDINGS_FROM and uow.actor.may("house.view")
    kinds = ("Area", "BaseFeature", *(["Building"] if sees_buildings else []))
    decides = (FORM, tile, sorted(stamps(uow, kinds).items()), uow.actor.area, sees_buildings)
    mark = hashlib.blake2b(repr(decides).encode(), digest_size=12).hexdigest()
    if mark in known:
        return PlanTile(mark, None)
    draw = lambda: gzip.compress(_drawn(uow, tile, sees_buildings), 5, mtime=0)  # noqa: E731
    data: bytes = uow.office.kept.once(f"plan {mark}", draw, len)
    return PlanTile(mark, data)


def _drawn(uow: UnitOfWork, tile: Tile, sees_buildings: bool) -> bytes:
    layers = _pieces(uow, tile)
    for name, found in _areas(uow, tile).items():
        layers.setdefault(name, []).extend(found)
    parts = {name: _features(found) for name, found in layers.items() if found}
    if sees_buildings:
        parts["building"] = _buildings(uow, tile)
    return tile_bytes(tile, parts)


def _features(found: Found) -> Features:
    names = dict.fromkeys(name for _id, _shape, facts in found for name in facts)
    columns = {name: [facts.get(name) for _id, _shape, facts in found] for name in names}
    return Features([one[0] for one in found], [one[1] for one in found], columns)


def _pieces(uow: UnitOfWork, tile: Tile) -> dict[str, Found]:
    """The pieces of the base map in a tile, by kind; the name of an area stands once, at a point inside it."""
    quad = quad_of(tile)
    below = (col(BaseFeature.quad) >= quad) & (col(BaseFeature.quad) < f"{quad}4")
    names = ("id", "kind", "name", "rank", "shape")
    chosen = select(*(getattr(BaseFeature, name) for name in names)).where(
        or_(below, col(BaseFeature.quad).in_(quads_above(quad))),
        col(BaseFeature.rank) <= deepest_rank(tile.z),
    )
    layers: dict[str, Found] = {}
    ordered = chosen.order_by(col(BaseFeature.rank), col(BaseFeature.id))
    for number, kind, name, rank, shape in uow.session.execute(ordered):
        drawn = shapely.geometry.shape(shape)
        is_area = kind in ("water", "green") and drawn.area > 0
        facts = {"name": None if is_area else name or None, "rank": rank}
        layers.setdefault(kind, []).append((number, drawn, facts))
        if is_area and name:
            written = {"kind": kind, "name": name, "rank": rank}
            layers.setdefault("name", []).append((number, shapely.point_on_surface(drawn), written))
    return layers


# --- areas ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Ground:
    """An area above the grids, with its outline (None when it is not drawn yet) and its middle."""

    id: int
    level: Level
    name: str
    rank: int
    shape: Any
    middle: Any


def _areas(uow: UnitOfWork, tile: Tile) -> dict[str, Found]:
    """The land that is looked after: its ground, the edges of its streets and communities, and their names."""
    layers: dict[str, Found] = {"land": [], "boundary": [], "place": []}
    here = shapely.box(*astuple(tile.box))
    for one in _grounds(uow):
        facts = {"level": str(one.level)}
        if one.shape is not None and shapely.intersects(one.shape, here):
            if one.level is Level.DISTRICT:
                layers["land"].append((one.id, one.shape, {}))
            elif tile.z >= EDGES.get(one.level, 99):
                layers["boundary"].append((one.id, shapely.boundary(one.shape), facts))
        if tile.z in NAMES.get(one.level, ()) and one.middle is not None:
            layers["place"].append((one.id, one.middle, {**facts, "name": one.name, "rank": one.rank}))
    return layers


def _grounds(uow: UnitOfWork) -> list[_Ground]:
    """The areas above the grids in sight of whoever asks; kept until one changes."""
    key = f"plan areas {stamps(uow, ['Area'])} {uow.actor.area}"
    found: list[_Ground] = uow.office.kept.once(
        key, lambda: _read_grounds(uow), lambda made: 20_000 * len(made)
    )
    return found


def _read_grounds(uow: UnitOfWork) -> list[_Ground]:
    names = ("id", "level", "name", "area", "polygon", "lon", "lat")
    chosen = select(*(getattr(Area, name) for name in names)).where(
        col(Area.valid_to).is_(None), col(Area.kind) == "general", col(Area.level) != Level.GRID
    )
    rows = uow.session.execute(chosen.order_by(col(Area.area))).all()
    shapes = iter(shapes_of([rings for *_facts, rings, _lon, _lat in rows if rings]))
    return [
        _Ground(
            number,
            level,
            name,
            path.count("/") - 1,
            next(shapes) if rings else None,
            shapely.Point(lon, lat) if lon is not None and lat is not None else None,
        )
        for number, level, name, path, rings, lon, lat in rows
    ]


# --- buildings --------------------------------------------------------------------------------------------


def _buildings(uow: UnitOfWork, tile: Tile) -> Features:
    """The buildings in sight of whoever asks, also those that only reach into the tile.

    Outlines come as the text they are kept as: all of them together are read faster than one by one.
    """
    around = tile.box.grown((tile.box.east - tile.box.west) * BESIDE)
    cells = [(col(Building.cell) >= low) & (col(Building.cell) < high) for low, high in ranges_of(around)]
    lon, lat = col(Building.lon), col(Building.lat)
    inside = (lon >= around.west, lon <= around.east, lat >= around.south, lat <= around.north)
    columns = [col(getattr(Building, name)) for name in ("id", "floors", "use")]
    chosen = select(*columns, cast(col(Building.polygon), Text)).where(or_(*cells), *inside)
    rows = [row for row in uow.session.execute(chosen) if row[3] not in (None, "null", "[]")]
    shapes = shapes_of(json.loads(f"[{','.join(row[3] for row in rows)}]"))
    return Features(
        [row[0] for row in rows], shapes, {"floors": [r[1] for r in rows], "use": [r[2] for r in rows]}
    )
