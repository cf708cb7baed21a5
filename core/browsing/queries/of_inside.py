"""Everything inside a shape: as counts by layer, and one layer as a list."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shapely import to_geojson
from sqlalchemy import Row

from core.browsing.queries.grounds import Ground, ground_of
from core.browsing.queries.of_people import OPENS, are_people, is_about_people
from core.browsing.queries.tallying import count_by_kind
from core.browsing.queries.walking import walked
from core.kernel.extensions import GROUPS, Choice, Kind, Layer
from core.kernel.i18n import _
from core.kernel.paging import Page
from core.kernel.problems import Refused
from core.kernel.search import titles
from core.kernel.unit_of_work import UnitOfWork, query
from core.layers import counts, layer_of, layers_of, sees
from core.mapping.queries.narrowing import ALL


@dataclass(frozen=True)
class KindCount:
    """How many of one kind."""

    key: str
    label: str
    colour: str
    count: int


@dataclass(frozen=True)
class LayerCount:
    """How much of a layer stands inside. `is_listed`: the actor may see the things themselves."""

    name: str
    title: str
    group: str
    group_title: str
    icon: str
    total: int
    kinds: tuple[KindCount, ...]
    is_listed: bool


@dataclass(frozen=True)
class Inside:
    """What is inside a shape: its words, size and outline (a GeoJSON geometry, None for an area without boundary), and
    the layers of which something is there."""

    title: str
    m2: float | None
    outline: dict[str, Any] | None
    layers: tuple[LayerCount, ...]

    @property
    def total(self) -> int:
        """All layers together."""
        return sum(one.total for one in self.layers)


@dataclass(frozen=True)
class Thing:
    """One thing on the map in a list: what it is called, its kind in words, where it is and the page it opens. Of
    people it is not said where."""

    id: int
    area: str
    title: str
    kind: str
    colour: str
    lon: float | None
    lat: float | None
    href: str


@query("map.view")
def inside(uow: UnitOfWork, shape: str, choice: Choice = ALL) -> Inside:
    """The counts of every layer the actor may see. Raises Invalid for a shape that cannot be, Missing."""
    ground = ground_of(uow, shape)
    asked = (layer for layer in layers_of(uow).values() if _told(uow, layer, ground))
    found = [_counted(uow, layer, ground, choice) for layer in asked]
    outline = json.loads(to_geojson(ground.outline)) if ground.outline is not None else None
    order = list(GROUPS)
    there = sorted((one for one in found if one.total), key=lambda one: order.index(one.group))
    return Inside(ground.title, ground.m2, outline, tuple(there))


def _told(uow: UnitOfWork, layer: Layer, ground: Ground) -> bool:
    """Who may only count a layer gets its numbers of whole areas: those of a small shape would say where things are."""
    return sees(uow, layer) or (bool(ground.under) and counts(uow, layer))


def _counted(uow: UnitOfWork, layer: Layer, ground: Ground, choice: Choice) -> LayerCount:
    by_kind = count_by_kind(uow, layer, ground, choice)
    kinds = tuple(
        KindCount(kind.key, kind.label, kind.colour, by_kind[kind.key])
        for kind in layer.legend(uow)
        if by_kind.get(kind.key)
    )
    return LayerCount(
        layer.name,
        _(layer.title),
        layer.group,
        _(GROUPS.get(layer.group, "")),
        layer.icon,
        sum(by_kind.values()),
        kinds,
        sees(uow, layer),
    )


@query("map.view")
def things_inside(
    uow: UnitOfWork,
    shape: str,
    layer: str,
    choice: Choice = ALL,
    after: str | None = None,
    limit: int = 50,
) -> Page[Thing]:
    """A page of one layer inside a shape; `after` is the key that came with the page before. Raises Invalid, Missing,
    Refused for a layer that the actor may only count."""
    found, ground = layer_of(uow, layer), ground_of(uow, shape)
    if not sees(uow, found):
        raise Refused(_("Your role does not include this."))
    rows, more = walked(uow, found, ground, choice, after, limit)
    return Page(described(uow, found, rows), more)


def described(uow: UnitOfWork, layer: Layer, rows: Sequence[Row[Any]]) -> list[Thing]:
    """Rows of a layer as a person reads them, inside a query."""
    names = titles(uow, (number for row in rows for number in (row.id, getattr(row, "spot", None)) if number))
    legend = {kind.key: kind for kind in layer.legend(uow)}
    named = (names.get(row.id) or names.get(getattr(row, "spot", None) or 0, "") for row in rows)
    return [_thing(layer, row, name, legend.get(row.kind)) for row, name in zip(rows, named, strict=True)]


def _thing(layer: Layer, row: Row[Any], name: str, kind: Kind | None) -> Thing:
    label, of_people = kind.label if kind else "", is_about_people(layer)
    opens, feature = layer.opens, getattr(row, "spot", None) or row.id
    if are_people(layer):
        opens, feature = OPENS, row.id
    return Thing(
        row.id,
        row.area,
        name or getattr(row, "name", None) or label or _(layer.title),
        label,
        kind.colour if kind else "",
        None if of_people else row.lon,
        None if of_people else row.lat,
        opens.format(id=feature) if opens else "",
    )
