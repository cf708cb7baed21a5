"""Layers of the map as features with a shape and properties, for other programs and for files."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlmodel import col

from core.geo.mercator import Box
from core.geofiles.queries.gathering import gathered
from core.geofiles.queries.properties import properties_of, schema
from core.geofiles.queries.windows import meeting
from core.kernel.extensions import GROUPS, Choice, Layer
from core.kernel.hints import rare
from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork, query
from core.layers import layer_of, layers_of, sees
from core.mapping.queries.narrowing import mark, reader, things, version
from core.places.models import Area
from core.places.queries.shared import below

CHINA = Box(73.0, 3.0, 136.0, 54.0)
AT_ONCE = 10_000
"""Features of a page at most."""
STRIDE = 500
"""Places that are looked through at once, at least."""


@dataclass(frozen=True)
class Property:
    """A property that every feature of a layer has: its name, what it is called, and its type in JSON."""

    name: str
    label: str
    kind: str


@dataclass(frozen=True)
class Source:
    """A layer as other programs read it. `box` is where its features may lie; `is_dated`: they have a day;
    `may_save`: the actor may take it along as a file."""

    name: str
    title: str
    about: str
    group: str
    shape: str
    is_dated: bool
    may_save: bool
    box: tuple[float, float, float, float]
    properties: tuple[Property, ...]


@dataclass(frozen=True)
class Feature:
    """A thing of a layer: a GeoJSON geometry, None where nobody drew it, and its properties in the reader's words."""

    id: int
    geometry: dict[str, Any] | None
    properties: dict[str, Any]


@dataclass(frozen=True)
class Found:
    """Some features, how many there are in all, and the number after which to go on; None at the end."""

    items: tuple[Feature, ...]
    matched: int
    after: int | None


@dataclass(frozen=True, kw_only=True)
class Window:
    """Which features: those that meet one of the boxes, of days from and to, at and below a path, of kinds by their
    keys; all for nothing."""

    boxes: tuple[Box, ...] = ()
    since: date | None = None
    until: date | None = None
    under: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def choice(self) -> Choice:
        """The part that a layer narrows itself."""
        return Choice(kinds=self.kinds, since=self.since, until=self.until, under=self.under)


EVERYTHING = Window()


@query("map.connect")
def sources(uow: UnitOfWork) -> list[Source]:
    """The layers whose things the actor may see, in the order of the map."""
    box = extent(uow)
    return [_source(uow, one, box) for one in layers_of(uow).values() if sees(uow, one)]


@query("map.connect")
def source(uow: UnitOfWork, name: str) -> Source:
    """One of them. Raises Missing."""
    return _source(uow, seen_layer(uow, name), extent(uow))


@query("map.connect")
def features(
    uow: UnitOfWork, name: str, window: Window = EVERYTHING, after: int = 0, limit: int = 1000
) -> Found:
    """A page of a layer in the order of numbers, after a number. The look is written down. Raises Missing."""
    layer = seen_layer(uow, name)
    uow.lines.append(uow.line("viewed", about=f"layer/{layer.name}"))
    return page_of(uow, layer, window, after, min(limit, AT_ONCE))


@query("map.connect")
def feature(uow: UnitOfWork, name: str, record_id: int) -> Feature:
    """One feature. Raises Missing."""
    layer = seen_layer(uow, name)
    asked = gathered(uow, layer, things(uow, layer))
    row = uow.session.execute(asked.where(asked.selected_columns["id"] == record_id).limit(1)).first()
    if row is None:
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    uow.lines.append(uow.line("viewed", about=f"layer/{layer.name}", area=row.area))
    [found] = properties_of(uow, layer, [row])
    return found_feature(row.id, *found)


# --- inside a query ---------------------------------------------------------------------------------------


