"""Counts over the map for analysts: hexagons, warmth and columns, drawn by the browser from what the office gives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

import pydeck as pdk
import streamlit as st

from core.browsing import queries
from core.browsing.queries import CellCount, Explored, Subject
from core.kernel.extensions import Choice
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.ui import url
from core.ui.areas import filter_area
from core.ui.pieces import card, empty, hint
from core.ui.table import Column, Row, table

Draw = Callable[[Sequence[Mapping[str, Any]], float], pdk.Layer]
STEPS = ((255, 247, 188), (254, 217, 118), (254, 178, 76), (240, 120, 50), (189, 40, 38))
"""From few to many, red, green and blue."""
BASE = {
    "land": (236, 239, 241),
    "green": (205, 226, 202),
    "water": (190, 214, 232),
    "road": (160, 168, 176),
    "rail": (130, 130, 140),
}
NIGHT = {
    "land": (30, 38, 47),
    "green": (34, 56, 46),
    "water": (24, 54, 72),
    "road": (74, 86, 98),
    "rail": (96, 102, 112),
}
"""The ground by day and in the dark look."""
TALLEST = 25_000.0
"""Metres of the highest column for each degree that the counts reach across."""
FINENESS = {
    8: N_("some 700,000 m²"),
    9: N_("some 100,000 m²"),
    10: N_("some 15,000 m²"),
    11: N_("some 2,000 m²"),
}
MIDDLE = 10
"""The fineness when none is chosen."""
SHOWN = 20


def _hexagons(rows: Sequence[Mapping[str, Any]], _scale: float) -> pdk.Layer:
    return pdk.Layer(
        "H3HexagonLayer",
        rows,
        get_hexagon="name",
        get_fill_color="colour",
        pickable=True,
        extruded=False,
        opacity=0.7,
    )


def _hills(rows: Sequence[Mapping[str, Any]], scale: float) -> pdk.Layer:
    return pdk.Layer(
        "H3HexagonLayer",
        rows,
        get_hexagon="name",
        get_fill_color="colour",
        get_elevation="count",
        elevation_scale=scale,
        extruded=True,
        pickable=True,
    )


def _warmth(rows: Sequence[Mapping[str, Any]], _scale: float) -> pdk.Layer:
    return pdk.Layer(
        "HeatmapLayer",
        rows,
        get_position=["lon", "lat"],
        get_weight="count",
        radius_pixels=45,
        color_range=STEPS,
    )


def _columns(rows: Sequence[Mapping[str, Any]], scale: float) -> pdk.Layer:
    return pdk.Layer(
        "ColumnLayer",
        rows,
        get_position=["lon", "lat"],
        get_fill_color="colour",
        get_elevation="count",
        elevation_scale=scale,
        radius=30,
        pickable=True,
    )


@dataclass(frozen=True)
class Form:
    """A way to show counts: its words, how it is drawn, and whether it stands up from the ground."""

    title: str
    draw: Draw
    stands: bool = False


FIRST, COLUMNS = "hexagons", "columns"
FORMS = {
    FIRST: Form(N_("Hexagons"), _hexagons),
    "hills": Form(N_("Raised hexagons"), _hills, stands=True),
    "warmth": Form(N_("Heat"), _warmth),
    COLUMNS: Form(N_("Columns by grid"), _columns, stands=True),
}


@dataclass(frozen=True)
class Wanted:
    """What is counted, of which kind, in cells of which fineness, in which form, in which area."""

    what: str
    kind: str
    fine: int
    form: str
    under: str


def explore_filters(uow: UnitOfWork) -> Wanted:
    """The row of filters; all of them live in the address."""
    subjects = queries.subjects(uow)
    names = {one.name: one.title for one in subjects}
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        under = filter_area(uow, width=180)
        what = (
            url.choice(_("Counted"), "what", names, width=190, nothing=subjects[0].title) or subjects[0].name
        )
        kinds = {key: label for key, label in _kinds(subjects, what).items() if key}
        kind = url.choice(_("Kind"), "kind", kinds, width=150)
        others = {name: _(one.title) for name, one in FORMS.items() if name != FIRST}
        form = url.choice(_("Shown as"), "form", others, width=150, nothing=_(FORMS[FIRST].title)) or FIRST
        fine = "" if form == COLUMNS else _fineness()
    return Wanted(what, kind if kind in kinds else "", int(fine or MIDDLE), form, under)


def _kinds(subjects: Sequence[Subject], what: str) -> Mapping[str, str]:
    return next((one.kinds for one in subjects if one.name == what), {})


def _fineness() -> str:
    sizes = {str(n): _(said) for n, said in FINENESS.items()}
    return url.choice(_("Size of a cell"), "fine", sizes, width=170, nothing=sizes[str(MIDDLE)])


def explored(uow: UnitOfWork, wanted: Wanted) -> Explored:
    """The counts behind the picture."""
    choice = Choice(kinds=(wanted.kind,) if wanted.kind else (), under=wanted.under)
    if wanted.form == COLUMNS:
        return queries.explore_grids(uow, wanted.what, choice)
    return queries.explore_cells(uow, wanted.what, wanted.fine, choice)


def picture(uow: UnitOfWork, found: Explored, form: str) -> None:
    """The counts over the large features of the base map; nothing is asked of anybody outside."""
    if not found.counts:
        empty(_("There is nothing to count here."), _("Choose another kind or a larger area."))
        return
    most = float(found.counts[0].count)
    rows = [
        {
            "name": one.name,
            "lon": one.lon,
            "lat": one.lat,
            "count": one.count,
            "colour": _colour(one.count / most),
        }
        for one in found.counts
    ]
    deck = pdk.Deck(
        map_provider=None,
        layers=[*_base(uow), FORMS[form].draw(rows, TALLEST * _across(found.counts) / most)],
        initial_view_state=_view(found.counts, FORMS[form].stands),
        tooltip={"text": "{count}"},
    )
    st.pydeck_chart(deck, key="explore", height=560)
    legend(most)


def _colour(share: float) -> list[int]:
    """The colour of a count as its share of the largest; by the square root, so that small ones differ."""
    return list(STEPS[min(len(STEPS) - 1, int(len(STEPS) * share**0.5))])


def _base(uow: UnitOfWork) -> list[pdk.Layer]:
    """Land, water and roads, a layer for each kind."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for part in queries.base_parts(uow):
        feature = {"type": "Feature", "properties": {}, "geometry": part.shape}
        parts.setdefault(part.kind, []).append(feature)
    colours = NIGHT if st.context.theme.type == "dark" else BASE
    return [
        pdk.Layer(
            "GeoJsonLayer",
            {"type": "FeatureCollection", "features": features},
            id=f"base-{kind}",
            get_fill_color=[*colours[kind], 160],
            get_line_color=[*colours[kind], 255],
            stroked=kind in ("road", "rail"),
            line_width_min_pixels=1,
        )
        for kind, features in parts.items()
    ]


