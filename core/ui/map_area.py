"""Everything inside a shape, and what is nearest to a place: counts by layer, lists, sheets."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from core.browsing import commands, queries
from core.browsing.queries import Found, Inside, LayerCount, Thing
from core.browsing.shapes import CIRCLE, GRID, ROAD, read_place
from core.kernel.extensions import Choice
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.places.queries import area_names
from core.ui import url
from core.ui.areas import tree
from core.ui.find import icon_of
from core.ui.page import show_problems
from core.ui.pieces import card, empty, hint
from core.ui.registers import export_popover
from core.ui.table import Cell, Column, Row, chip, table

PAGE = "pages/map_area.py"
M2_IN_KM2 = 1_000_000
LARGE = 100_000
"""Square metres from which an area is said in square kilometres."""
REACHES = (100, 300, 500, 1000, 3000)
WIDTHS = (20, 30, 50, 100, 200)
KINDS_SHOWN = 6


def area_address(**values: str) -> str:
    """The address of the page for a shape, a layer in it, or a place."""
    return f"map_area?{urlencode({name: value for name, value in values.items() if value})}"


# --- choosing a shape without drawing it -----------------------------------------------------------------


def choose_shape(uow: UnitOfWork) -> None:
    """The ways to a shape for whoever does not draw: an area of the tree, along a road, around an address."""
    hint(_("Draw on the map, or choose here."))
    with st.container(horizontal=True):
        st.page_link("pages/map.py", label=_("Draw on the map"), icon=":material/draw:")
    around, area, road = st.columns(3)
    with around, card("around", _("Around an address"), "my_location"):
        _around(uow)
    with area, card("in_area", _("In an area"), "grid_view"):
        _in_area(uow)
    with road, card("along", _("Along a road"), "add_road"):
        _along(uow)


def _in_area(uow: UnitOfWork) -> None:
    places = tree(uow)
    path = st.selectbox(
        _("Area"), list(places), key="shape-area", index=None, format_func=lambda p: places[p].name
    )
    if path:
        _go(shape=f"{GRID}:{path}")


def _along(uow: UnitOfWork) -> None:
    names = queries.roads(uow)
    if not names:
        empty(
            _("The base map has no roads yet."),
            _("A system administrator takes them in on the page “Base maps”."),
        )
        return
    name = st.selectbox(_("Road"), names, key="shape-road", index=None)
    metres = st.select_slider(_("Metres to each side"), WIDTHS, value=WIDTHS[1], key="shape-width")
    if name and st.button(_("Look there"), key="shape-along", icon=":material/search:"):
        _go(shape=f"{ROAD}:{name};{metres}")


def _around(uow: UnitOfWork) -> None:
    typed = st.text_input(
        _("Address, house or position"),
        key="shape-words",
        type="search",
        live="300ms",
        icon=":material/search:",
    )
    metres = st.select_slider(_("Metres around"), REACHES, value=REACHES[2], key="shape-reach")
    found = [one for one in queries.find(uow, typed or "", limit=6) if one.spot.lon is not None]
    for one in found:
        _ways(one, int(metres))
    if typed and not found:
        st.caption(_("Nothing with a position is found. Try fewer words."))


def _ways(one: Found, metres: int) -> None:
    """From an answer to its surroundings: everything within some metres, or the nearest."""
    at = f"{one.spot.lon:.6f},{one.spot.lat:.6f}"
    icon = ":material/pin_drop:" if one.hit.kind == "place" else f":material/{icon_of(one.hit)}:"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            PAGE, label=f"**{one.hit.title}**", icon=icon, query_params={"shape": f"{CIRCLE}:{at};{metres}"}
        )
        st.page_link(PAGE, label=_("Nearest"), icon=":material/near_me:", query_params={"near": at})


def _go(**parameters: str) -> None:
    st.switch_page(PAGE, query_params=parameters)


# --- inside ----------------------------------------------------------------------------------------------


def area_section(uow: UnitOfWork, shape: str) -> None:
    """The counts inside a shape, and the list of the layer that stands in the address."""
    with show_problems():
        found = queries.inside(uow, shape)
        _head(found, shape)
        _counts(found, shape)
        chosen = next((one for one in found.layers if one.name == url.text("layer")), None)
        if chosen and chosen.is_listed:
            _list(uow, shape, chosen)


def _head(found: Inside, shape: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(f":material/select_all: {found.title}", anchor=False, width="content")
        st.caption(" · ".join(filter(None, (_size(found.m2), _("{n} in all").format(n=f"{found.total:,}")))))
        st.page_link(
            "pages/map.py", label=_("On the map"), icon=":material/map:", query_params={"shape": shape}
        )


def _size(m2: float | None) -> str:
    if m2 is None:
        return ""
    return f"{m2 / M2_IN_KM2:,.2f} km²" if m2 >= LARGE else f"{m2:,.0f} m²"


def _counts(found: Inside, shape: str) -> None:
    if not found.layers:
        empty(_("Nothing stands in there."), _("Draw a larger shape, or choose another place."))
        return
    columns = (
        Column("title", N_("Layer"), "main"),
        Column("group", N_("Group"), "quiet"),
        Column("total", N_("Number"), "number"),
        Column("kinds", N_("Of which")),
    )
    table(columns, [_count_row(one, shape) for one in found.layers], key="inside")


def _count_row(one: LayerCount, shape: str) -> Row:
    most = sorted(one.kinds, key=lambda kind: -kind.count)[:KINDS_SHOWN]
    chips = [chip(f"{kind.label} {kind.count:,}") for kind in most] if len(one.kinds) > 1 else None
    cells: dict[str, Cell] = {
        "title": one.title,
        "group": one.group_title,
        "total": one.total,
        "kinds": chips,
    }
    return Row(cells, href=area_address(shape=shape, layer=one.name) if one.is_listed else "")


def _list(uow: UnitOfWork, shape: str, layer: LayerCount) -> None:
    with card("inside_list", layer.title, layer.icon):
        names = {kind.key: kind.label for kind in layer.kinds if kind.key}
        kind = url.choice(_("Kind"), "kind", names) if len(names) > 1 else ""
        choice = Choice(kinds=(kind,) if kind else ())
        page = queries.things_inside(uow, shape, layer.name, choice, url.text("after") or None)
        _export(uow, shape, layer, choice)
        _things(uow, page.items, {})
        url.pager(page, "inside")


def _things(uow: UnitOfWork, items: list[Thing], more: Mapping[int, str]) -> None:
    """A table of things; `more` are their distances by number."""
    places = area_names(uow, {one.area for one in items})
    columns = [
        Column("title", N_("Called"), "main"),
        Column("kind", N_("Kind")),
        Column("grid", N_("Grid"), "quiet"),
    ]
    columns += [Column("away", N_("Distance"), "number")] if more else []
    rows = [
        Row(
            {"title": one.title, "kind": one.kind, "grid": places.get(one.area), "away": more.get(place)},
            href=one.href,
        )
        for place, one in enumerate(items)
    ]
    table(columns, rows, key="things")


def _export(uow: UnitOfWork, shape: str, layer: LayerCount, choice: Choice) -> None:
    if uow.actor.may("map.export"):
        export_popover(
            lambda purpose, form, _ended: commands.export_inside(
                uow, shape, layer.name, purpose, form, choice
            ),
            layer.title,
            key="inside",
        )


# --- nearest ---------------------------------------------------------------------------------------------


def near_section(uow: UnitOfWork, at: str) -> None:
    """What stands nearest to a place, of one layer or of all."""
    with show_problems():
        lon, lat = read_place(at)
        layer = url.choice(_("Layer"), "layer", queries.near_layers(uow), width=220)
        found = queries.nearest(uow, lon, lat, (layer,) if layer else (), limit=20)
        with card("near", _("Nearest"), "near_me"):
            if found:
                _things(
                    uow,
                    [one.thing for one in found],
                    {n: f"{one.metres:,.0f} m" for n, one in enumerate(found)},
                )
            else:
                empty(_("Nothing stands within 10 km."), _("Choose another layer or place."))
