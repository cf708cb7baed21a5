"""The one map: drawn once, it outlives reruns; what happens on it comes back as an event.

Code is in `static/map`; `index.mjs` there says how a page gives the map a mode of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.browsing.queries import my_choice
from core.kernel.unit_of_work import UnitOfWork
from core.places import queries as places
from core.ui.assets import code, imported
from core.ui.component import go
from core.ui.map_words import words

Bounds = list[list[float]]
CHINA: Bounds = [[73.0, 18.0], [136.0, 54.0]]
AROUND = 0.004
"""Degrees, some 400 m: how much is shown around an area whose boundary is not drawn yet."""

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
    here = places.area(uow, places.my_root(uow).area)
    data = {
        "mode": mode,
        "extra": dict(extra or {}),
        "height": height,
        "words": words(),
        "area": here.area,
        "areaName": here.name,
        "bounds": bounds_of(here),
        "choice": my_choice(uow),
    }
    told = _MAP(key=key, data=data, on_happened_change=lambda: None).happened
    if not told:
        return None
    happened = Happened(str(told["kind"]), told.get("value"))
    if happened.kind == "opened":
        go(str(happened.value))
    return happened


def bounds_of(here: places.AreaDetail) -> Bounds:
    """What is in sight when an address says nothing: the area; the country for one that is nowhere yet."""
    corners = list(_corners(here.polygon or []))
    if corners:
        return [[min(c[n] for c in corners) for n in (0, 1)], [max(c[n] for c in corners) for n in (0, 1)]]
    if here.lon is None or here.lat is None:
        return CHINA
    return [[here.lon - AROUND, here.lat - AROUND], [here.lon + AROUND, here.lat + AROUND]]


def _corners(shape: list[Any]) -> Iterator[list[float]]:
    """The positions of rings, however deep they lie."""
    for part in shape:
        if part and isinstance(part[0], int | float):
            yield part
        else:
            yield from _corners(part)
