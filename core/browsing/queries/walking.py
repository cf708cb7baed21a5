"""The rows of a layer on some ground, one after the other. Everything here works inside a query."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Row, Select, tuple_

from core.browsing.queries.grounds import Ground
from core.geo.cover import Cover
from core.geo.shapes import shapes_of
from core.kernel.extensions import Choice, Layer
from core.kernel.paging import write_key
from core.kernel.unit_of_work import UnitOfWork
from core.mapping.queries.narrowing import has, things, within

Rows = Sequence[Row[Any]]
Statement = Select[Any]
NEEDED = ("id", "area", "cell", "lon", "lat", "kind", "number", "spot", "name")
AT_ONCE = 200
LONGEST = 18
"""Digits of a key."""


def walked(
    uow: UnitOfWork, layer: Layer, ground: Ground, choice: Choice, after: str | None, limit: int
) -> tuple[list[Row[Any]], str | None]:
    """The next rows on the ground and the key after which to go on, inside a query: along the cells, else by number."""
    under = replace(choice, under=ground.under) if ground.under else choice
    asked, start = slim(things(uow, layer, under)), _read(after)
    if ground.cover is not None and layer.placed is not None:
        found = list(islice(_along_cells(uow, asked, layer, ground, start), limit + 1))
    else:
        found = list(islice(_by_number(uow, asked, layer, ground, start[1]), limit + 1))
    more = write_key(_cell(found[limit - 1]), found[limit - 1].id) if len(found) > limit else None
    return found[:limit], more


def _read(after: str | None) -> tuple[int, int]:
    """Cell and number of the last row seen; the beginning for a key that somebody changed."""
    parts = (after or "").split("~")
    good = len(parts) == 2 and all(part.isdecimal() and len(part) < LONGEST for part in parts)
    return (int(parts[0]), int(parts[1])) if good else (-1, -1)


def _along_cells(
    uow: UnitOfWork, asked: Statement, layer: Layer, ground: Ground, start: tuple[int, int]
) -> Iterator[Row[Any]]:
    """The rows range by range, so that each look into the index ends after a page; at the edge those inside."""
    cell, number = asked.selected_columns.cell, asked.selected_columns.id
    cover, kind = ground.cover or Cover((), ()), layer.placed or layer.of[0]
    ranges = [(*one, False) for one in cover.inside] + [(*one, True) for one in cover.border]
    for low, high, is_edge in sorted(ranges):
        if high <= start[0]:
            continue
        here = asked.where(within(kind, [(max(low, start[0]), high)])).order_by(cell, number)
        for rows in _pages(uow, here, start, lambda at: tuple_(cell, number) > tuple_(*at)):
            yield from on(ground, rows) if is_edge else rows


def _by_number(
    uow: UnitOfWork, asked: Statement, layer: Layer, ground: Ground, start: int
) -> Iterator[Row[Any]]:
    """The rows of an area of the tree, or of a layer that is read whole, in the order of their numbers."""
    number = asked.selected_columns.id
    for rows in _pages(uow, asked.order_by(number), (0, start), lambda at: number > at[1]):
        yield from rows if ground.under else on(ground, rows)


def _pages(
    uow: UnitOfWork,
    ordered: Statement,
    start: tuple[int, int],
    beyond: Callable[[tuple[int, int]], ColumnElement[bool]],
) -> Iterator[Rows]:
    """Page after page of a statement, from the key `start` on."""
    at = start
    while True:
        rows = uow.session.execute(ordered.where(beyond(at)).limit(AT_ONCE)).all()
        yield rows
        if len(rows) < AT_ONCE:
            return
        at = (_cell(rows[-1]), rows[-1].id)


def _cell(row: Row[Any]) -> int:
    return getattr(row, "cell", None) or 0


# --- what stands on the ground ----------------------------------------------------------------------------


def slim(asked: Statement) -> Statement:
    """The rows without properties that only a drawn feature has; outlines only of areas."""
    names = [name for name in NEEDED if has(asked, name)]
    names += ["zoom", "polygon"] if has(asked, "zoom") else []
    columns = [asked.selected_columns[name] for name in names]
    return asked.with_only_columns(*columns, maintain_column_froms=True)


def on(ground: Ground, rows: Rows) -> list[Row[Any]]:
    """Those of the rows that stand on drawn ground: places inside of it, areas that have land in common with it."""
    if ground.outline is None or not rows:
        return []
    places: NDArray[np.float64] = np.array([(row.lon, row.lat) for row in rows], dtype=float)
    hit = shapely.intersects_xy(ground.outline, places[:, 0], places[:, 1])
    return [row for row, is_hit in zip(rows, hit, strict=True) if _lies(ground.outline, row, is_hit)]


def _lies(outline: shapely.Geometry, row: Row[Any], is_inside: bool) -> bool:
    """An area also lies on ground that holds a part of it, though not its middle."""
    land = getattr(row, "polygon", None) if hasattr(row, "zoom") else None
    return bool(shapely.intersects(shapes_of([land])[0], outline)) if land else is_inside
