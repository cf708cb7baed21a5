"""The rows of a layer that meet a box; all of it works inside a query."""

from typing import Any

import shapely
from sqlalchemy import ColumnElement, Select, and_, false, or_

from core.geo.cover import ranges_of
from core.geo.mercator import Box
from core.geo.shapes import metres_of_degree, shapes_of
from core.kernel.extensions import Layer
from core.kernel.unit_of_work import UnitOfWork
from core.mapping.queries.drawing import REACH
from core.mapping.queries.narrowing import has, within
from core.places.rules.position import LAT, LON


def meeting(uow: UnitOfWork, layer: Layer, asked: Select[Any], box: Box) -> ColumnElement[bool]:
    """Of the rows of a layer, those whose place lies in the box or whose outline meets it, inside a query."""
    if layer.placed is None:
        return asked.selected_columns["id"].in_(_meeting(uow, asked, box))
    box = Box(max(box.west, LON[0]), max(box.south, LAT[0]), min(box.east, LON[1]), min(box.north, LAT[1]))
    if box.west > box.east or box.south > box.north:
        return false()  # no place of ours lies outside of China
    here = and_(within(layer.placed, ranges_of(box)), _in(asked, box))
    if not has(asked, "polygon"):
        return here
    east, north = metres_of_degree((box.south + box.north) / 2)
    wide = box.grown(REACH / min(east, north))
    border = asked.where(within(layer.placed, ranges_of(wide)), _in(asked, wide), ~_in(asked, box))
    return or_(here, asked.selected_columns["id"].in_(_meeting(uow, border, box)))


def _in(asked: Select[Any], box: Box) -> ColumnElement[bool]:
    columns = asked.selected_columns
    lon, lat = columns["lon"], columns["lat"]
    return and_(lon >= box.west, lon <= box.east, lat >= box.south, lat <= box.north)


def _meeting(uow: UnitOfWork, asked: Select[Any], box: Box) -> list[int]:
    """The numbers of rows whose outline has a place in common with the box; those without one meet every box."""
    columns = asked.selected_columns
    wanted = [columns[name] for name in ("id", "polygon", "lon", "lat") if name in columns]
    rows = uow.session.execute(asked.with_only_columns(*wanted, maintain_column_froms=True)).all()
    window = shapely.box(box.west, box.south, box.east, box.north)
    return [row.id for row in rows if _meets(row, window)]


def _meets(row: Any, window: shapely.Geometry) -> bool:
    if row.polygon:
        return bool(shapely.intersects(shapes_of([row.polygon])[0], window))
    return row.lon is None or bool(shapely.intersects_xy(window, row.lon, row.lat))