def _view(counts: Sequence[CellCount], stands: bool) -> pdk.ViewState:
    """A view that holds all of it even on a phone, tilted where columns stand."""
    lon, lat = [one.lon for one in counts], [one.lat for one in counts]
    zoom = min(16.0, max(9.0, log2(360 / (2 * _across(counts)))))
    return pdk.ViewState(
        longitude=(min(lon) + max(lon)) / 2,
        latitude=(min(lat) + max(lat)) / 2,
        zoom=zoom,
        pitch=45 if stands else 0,
    )


def _across(counts: Sequence[CellCount]) -> float:
    """Degrees that the counts reach across."""
    lon, lat = [one.lon for one in counts], [one.lat for one in counts]
    return max(max(lon) - min(lon), max(lat) - min(lat), 0.004)


def legend(most: float) -> None:
    """What the colours mean."""
    marks = [(n / len(STEPS)) ** 2 * most for n in range(len(STEPS))]
    boxes = "".join(
        f'<span><i style="background:rgb{colour}"></i>≥ {max(1, round(low)):,}</span>'
        for low, colour in zip(marks, STEPS, strict=True)
    )
    st.html(f'<div class="steps">{boxes}</div>')


def counts_table(found: Explored, form: str) -> None:
    """The same counts as a list, for those who read rather than look."""
    if found.withheld:
        hint(_("{n} places hold fewer than five people; they are not shown.").format(n=f"{found.withheld:,}"))
    if found.step > 1:
        hint(_("People are counted in whole fives, rounded down, so that nobody can be told apart."))
    if not found.counts:
        return
    with card("largest", _("Largest counts"), "format_list_numbered"):
        named = form == COLUMNS
        columns = (
            Column("name", N_("Grid") if named else N_("Cell"), "main"),
            Column("count", N_("Number"), "number"),
        )
        rows = [
            Row(
                {"name": one.name if named else f"{one.lon:.4f}, {one.lat:.4f}", "count": one.count},
                href=f"map?at=17/{one.lat:.5f}/{one.lon:.5f}",
            )
            for one in found.counts[:SHOWN]
        ]
        table(columns, rows, key="largest")
