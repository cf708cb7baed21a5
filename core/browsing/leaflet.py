"""A view of the map as one HTML file that opens without any connection: Leaflet and everything it shows stand inside.

The file may ask for nothing at all: its own policy forbids every request, so it shows what was in it when it was made.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import folium

from core.browsing.queries.of_along import Laid, LaidLayer, LaidThing
from core.browsing.queries.of_explore import BasePart
from core.kernel.i18n import _

STATIC = Path(__file__).parents[2] / "static"
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
IMAGES = re.compile(r"url\([^)]*\)")
BASE = {"land": "#eef1f2", "green": "#cfe3cc", "water": "#bfd8e8", "road": "#c3c9cf", "rail": "#9a9aa4"}
PLAIN = "#3f6fb5"
FILLED = {"area": 0.04, "building": 0.45}
"""How much of the ground a shape lets through; points hide it."""
LINES = {"road": 3, "rail": 2}
"""Kinds of the base that are lines, and how wide."""


def page_of(laid: Laid, title: str, about: Sequence[str]) -> str:
    """The file: the view with its title and the lines of `about` (who made it, when, what for)."""
    made = folium.Map(tiles=None, control_scale=True, prefer_canvas=True, attributionControl=False)
    made.default_js, made.default_css = [], []
    for part in laid.base:
        _add(made, [_feature(part.shape)], _base_style(part))
    if laid.outline:
        _add(
            made,
            [_feature(laid.outline)],
            {"color": "#b3261e", "weight": 2, "dashArray": "6 4", "fill": False},
        )
    for layer in laid.layers:
        _group(layer).add_to(made)
    west, south, east, north = laid.bounds
    made.fit_bounds([[south, west], [north, east]])
    folium.LayerControl(collapsed=False).add_to(made)
    return _alone(made.get_root().render(), title, about, laid.layers)


def _group(layer: LaidLayer) -> folium.FeatureGroup:
    """A layer that can be switched on and off."""
    group = folium.FeatureGroup(name=escape(layer.title))
    in_order = sorted(layer.things, key=lambda one: one.colour)
    for colour, some in groupby(in_order, key=lambda one: one.colour):
        drawn = colour or PLAIN
        fill = FILLED.get(layer.shape, 0.85)
        style = {"color": drawn, "fillColor": drawn, "weight": 1.5, "fillOpacity": fill}
        _add(group, [_feature(one.shape, one) for one in some], style, said=True)
    return group


def _add(
    where: folium.Map | folium.FeatureGroup,
    features: Sequence[Mapping[str, Any]],
    style: Mapping[str, Any],
    *,
    said: bool = False,
) -> None:
    marker = folium.CircleMarker(radius=5, fill=True, fill_opacity=0.8, weight=1)
    tip = folium.GeoJsonTooltip(fields=["title", "kind"], labels=False) if said else None
    folium.GeoJson(
        {"type": "FeatureCollection", "features": list(features)},
        style_function=lambda _feature: dict(style),
        marker=marker,
        tooltip=tip,
        control=False,
    ).add_to(where)


def _feature(shape: Mapping[str, Any], one: LaidThing | None = None) -> dict[str, Any]:
    """A geometry with its words; these are shown as HTML, so they are made plain here."""
    words = {"title": escape(one.title), "kind": escape(one.kind)} if one else {}
    return {"type": "Feature", "properties": words, "geometry": dict(shape)}


def _base_style(part: BasePart) -> dict[str, Any]:
    colour = BASE.get(part.kind, "#dddddd")
    if part.kind in LINES:
        return {"color": colour, "weight": LINES[part.kind], "fill": False, "interactive": False}
    return {"stroke": False, "fillColor": colour, "fillOpacity": 0.9, "interactive": False}


def _alone(page: str, title: str, about: Sequence[str], layers: Sequence[LaidLayer]) -> str:
    """The page with Leaflet inside, without a way to anything outside."""
    style = IMAGES.sub("none", _file("vendor/leaflet/leaflet.css")) + _file("along.css")
    script = _file("vendor/leaflet/leaflet.js")
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>{escape(title)}</title>'
        f"<style>{style}</style><script>{script}</script>"
    )
    words = "".join(f"<p>{escape(line)}</p>" for line in about)
    told = (
        f'<div class="about"><h1>{escape(title)}</h1>{words}</div><div class="legend">{_legend(layers)}</div>'
    )
    return page.replace("<head>", f"<head>{head}", 1).replace("<body>", f"<body>{told}", 1)


def _file(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _legend(layers: Iterable[LaidLayer]) -> str:
    parts, nothing = [], escape(_("Nothing in view"))
    for layer in layers:
        marks = "".join(
            f'<span><i style="background:{escape(colour or PLAIN)}"></i>{escape(label or layer.title)}</span>'
            for colour, label in layer.kinds.items()
        )
        parts.append(f"<b>{escape(layer.title)}</b>{marks or nothing}")
    return "".join(parts)