def seen_layer(uow: UnitOfWork, name: str) -> Layer:
    """A layer whose things the actor may see, inside a query. Raises Missing, also where only numbers are shown."""
    layer = layer_of(uow, name)
    if not sees(uow, layer):
        raise Missing(_("There is no such layer, or it is not for your role."))
    return layer


def page_of(uow: UnitOfWork, layer: Layer, window: Window, after: int, limit: int) -> Found:
    """Some features of a layer in a window, inside a query."""
    rows = _rows(uow, layer, window, after, limit + 1)
    shown = rows[:limit]
    items = tuple(
        found_feature(row.id, *found)
        for row, found in zip(shown, properties_of(uow, layer, shown), strict=True)
    )
    return Found(items, _matched(uow, layer, window), shown[-1].id if len(rows) > limit else None)


def _rows(uow: UnitOfWork, layer: Layer, window: Window, after: int, many: int) -> list[Row[Any]]:
    """The next rows of a layer; where things are gathered at places, some places after the other."""
    whole = _within(uow, layer, window)
    asked = gathered(uow, layer, whole)
    if asked is whole or layer.placed is None:
        number = asked.selected_columns["id"]
        return list(uow.session.execute(asked.where(number > after).order_by(number).limit(many)))
    place, found = col(layer.placed.id), list[Row[Any]]()
    last: int | None = after
    while last is not None and len(found) < many:
        ahead = select(place).where(place > last).order_by(place).offset(max(many, STRIDE)).limit(1)
        low, last = last, uow.session.execute(ahead).scalar()
        here = whole.where(rare(place > low))
        here = here if last is None else here.where(rare(place <= last))
        some = gathered(uow, layer, here)
        found += uow.session.execute(some.order_by(some.selected_columns["id"])).all()
    return found[:many]


def windowed(uow: UnitOfWork, layer: Layer, window: Window) -> Select[Any]:
    """The features of a layer in a window, inside a query."""
    return gathered(uow, layer, _within(uow, layer, window))


def _within(uow: UnitOfWork, layer: Layer, window: Window) -> Select[Any]:
    """The rows of a layer in a window."""
    asked = things(uow, layer, window.choice)
    if window.boxes:
        asked = asked.where(or_(*(meeting(uow, layer, asked, box) for box in window.boxes)))
    return asked


def found_feature(number: int, geometry: dict[str, Any] | None, properties: dict[str, Any]) -> Feature:
    """A feature from its parts."""
    return Feature(number, geometry, properties)


def _matched(uow: UnitOfWork, layer: Layer, window: Window) -> int:
    """How many features there are in a window; kept while nothing changes."""

    def count() -> int:
        asked = windowed(uow, layer, window)
        rows = asked.with_only_columns(asked.selected_columns["id"], maintain_column_froms=True).subquery()
        return int(uow.session.execute(select(func.count()).select_from(rows)).scalar_one())

    key = mark("matched", version(uow, layer), reader(uow), window)
    return int(uow.office.kept.once(key, count, lambda _number: 64))


def extent(uow: UnitOfWork) -> Box:
    """Where the actor's branch lies by the boundary of its top, China without one; inside a query."""
    wanted = select(Area).where(below(uow, Area, ""), col(Area.valid_to).is_(None)).order_by(col(Area.area))
    top = uow.session.execute(wanted.limit(1)).scalars().first()
    places = [place for ring in (top.polygon or [] if top else []) for place in ring]
    if not places:
        return CHINA
    lon, lat = [place[0] for place in places], [place[1] for place in places]
    return Box(min(lon), min(lat), max(lon), max(lat))


def _source(uow: UnitOfWork, layer: Layer, box: Box) -> Source:
    known = tuple(Property(*one) for one in schema(uow, layer))
    west_to_north = (box.west, box.south, box.east, box.north)
    return Source(
        layer.name, _(layer.title), _(layer.about), _(GROUPS[layer.group]), layer.shape, layer.is_dated,
        uow.actor.may("map.export"),
        west_to_north, known,
    )  # fmt: skip
