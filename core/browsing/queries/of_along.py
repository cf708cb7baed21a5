"""What a view of the map shows, laid out to be taken along: the base, and the things of its layers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any
from urllib.parse import parse_qs

import shapely
from sqlalchemy import Row

from core.browsing.queries.grounds import Ground, ground_of
from core.browsing.queries.of_explore import BasePart, parts_of_base
from core.browsing.queries.walking import NEEDED, on
from core.geo.cover import cover
from core.geo.mercator import Box
from core.geo.shapes import shapes_of
from core.kernel.extensions import Kind, Layer
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.search import titles
from core.kernel.unit_of_work import UnitOfWork, query
from core.layers import layers_of, sees
from core.mapping.queries.narrowing import ALL, has, things

MOST = 3000
"""Things of one layer that still make a file which any browser opens at once."""
SCREEN = (1400, 900)
"""Pixels of the screen whose view is taken along, width and height."""
TILE = 512
"""Pixels that the world takes at zoom 0."""


ORDER = {"area": 0, "building": 1}
"""What lies below what: areas, then buildings, then everything else."""


@dataclass(frozen=True)
class LaidThing:
    """A thing: its words, its kind in words, its colour and its GeoJSON geometry."""

    title: str
    kind: str
    colour: str
    shape: Mapping[str, Any]


@dataclass(frozen=True)
class LaidLayer:
    """A layer with its things; `shape` as the layer has it: point, building or area. `kinds` are words by colour."""

    title: str
    shape: str
    kinds: Mapping[str, str]
    things: tuple[LaidThing, ...]


@dataclass(frozen=True)
class Laid:
    """Everything in a view; `bounds` are west, south, east and north."""

    bounds: tuple[float, float, float, float]
    base: tuple[BasePart, ...]
    outline: Mapping[str, Any] | None
    layers: tuple[LaidLayer, ...]

    @property
    def count(self) -> int:
        """How many things."""
        return sum(len(layer.things) for layer in self.layers)


@query("map.view")
def laid_out(uow: UnitOfWork, address: str) -> Laid:
    """The view of an address such as "at=15/23.28/116.72&on=grids,houses"; a shape in it is all that is shown.

    Raises Invalid for an address that shows no place, or more than can be taken along.
    """
    asked = {name: values[-1] for name, values in parse_qs(address.lstrip("?")).items()}
    shape = asked.get("shape", "")
    ground = ground_of(uow, shape) if shape else _in_view(asked.get("at", ""))
    if ground.outline is None:
        raise Invalid(_("This area has no boundary yet."))
    wanted = [name for name in asked.get("on", "").split(",") if name]
    chosen = [one for name, one in layers_of(uow).items() if sees(uow, one) and _is_on(one, name, wanted)]
    box = _box(ground.outline)
    return Laid(
        (box.west, box.south, box.east, box.north),
        tuple(part for part in parts_of_base(uow) if _meets(part, box)),
        _geometry(ground.outline) if shape else None,
        tuple(_laid(uow, layer, ground) for layer in sorted(chosen, key=lambda one: ORDER.get(one.shape, 2))),
    )


def _is_on(layer: Layer, name: str, wanted: Sequence[str]) -> bool:
    return name in wanted if wanted else layer.is_on


def _in_view(at: str) -> Ground:
    """The ground on the screen at zoom/latitude/longitude. Raises Invalid."""
    try:
        zoom, lat, lon = (float(part) for part in at.split("/")[:3])
        across = 360 / 2**zoom / TILE
    except (ValueError, ArithmeticError) as trouble:
        raise Invalid(_("This address shows no place on the map.")) from trouble
    width, height = SCREEN[0] * across / 2, SCREEN[1] * across * cos(radians(lat)) / 2
    if not (0 < width < 1 and 3 < lat < 54 and 73 < lon < 136):
        raise Invalid(_("Look closer at a place before you take the map along."))
    box = shapely.box(lon - width, lat - height, lon + width, lat + height)
    return Ground(_("The view"), box, cover(box))


def _meets(part: BasePart, box: Box) -> bool:
    return box.meets(_box(shapely.geometry.shape(dict(part.shape))))


def _box(shape: shapely.Geometry) -> Box:
    west, south, east, north = (float(degree) for degree in shapely.bounds(shape))
    return Box(west, south, east, north)


def _laid(uow: UnitOfWork, layer: Layer, ground: Ground) -> LaidLayer:
    """The things of a layer on the ground. Raises Invalid when there are too many."""
    ranges = ground.cover.all if ground.cover is not None and not ground.under else ()
    asked = things(uow, layer, ALL, ranges)
    names = [name for name in (*NEEDED, "zoom", "polygon") if has(asked, name)]
    slim = asked.with_only_columns(*(asked.selected_columns[n] for n in names), maintain_column_froms=True)
    rows = on(ground, uow.session.execute(slim).all())
    places: dict[int, list[Row[Any]]] = {}
    for row in rows:
        places.setdefault(getattr(row, "spot", None) or row.id, []).append(row)
    if len(places) > MOST:
        said = _("{layer}: more than {n} things are in view. Look closer, or switch the layer off.")
        raise Invalid(said.format(layer=_(layer.title), n=MOST))
    called, kinds = titles(uow, places), {kind.key: kind for kind in layer.legend(uow)}
    found = [_thing(layer, called.get(place, ""), kinds, some) for place, some in places.items()]
    there = tuple(one for one in found if one is not None)
    shown = {
        kind.colour: kind.label for kind in kinds.values() if kind.colour in {one.colour for one in there}
    }
    return LaidLayer(_(layer.title), layer.shape, shown, there)


def _thing(layer: Layer, name: str, kinds: Mapping[str, Kind], rows: Sequence[Row[Any]]) -> LaidThing | None:
    """What stands at one place, in the colour of the kind that most of it is; None without a place."""
    row = rows[0]
    if row.lon is None and not getattr(row, "polygon", None):
        return None
    many = Counter(row.kind for row in rows)
    labels = {key: kinds[key].label if key in kinds else "" for key, _n in many.most_common()}
    words = [f"{label} {many[key]}" if len(rows) > 1 else label for key, label in labels.items()]
    most = kinds.get(next(iter(labels)))
    title = name or getattr(row, "name", None) or _(layer.title)
    return LaidThing(title, " · ".join(words), most.colour if most else "", _drawn(row))


def _drawn(row: Row[Any]) -> Mapping[str, Any]:
    rings = getattr(row, "polygon", None)
    if rings:
        return _geometry(shapes_of([rings])[0])
    return {"type": "Point", "coordinates": [row.lon, row.lat]}


def _geometry(shape: shapely.Geometry) -> dict[str, Any]:
    """A geometry as GeoJSON."""
    found: dict[str, Any] = shapely.geometry.mapping(shape)  # type: ignore[arg-type]
    return found
