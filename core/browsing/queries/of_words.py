"""Keywords on the map: what the search finds, with where it stands, and the layers and classes of that name.

People have no place of their own on a map: who is found leads to the building they live in, and no more is shown.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select as choose
from sqlmodel import col, select

from core.browsing.shapes import read_place
from core.components.models import Component
from core.components.queries.shared import placed
from core.entries.queries.books import opened
from core.kernel.extensions import GROUPS
from core.kernel.i18n import _
from core.kernel.identifiers import tidy
from core.kernel.problems import Problem
from core.kernel.search import Hit, search
from core.kernel.unit_of_work import UnitOfWork, query
from core.layers import layers_of
from core.organisations.models import Organisation
from core.people.models import Residence
from core.places.models import Area, Building, House

MOST_CATEGORIES = 8
Rings = list[Any]


@dataclass(frozen=True)
class Spot:
    """Where something stands, in degrees; `polygon` are its rings as in GeoJSON. All None when that is not known, or
    not to be known."""

    lon: float | None = None
    lat: float | None = None
    polygon: Rings | None = None


NOWHERE = Spot()


@dataclass(frozen=True)
class Found:
    """An answer of the search and where it stands."""

    hit: Hit
    spot: Spot


@dataclass(frozen=True)
class Category:
    """A layer, or one kind of thing on it, that is called as what was typed."""

    layer: str
    kinds: tuple[str, ...]
    title: str
    group: str
    icon: str
    colour: str


@query("map.view")
def find(uow: UnitOfWork, typed: str, limit: int = 12) -> list[Found]:
    """What the words find in the actor's branch, or the place whose longitude and latitude were typed."""
    here = _typed_place(typed)
    if here:
        return [here]
    hits = search(uow, typed, limit=limit) if uow.actor.may("search") else []
    spots: dict[int, Spot] = {}
    for kind in dict.fromkeys(hit.kind for hit in hits):
        spots.update(_spots(uow, kind, [hit.id for hit in hits if hit.kind == kind]))
    return [Found(hit, spots.get(hit.id, NOWHERE)) for hit in hits]


def _typed_place(typed: str) -> Found | None:
    """A position as people write it: "116.72, 23.28"."""
    text = typed.replace("，", ",").replace(" ", "")
    if text.count(",") != 1:
        return None
    try:
        lon, lat = read_place(text)
    except Problem:
        return None
    return Found(Hit(0, "place", text, _("Position"), ""), Spot(lon, lat))


@query("map.view")
def categories(uow: UnitOfWork, typed: str) -> list[Category]:
    """The layers and kinds of thing whose name holds the words; layers first."""
    words = tidy(typed)
    if not words:
        return []
    layers, kinds = list[Category](), list[Category]()
    for name, layer in layers_of(uow).items():
        group = _(GROUPS.get(layer.group, ""))
        if words in tidy(_(layer.title)):
            layers.append(Category(name, (), _(layer.title), group, layer.icon, ""))
        kinds += [
            Category(name, (kind.key,), kind.label, _(layer.title), layer.icon, kind.colour)
            for kind in layer.legend(uow)
            if words in tidy(kind.label)
        ]
    return [*layers, *kinds][:MOST_CATEGORIES]


# --- where things stand -----------------------------------------------------------------------------------


def _spots(uow: UnitOfWork, kind: str, ids: Sequence[int]) -> dict[int, Spot]:
    """Number -> where it stands, for records of one kind of search document."""
    return BY_KIND[kind](uow, ids) if kind in BY_KIND else _of_entries(uow, kind[1:], ids)


def _of_buildings(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, Spot]:
    asked = select(Building.id, Building.lon, Building.lat, Building.polygon).where(
        col(Building.id).in_(set(ids))
    )
    return {number: Spot(lon, lat, rings) for number, lon, lat, rings in uow.session.execute(asked)}


def _of_houses(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, Spot]:
    asked = select(House.id, House.building_id).where(col(House.id).in_(set(ids)))
    return _through(uow, _of_buildings, uow.session.execute(asked))


def _of_people(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, Spot]:
    live = col(Residence.person_id).in_(set(ids)) & col(Residence.to_on).is_(None)
    asked = select(Residence.person_id, Residence.house_id).where(live).order_by(col(Residence.id))
    return _through(uow, _of_houses, uow.session.execute(asked))


def _of_areas(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, Spot]:
    asked = select(Area.id, Area.lon, Area.lat, Area.polygon).where(col(Area.id).in_(set(ids)))
    return {number: Spot(lon, lat, rings) for number, lon, lat, rings in uow.session.execute(asked)}


def _of_organisations(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, Spot]:
    parts: list[Any] = [Organisation.id, Organisation.house_id, Organisation.building_id]
    rows = uow.session.execute(choose(*parts).where(col(Organisation.id).in_(set(ids)))).all()
    inside = _through(uow, _of_houses, ((number, house) for number, house, _building in rows))
    return {**_through(uow, _of_buildings, ((number, at) for number, _house, at in rows)), **inside}


def _of_components(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, Spot]:
    known = col(Component.id).in_(set(ids)) & placed(uow)
    asked = select(Component.id, Component.lon, Component.lat).where(known)
    return {number: Spot(lon, lat) for number, lon, lat in uow.session.execute(asked)}


def _of_entries(uow: UnitOfWork, register: str, ids: Iterable[int]) -> dict[int, Spot]:
    """Entries at their own place, else at the house or the home of the person they are about."""
    kind: Any = opened(uow, register).record
    rows = uow.session.execute(select(kind).where(kind.id.in_(set(ids)))).scalars().all()
    found: dict[int, Spot] = {}
    for name, way in (("person_id", _of_people), ("house_id", _of_houses)):
        found.update(_through(uow, way, ((row.id, getattr(row, name, None)) for row in rows)))
    own = {row.id: Spot(row.lon, row.lat) for row in rows if getattr(row, "lon", None) is not None}
    return {**found, **own}


def _through(
    uow: UnitOfWork, way: Callable[[UnitOfWork, Iterable[int]], dict[int, Spot]], pairs: Iterable[Any]
) -> dict[int, Spot]:
    """Where things stand that stand where others do: pairs of a number and the number of the other, or None."""
    leads = {number: other for number, other in pairs if other is not None}
    spots = way(uow, leads.values()) if leads else {}
    return {number: spots[other] for number, other in leads.items() if other in spots}


BY_KIND: dict[str, Callable[[UnitOfWork, Iterable[int]], dict[int, Spot]]] = {
    "person": _of_people,
    "house": _of_houses,
    "building": _of_buildings,
    "area": _of_areas,
    "organisation": _of_organisations,
    "component": _of_components,
}
