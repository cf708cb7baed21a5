"""The one map: drawn once, it outlives reruns; what happens on it comes back as an event.

Code is in `static/map`; `index.mjs` there says how a page gives the map a mode of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.browsing.queries import my_choice
from core.kernel.access import Actor
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.places import queries as places
from core.ui.assets import code, imported
from core.ui.component import go
from core.ui.map_words import words

Bounds = list[list[float]]
CHINA: Bounds = [[73.0, 18.0], [136.0, 54.0]]
AROUND = 0.004
"""Degrees, some 400 m: how much is shown around the one place that is known."""
BEGINNINGS = (
    ("area.edit", "boundary_import", N_("Boundaries from a file")),
    ("house.edit", "building_new", N_("Add a building")),
    ("map.sources", "map_data", N_("Data of the base map")),
)

_MAP = st.components.v2.component(
    "lingrid_map",
    html=f'<link rel="stylesheet" href="{code("vendor/maplibre/maplibre-gl.css")}">\n'
    f'<link rel="stylesheet" href="{code("map/map.css")}">\n<div class="atlas"></div>',
    css=".atlas { height: 560px; overflow: hidden;\n}",
    js=imported(code("map/index.mjs")),
)


@dataclass(frozen=True)
class Happened:
    """What somebody did on the map: its kind, such as "picked" or "drawn", and its value as the mode sends it."""

    kind: str
    value: Any


def grid_map(
    uow: UnitOfWork,
    *,
    key: str,
    mode: str = "browse",
    extra: Mapping[str, Any] | None = None,
    height: int = 0,
) -> Happened | None:
    """Show the map and give what happened on it, once. `mode` is a module of `static/map`, `extra` what it is given.

    `height` in pixels; 0 reaches to the lower edge of the window. Clicks on links lead to their pages by themselves.
    """
    here = places.my_root(uow)
    drawn = places.extent(uow, here.area)
    data = {
        "mode": mode,
        "extra": dict(extra or {}),
        "height": height,
        "words": words(),
        "area": here.area,
        "areaName": here.name,
        "bounds": bounds_of(drawn),
        "nowhere": None if drawn else _beginnings(uow.actor),
        "choice": my_choice(uow),
    }
    told = _MAP(key=key, data=data, on_happened_change=lambda: None).happened
    if not told:
        return None
    happened = Happened(str(told["kind"]), told.get("value"))
    if happened.kind == "opened":
        go(str(happened.value))
    return happened


def bounds_of(drawn: places.Extent | None) -> Bounds:
    """What is in sight when an address says nothing: what is drawn; the country where nothing is drawn yet."""
    if drawn is None:
        return CHINA
    if (drawn.west, drawn.south) == (drawn.east, drawn.north):
        lon, lat = drawn.west, drawn.south
        return [[lon - AROUND, lat - AROUND], [lon + AROUND, lat + AROUND]]
    return [[drawn.west, drawn.south], [drawn.east, drawn.north]]


def _beginnings(actor: Actor) -> list[dict[str, str]]:
    """Where whoever meets an empty map may begin: label and address."""
    return [{"label": _(label), "href": f"/{page}"} for may, page, label in BEGINNINGS if actor.may(may)]
