"""The parts of the pages about base maps: sources of pictures, files in the folder, pieces of the office's own."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import streamlit as st

from core.basemap import commands
from core.basemap import queries as basemap
from core.basemap.models import MapSource
from core.basemap.queries import FeatureSet, SourceLine
from core.basemap.rasters import picture
from core.basemap.rasters.files import Dropped
from core.basemap.rasters.trouble import SENTENCES
from core.basemap.reading import Reading
from core.basemap.rules import FILES, PLAN, services
from core.geo.mercator import tile_at
from core.kernel.codes import code_name, codes
from core.kernel.database import office
from core.kernel.fields import declared
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.places import queries as places
from core.ui.form import Form
from core.ui.page import show_problems
from core.ui.pieces import ago, card, facts, hint, joined
from core.ui.table import Cell, Column, Row, chip, table

SHOWN = ("max_zoom", "attribution", "approval", "is_active")
FIELDS = {
    "plan": ("title", "attribution", "approval"),
    "tianditu": ("title", "layers", "key", *SHOWN),
    "xyz": ("title", "address", "key", "is_own_server", "system", *SHOWN),
    "wmts": ("title", "address", "layers", "matrix", "key", "is_own_server", "system", *SHOWN),
    "mbtiles": ("title", "file", "system", *SHOWN),
    "pmtiles": ("title", "file", "system", *SHOWN),
}
"""What is asked of each kind of source."""
COLUMNS = (
    Column("title", N_("Title"), "main"),
    Column("kind", N_("Kind of source")),
    Column("state", N_("How it does")),
    Column("attribution", N_("Attribution"), "wide"),
    Column("approval", N_("Map approval number")),
)
SET_COLUMNS = (
    Column("origin", N_("File"), "main"),
    Column("counts", N_("What is in it"), "wide"),
    Column("total", N_("Pieces"), "number"),
)
TRIED_AT = 15


def sources_table(lines: Sequence[SourceLine]) -> None:
    """Every source with how it did last; a click opens it."""
    table(COLUMNS, [_source_row(one) for one in lines], key="sources")


def _source_row(one: SourceLine) -> Row:
    cells: dict[str, Cell] = {
        "title": one.title,
        "kind": code_name("map_source_kind", one.kind, lang=language.get()),
        "state": [
            *([_health(one)] if one.kind != PLAN else []),
            *([] if one.is_active else [chip(_("not offered"), "")]),
        ],
        "attribution": one.attribution,
        "approval": one.approval,
    }
    return Row(cells, href=f"map_sources?id={one.id}")


def _health(one: SourceLine) -> dict[str, str]:
    if one.state is None:
        return chip(_("not asked yet"), "")
    if one.state.sentence:
        return chip(_("trouble"), "bad", one.state.sentence)
    return chip(_("well"), "ok", ago(one.state.moment))


def dropped_card(uow: UnitOfWork, waiting: Sequence[Dropped]) -> None:
    """Files somebody put into the folder: one click offers them on the map."""
    with card("dropped", _("Files in the folder basemap"), "folder_open"):
        for one in waiting:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    f"**{one.title or one.file}** · {one.file} · {one.megabytes:,} MB", width="stretch"
                )
                if one.trouble:
                    st.caption(_(SENTENCES[one.trouble.code]).format(detail=one.trouble.detail))
                elif st.button(
                    _("Offer it on the map"), key=f"take-{one.file}", icon=":material/add_location:"
                ):
                    with show_problems():
                        _take(uow, one)
                        st.rerun()


def _take(uow: UnitOfWork, one: Dropped) -> None:
    named = {"title": one.title, "kind": one.kind, "file": one.file, "attribution": one.attribution}
    commands.add_source(uow, **named, max_zoom=one.max_zoom)


def new_source(uow: UnitOfWork) -> None:
    """The form of a new source: first its kind, then what that kind needs."""
    names = codes("map_source_kind", lang=language.get())
    kind = st.segmented_control(
        _("Kind of source"), list(names), format_func=names.__getitem__, key="new-kind", default="tianditu"
    )
    kind = kind or "tianditu"
    known = services().get(kind, {})
    first = {
        "title": names[kind] if known else _("Plan") if kind == PLAN else "",
        "layers": next(iter(known.get("layers", ())), ""),
    }
    form = Form(f"source-new-{kind}")
    with st.form(form.key):
        values = form.ask([declared(MapSource)[name] for name in FIELDS[kind]], first)
        _explained(kind)
        if form.handed_in(_("Add")):
            with form.saving(_("Added. It can be chosen on the map.")):
                commands.add_source(uow, kind=kind, **values)
                st.rerun()


def _explained(kind: str) -> None:
    """What must be known before somebody fills it in."""
    if kind == PLAN:
        hint(_("Whose our own plan is, and under which number it may be published."))
    elif kind in FILES:
        hint(_("Copy the file into {folder} first.").format(folder=office().settings.data / "basemap"))
    elif kind == "tianditu":
        hint(_("The key is free: apply for one of the kind “server” on the site of the service."))
    else:
        hint(
            _(
                "Only Web Mercator tiles of 256 pixels. Pictures are fetched by this server and kept for 30 days."
            )
        )


def source_card(uow: UnitOfWork, source_id: int) -> None:
    """One source: change it, try it, take it away."""
    values = basemap.source_values(uow, source_id)
    with card("source", values["title"], "edit"):
        form = Form(f"source-{source_id}", seen=values["version"])
        form.current = values["version"]
        with st.form(form.key, border=False):
            given = form.ask([declared(MapSource)[name] for name in FIELDS[values["kind"]]], values)
            if form.handed_in(_("Save")):
                with form.saving(_("Saved.")):
                    commands.edit_source(uow, source_id, form.seen, **given)
                    st.rerun()
        with st.container(horizontal=True):
            tried = values["kind"] != PLAN and st.button(_("Try it"), key="try", icon=":material/play_arrow:")
            gone = st.button(_("Take it away"), key="remove", icon=":material/delete:")
        if tried:
            _tried(uow, source_id)
        if gone:
            with show_problems():
                commands.remove_source(uow, source_id)
                st.query_params.clear()
                st.rerun()


def _tried(uow: UnitOfWork, source_id: int) -> None:
    """Fetch one picture in the middle of the office, and say what came."""
    here = places.area(uow, places.my_root(uow).area)
    source = basemap.source_to_try(uow, source_id)
    tile = tile_at(here.lon or 116.4, here.lat or 39.9, min(TRIED_AT, source.max_zoom))
    with st.spinner(_("Asking…")):
        found = picture(office().settings.data, source, tile)
    state = next((one.state for one in basemap.sources(uow) if one.id == source_id), None)
    if found.is_found:
        st.image(found.data, caption=_("Zoom {z}, column {x}, row {y}").format(z=tile.z, x=tile.x, y=tile.y))
    elif state and state.sentence:
        st.error(state.sentence, icon=":material/error:")
    else:
        st.info(_("It answers, but has no picture of this place."), icon=":material/info:")


# --- pieces of the office's own -----------------------------------------------------------------------------


def sets_table(sets: Sequence[FeatureSet]) -> None:
    """What the base map is drawn from, file by file."""
    table(SET_COLUMNS, [_set_row(one) for one in sets], key="sets")


def _set_row(one: FeatureSet) -> Row:
    cells: dict[str, Cell] = {"origin": one.origin, "counts": counted(one.counts), "total": one.total}
    return Row(cells, href=f"map_data?file={quote(one.origin)}")


def counted(counts: dict[str, int]) -> str:
    """How many pieces of each kind."""
    names = codes("base_kind", lang=language.get())
    return joined(f"{names.get(kind, kind)} {number:,}" for kind, number in counts.items())


def reading_card(found: Reading) -> None:
    """What a file would add, before it is added."""
    with card("plan", _("2. Look at what would happen"), "fact_check"):
        west, south, east, north = found.bounds or (0.0, 0.0, 0.0, 0.0)
        told: dict[str, Any] = {_("Would be drawn"): counted(found.counts)}
        if found.bounds:
            told[_("Lies between")] = f"{west:.4f}, {south:.4f} – {east:.4f}, {north:.4f}"
        facts(told)
        for sentence, number in found.left_out.items():
            st.warning(
                _("{n} left out: {why}").format(n=f"{number:,}", why=sentence), icon=":material/warning:"
            )
