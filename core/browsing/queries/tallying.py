"""How many of a layer stand on some ground. Everything here works inside a query.

The database counts: cells that lie inside whole as they are, at the edge place by place. Of a layer that is dear to
draw, a wide ground is counted over the places of the whole branch, which are kept in memory as long as nothing of it
changes. Layers of areas are few: those count that have land in common with the ground.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, func, literal
from sqlalchemy import select as choose

from core.browsing.queries.grounds import Ground
from core.browsing.queries.walking import slim
from core.geo.cover import Cover, Range
from core.geo.shapes import shapes_of
from core.kernel.extensions import Choice, Layer
from core.kernel.unit_of_work import UnitOfWork
from core.mapping.queries.narrowing import has, mark, reader, things, version

NARROW_M2 = 5_000_000
"""Square metres up to which the database is asked of every layer, when the places are not in memory yet."""
BYTES = 40
"""About so many for each place."""


@dataclass(frozen=True)
class Places:
    """What stands where, in the order of the cells: degrees, the index of its kind, and how many; of areas the land."""

    cells: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    kind: NDArray[np.int64]
    number: NDArray[np.float64]
    kinds: Sequence[str]
    land: NDArray[np.object_] | None = None


def count_by_kind(uow: UnitOfWork, layer: Layer, ground: Ground, choice: Choice) -> dict[str, int]:
    """Kind -> how many of a layer stand on the ground, inside a query."""
    if ground.under:
        return _in_area(uow, layer, ground.under, choice)
    is_dear = layer.pause and (ground.m2 or 0) > NARROW_M2
    if layer.placed is None or is_dear or uow.office.kept.get(_key(uow, layer, choice)):
        return _counted(places_of(uow, layer, choice), ground)
    key = mark("asked", version(uow, layer), reader(uow), choice, shapely.to_wkb(ground.outline))
    return uow.office.kept.once(
        key, lambda: _asked(uow, layer, ground, choice), lambda found: 99 * len(found)
    )


def places_of(uow: UnitOfWork, layer: Layer, choice: Choice) -> Places:
    """The places of a layer in the whole branch, kept while nothing of it changes; inside a query."""

    def made() -> Places:
        return _places(uow, layer, choice) if layer.placed is not None else _lands(uow, layer, choice)

    return uow.office.kept.once(_key(uow, layer, choice), made, lambda found: BYTES * len(found.cells))


def _key(uow: UnitOfWork, layer: Layer, choice: Choice) -> str:
    return mark("places", version(uow, layer), reader(uow), choice)


def _in_area(uow: UnitOfWork, layer: Layer, path: str, choice: Choice) -> dict[str, int]:
    """What the records themselves say to stand in an area of the tree."""
    there = replace(choice, under=path)
    key = mark("in area", version(uow, layer), reader(uow), there)
    return uow.office.kept.once(
        key, lambda: _grouped(uow, things(uow, layer, there)), lambda found: 99 * len(found)
    )


# --- from memory ------------------------------------------------------------------------------------------


def _places(uow: UnitOfWork, layer: Layer, choice: Choice) -> Places:
    """The places of a layer in the whole branch; things that share one are counted together by the database."""
    rows = _bare(things(uow, layer, choice), ("cell", "lon", "lat", "kind", "number", "spot"))
    place = [rows.c.cell, rows.c.lon, rows.c.lat]
    if "spot" in rows.c:
        low = (func.min(part) for part in place)
        asked = choose(*low, rows.c.kind, _many(rows)).group_by(rows.c.spot, rows.c.kind)
    else:
        asked = choose(*place, rows.c.kind, rows.c.number if "number" in rows.c else literal(1))
    found = uow.session.execute(asked).all()
    return _ordered(*([row[place] for row in found] for place in range(5)))


def _lands(uow: UnitOfWork, layer: Layer, choice: Choice) -> Places:
    """The areas of a layer with their land."""
    rows = uow.session.execute(slim(things(uow, layer, choice))).all()
    rings = [getattr(row, "polygon", None) for row in rows]
    land = np.full(len(rows), None, dtype=object)
    land[[bool(one) for one in rings]] = shapes_of([one for one in rings if one])
    many = [getattr(row, "number", 1) for row in rows]
    places = _ordered([0] * len(rows), [0] * len(rows), [0] * len(rows), [row.kind for row in rows], many)
    return replace(places, land=land)


def _ordered(cells: Any, lon: Any, lat: Any, kind: Any, number: Any) -> Places:
    """Columns as arrays in the order of the cells."""
    kinds, index = np.unique(np.array(kind, dtype=str), return_inverse=True)
    order = np.argsort(np.array(cells, dtype=np.int64), kind="stable")
    numbers = (np.array(part, dtype=float)[order] for part in (lon, lat, number))
    east, north, many = numbers
    return Places(np.array(cells, dtype=np.int64)[order], east, north, index[order], many, kinds.tolist())


def _counted(places: Places, ground: Ground) -> dict[str, int]:
    """The places in whole cells, and at the edge those that lie inside."""
    cover, outline = ground.cover, ground.outline
    if cover is None or outline is None:
        return {}
    land = places.land
    here = shapely.intersects(outline, land) if land is not None else _standing(places, cover, outline)
    sums = np.bincount(places.kind[here], places.number[here], len(places.kinds))
    return {kind: int(number) for kind, number in zip(places.kinds, sums, strict=True) if number}


def _standing(places: Places, cover: Cover, outline: shapely.Geometry) -> NDArray[np.bool_]:
    """Which places stand inside."""
    here = _in(places, cover.inside)
    edge = np.flatnonzero(_in(places, cover.border))
    here[edge[shapely.intersects_xy(outline, places.lon[edge], places.lat[edge])]] = True
    return here


def _in(places: Places, ranges: Sequence[Range]) -> NDArray[np.bool_]:
    """Which places lie in one of the ranges; these do not overlap."""
    steps = np.zeros(len(places.cells) + 1, dtype=np.int64)
    for low, high in np.searchsorted(places.cells, np.array(ranges, dtype=np.int64).reshape(-1, 2)):
        steps[low] += 1
        steps[high] -= 1
    return np.cumsum(steps[:-1]) > 0


# --- from the database ------------------------------------------------------------------------------------


def _asked(uow: UnitOfWork, layer: Layer, ground: Ground, choice: Choice) -> dict[str, int]:
    """Whole cells counted by the database, of those at the edge each place once."""
    cells, found = ground.cover or Cover((), ()), Counter[str]()
    if cells.inside:
        found.update(_grouped(uow, things(uow, layer, choice, cells.inside)))
    if cells.border and ground.outline is not None:
        found.update(_at_edge(uow, things(uow, layer, choice, cells.border), ground.outline))
    return dict(+found)


def _at_edge(uow: UnitOfWork, asked: Select[Any], outline: shapely.Geometry) -> Counter[str]:
    """Kind -> how many stand inside, place by place."""
    rows, found = _bare(asked, ("lon", "lat", "kind", "number")), Counter[str]()
    parts = (rows.c.lon, rows.c.lat, rows.c.kind)
    places = uow.session.execute(choose(*parts, _many(rows)).group_by(*parts)).all()
    here = shapely.intersects_xy(outline, [place.lon for place in places], [place.lat for place in places])
    for (_lon, _lat, kind, number), is_inside in zip(places, here, strict=True):
        found[kind] += int(number or 0) if is_inside else 0
    return found


def _grouped(uow: UnitOfWork, asked: Select[Any]) -> dict[str, int]:
    """Kind -> how many, counted by the database."""
    rows = _bare(asked, ("kind", "number"))
    grouped = choose(rows.c.kind, _many(rows)).group_by(rows.c.kind)
    return {kind: int(number or 0) for kind, number in uow.session.execute(grouped)}


def _bare(asked: Select[Any], names: Sequence[str]) -> Any:
    """Those columns of the rows alone, to be counted."""
    columns = [asked.selected_columns[name] for name in names if has(asked, name)]
    return asked.with_only_columns(*columns, maintain_column_froms=True).subquery()


def _many(rows: Any) -> ColumnElement[Any]:
    many: ColumnElement[Any] = func.sum(rows.c.number) if "number" in rows.c else func.count()
    return many
