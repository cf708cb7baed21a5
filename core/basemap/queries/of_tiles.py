"""Tiles of our own base map: land, water, green, roads, names for everybody, buildings for those who see them."""

import gzip
import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from sqlalchemy import or_, select
from sqlmodel import col

from core.basemap.models import BaseFeature
from core.basemap.rules import deepest_rank, quad_of, quads_above
from core.geo.cover import ranges_of
from core.geo.mercator import Tile
from core.geo.mvt import Features, tile_bytes
from core.kernel.stamps import stamps
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import Area, Building, Level

FORM = 1
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
    """A tile as Mapbox Vector Tile: layers land, water, green, building, boundary, rail, road, place.

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
    if sees_buildings:
        layers["building"] = _buildings(uow, tile)
    return tile_bytes(tile, {name: _features(found) for name, found in layers.items() if found})


def _features(found: Found) -> Features:
    names = dict.fromkeys(name for _id, _shape, facts in found for name in facts)
    columns = {name: [facts.get(name) for _id, _shape, facts in found] for name in names}
    return Features([one[0] for one in found], [one[1] for one in found], columns)


def _pieces(uow: UnitOfWork, tile: Tile) -> dict[str, Found]:
    """The pieces of the base map in a tile, by kind."""
    quad = quad_of(tile)
    below = (col(BaseFeature.quad) >= quad) & (col(BaseFeature.quad) < f"{quad}4")
    names = ("id", "kind", "name", "rank", "shape")
    columns = select(*(getattr(BaseFeature, name) for name in names))
    chosen = columns.where(
        or_(below, col(BaseFeature.quad).in_(quads_above(quad))),
        col(BaseFeature.rank) <= deepest_rank(tile.z),
    )
    layers: dict[str, Found] = {}
    ordered = chosen.order_by(col(BaseFeature.rank), col(BaseFeature.id))
    for number, kind, name, rank, shape in uow.session.execute(ordered):
        facts = {"name": name or None, "rank": rank}
        layers.setdefault(kind, []).append((number, shapely.geometry.shape(shape), facts))
    return layers


def _areas(uow: UnitOfWork, tile: Tile) -> dict[str, Found]:
    """The land that is looked after: its ground, the edges of its streets and communities, and their names."""
    layers: dict[str, Found] = {"land": [], "boundary": [], "place": []}
    for number, name, level, path, rings, lon, lat in _of_areas(uow, tile):
        shape, facts = _outline(rings), {"level": str(level)}
        if shape is not None and level is Level.DISTRICT:
            layers["land"].append((number, shape, {}))
        elif shape is not None:
            layers["boundary"].append((number, shape.boundary, facts))
        if tile.z in NAMES.get(level, ()) and lon is not None and lat is not None:
            more = {**facts, "name": name, "rank": path.count("/") - 1}
            layers["place"].append((number, shapely.Point(lon, lat), more))
    return layers


def _of_areas(uow: UnitOfWork, tile: Tile) -> Iterable[Any]:
    """The areas that are drawn at a zoom: a district always, then streets, then communities."""
    levels = [Level.DISTRICT, *(level for level, z in EDGES.items() if tile.z >= z)]
    names = ("id", "name", "level", "area", "polygon", "lon", "lat")
    chosen = select(*(getattr(Area, name) for name in names)).where(
        col(Area.valid_to).is_(None), col(Area.kind) == "general"
    )
    return uow.session.execute(chosen.where(col(Area.level).in_(levels)).order_by(col(Area.area))).all()


def _outline(rings: Sequence[Any] | None) -> Any:
    """Rings as in GeoJSON as a shape: one inside another is a hole, one beside another a part."""
    parts = [shapely.Polygon(ring) for ring in rings or ()]
    return (parts[0] if len(parts) == 1 else shapely.symmetric_difference_all(parts)) if parts else None


def _buildings(uow: UnitOfWork, tile: Tile) -> Found:
    """The buildings in sight of whoever asks, also those that only reach into the tile."""
    around = tile.box.grown((tile.box.east - tile.box.west) * BESIDE)
    cells = [(col(Building.cell) >= low) & (col(Building.cell) < high) for low, high in ranges_of(around)]
    columns = (getattr(Building, name) for name in ("id", "floors", "use", "polygon"))
    chosen = select(*columns).where(or_(*cells))
    return [
        (number, shape, {"floors": floors, "use": use})
        for number, floors, use, rings in uow.session.execute(chosen)
        if (shape := _outline(rings)) is not None
    ]
