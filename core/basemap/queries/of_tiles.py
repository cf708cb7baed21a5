"""Tiles of our own base map: land, water, green, roads, names for everybody, buildings for those who see them."""

from collections.abc import Iterable, Sequence
from typing import Any

import shapely
from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from core.basemap.models import BaseFeature
from core.basemap.rules import deepest_rank, quad_of, quads_above
from core.geo.mercator import Tile
from core.geo.mvt import Features, tile_bytes
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import Area, Building, Level

BUILDINGS_FROM = 15
NAMES = {Level.STREET: range(10, 15), Level.COMMUNITY: range(13, 24)}
"""Zooms at which the areas of a level are named."""
EDGES = {Level.STREET: 9, Level.COMMUNITY: 12}
"""The zoom from which the edges of a level are drawn."""
Found = list[tuple[int, Any, dict[str, Any]]]
"""Number, shape and properties."""


@query("map.view")
def base_tile(uow: UnitOfWork, tile: Tile) -> bytes:
    """A tile as Mapbox Vector Tile: layers land, water, green, building, boundary, rail, road, place."""
    layers = _pieces(uow, tile)
    for name, found in _areas(uow, tile).items():
        layers.setdefault(name, []).extend(found)
    if tile.z >= BUILDINGS_FROM and uow.actor.may("house.view"):
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
    chosen = select(BaseFeature).where(
        or_(below, col(BaseFeature.quad).in_(quads_above(quad))), BaseFeature.rank <= deepest_rank(tile.z)
    )
    layers: dict[str, Found] = {}
    for one in uow.session.exec(chosen.order_by(col(BaseFeature.rank), col(BaseFeature.id))):
        facts = {"name": one.name or None, "rank": one.rank}
        layers.setdefault(one.kind, []).append((one.id, shapely.geometry.shape(one.shape), facts))
    return layers


def _areas(uow: UnitOfWork, tile: Tile) -> dict[str, Found]:
    """The land that is looked after: its ground, the edges of its streets and communities, and their names."""
    chosen = select(Area).where(
        col(Area.valid_to).is_(None), Area.kind == "general", col(Area.level) != Level.GRID
    )
    layers: dict[str, Found] = {"land": [], "boundary": [], "place": []}
    for one in uow.session.exec(chosen.order_by(col(Area.area))):
        facts = {"name": one.name, "level": str(one.level), "rank": len(one.area.split("/")) - 2}
        shape = _outline(one.polygon)
        if shape is not None and one.level is Level.DISTRICT:
            layers["land"].append((one.id, shape, {}))
        elif shape is not None and tile.z >= EDGES.get(one.level, 99):
            layers["boundary"].append((one.id, shape.boundary, {"level": str(one.level)}))
        if tile.z in NAMES.get(one.level, ()) and one.lon is not None and one.lat is not None:
            layers["place"].append((one.id, shapely.Point(one.lon, one.lat), facts))
    return layers


def _outline(rings: Sequence[Any] | None) -> shapely.Polygon | None:
    return shapely.Polygon(rings[0], rings[1:]) if rings else None


def _buildings(uow: UnitOfWork, tile: Tile) -> Found:
    """The buildings in sight of whoever asks, also those that only reach into the tile."""
    columns = select(Building.id, Building.floors, Building.use, Building.polygon)
    chosen = columns.where(col(Building.polygon).is_not(None), or_(*_around(tile)))
    return [
        (number, shape, {"floors": floors, "use": use})
        for number, floors, use, rings in uow.session.exec(chosen)
        if (shape := _outline(rings)) is not None
    ]


def _around(tile: Tile) -> Iterable[ColumnElement[bool]]:
    """Cells of the tile, and of the strip of an eighth around it."""
    west, north = tile.x * 8, tile.y * 8
    ring = [(x, y) for x in range(-1, 9) for y in range(-1, 9) if x in (-1, 8) or y in (-1, 8)]
    strip = (Tile(tile.z + 3, west + x, north + y) for x, y in ring)
    for low, high in (one.cells for one in (tile, *strip) if one.is_real):
        yield (col(Building.cell) >= low) & (col(Building.cell) < high)
