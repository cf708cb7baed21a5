"""The parts of the pages about files of shapes: how one is read, its preview, what was taken in, layers to hand on."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from core.geofiles import commands, writing
from core.geofiles import queries as geofiles
from core.geofiles.queries import BoundaryPlan, Source, Wanted, Window
from core.geofiles.rules import ROLES
from core.geofiles.systems import choices, label, ways
from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.kernel.planning import STATES
from core.kernel.settings import settings
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Level
from core.ui.coordinates import system_name, system_wizard
from core.ui.form import choose
from core.ui.map import grid_map
from core.ui.page import show_problems
from core.ui.pieces import card, hint, said

COLOURS = {"new": "#1b8a5a", "changed": "#2c6fbb", "same": "#7a8594", "conflict": "#d98a2b", "bad": "#c4574e"}
AS_SAID = N_("As the file says")
GUESSED = N_("As the words say")
KEY = "boundary"


def how_read() -> Wanted:
    """How the file is to be read, as it was chosen on this page; the choosers stand below the file."""
    kept = st.session_state
    roles = {role: kept.get(f"{KEY}-{role}", "") for role in ROLES}
    return Wanted(
        layer=kept.get(f"{KEY}-layer", ""),
        system=kept.get(f"{KEY}-system", ""),
        is_swapped=bool(kept.get(f"{KEY}-swapped")),
        level=kept.get(f"{KEY}-level") or Level.GRID,
        headings={role: heading for role, heading in roles.items() if heading},
    )


def reading_card(uow: UnitOfWork, found: BoundaryPlan | None) -> None:
    """How the file was read, and what to choose where the file itself is wrong or says nothing."""
    home = geofiles.home(uow)
    with card("reading", _("How it is read"), "explore"):
        if found and found.why:
            st.warning(found.why, icon=":material/warning:")
        if found and len(found.layers) > 1:
            st.selectbox(_("Layer of the file"), found.layers, key=f"{KEY}-layer")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _systems(home)
            levels = codes("area_level", lang=language.get())
            named = {level: levels[level] for level in ("grid", "community", "street", "district")}
            choose(_("Level of areas without a code"), named, f"{KEY}-level", Level.GRID)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for role, name in ROLES.items():
                _heading(role, _(name), found)
        with st.expander(_("Find out the coordinate system by two known points"), icon=":material/explore:"):
            if best := system_wizard(f"{KEY}-wizard", ways(home), label_of):
                st.button(
                    _("Read the file so"),
                    key=f"{KEY}-use",
                    on_click=_use,
                    args=(str(best.system), best.is_swapped),
                    icon=":material/check:",
                )


def label_of(system: str) -> str:
    """What a system is called, of degrees or of metres."""
    return label(system) if system.startswith("EPSG") else system_name(system)


def _systems(home: tuple[float, float] | None) -> None:
    known: dict[str, str] = {"": _(AS_SAID), **{one: label_of(one) for one in choices(home)}}
    chosen = st.session_state.get(f"{KEY}-system", "")
    known.setdefault(chosen, label_of(chosen))
    st.selectbox(_("Coordinate system"), list(known), format_func=known.__getitem__, key=f"{KEY}-system")
    st.toggle(_("Latitude or northing first"), key=f"{KEY}-swapped")


def _heading(role: str, name: str, found: BoundaryPlan | None) -> None:
    """Which column of the file says what; the guess of the program stands first."""
    taken = found.roles.get(role, "") if found else ""
    first = f"{_(GUESSED)}: {taken}" if taken else _(GUESSED)
    options = ["", *(found.headings if found else ())]
    st.selectbox(
        _("Column: {name}").format(name=name),
        options,
        format_func=lambda heading: heading or first,
        key=f"{KEY}-{role}",
    )


def _use(system: str, is_swapped: bool) -> None:
    st.session_state[f"{KEY}-system"], st.session_state[f"{KEY}-swapped"] = system, is_swapped


def preview(uow: UnitOfWork, found: BoundaryPlan) -> None:
    """What the file would draw, on the map."""
    rows = [
        {"number": number, "title": title, "state": state, "geometry": geometry}
        for number, title, state, geometry in found.outlines
    ]
    states = {state: {"label": _(STATES[state]), "colour": colour} for state, colour in COLOURS.items()}
    extra: Mapping[str, Any] = {
        "title": _("Preview"),
        "empty": _("No row of this file draws an area."),
        "states": states,
        "rows": rows,
    }
    grid_map(uow, key="boundary_map", mode="outlines", extra=extra, height=420)


def batches_card(uow: UnitOfWork) -> None:
    """The files of boundaries that were taken in, each with the way back."""
    batches = geofiles.boundary_batches(uow)
    if not batches:
        return
    with card("batches", _("Files taken in"), "history"):
        for one in batches:
            with st.container(horizontal=True, vertical_alignment="center"):
                told = _("{file}: {added} new, {changed} changed, {left} left out").format(
                    file=one.file, added=one.added, changed=one.changed, left=one.left_out
                )
                st.markdown(f"{told}  :gray[{said(one.at)} {one.by}]")
                if one.undone_at:
                    st.caption(_("Taken back {when}").format(when=said(one.undone_at)))
                elif st.button(_("Take back"), key=f"back-{one.id}", icon=":material/undo:"):
                    with show_problems():
                        commands.undo_boundaries(uow, one.id)
                        st.rerun()


# --- handing on -------------------------------------------------------------------------------------------


def export_card(uow: UnitOfWork, sources: Mapping[str, Source]) -> None:
    """One layer as a file, for a purpose."""
    with card("export", _("Save a layer as a file"), "download"), st.form("layer-export", border=False):
        titles = {name: f"{one.group} · {one.title}" for name, one in sources.items()}
        name = choose(_("Layer"), titles, "layer-name", next(iter(titles), ""))
        form = st.radio(
            _("Form"), list(writing.FORMS), format_func=writing.FORMS.get, horizontal=True, key="layer-form"
        )
        purpose = st.text_input(_("What for and for whom"), key="layer-purpose", max_chars=120)
        hint(_("WGS-84 / CGCS2000, masked as on the map. Purpose and count are written into the audit log."))
        if st.form_submit_button(_("Make the file"), type="primary"):
            with show_problems(), st.spinner(_("Writing the file…")):
                data = commands.export_layer(uow, name, purpose, form or writing.GPKG, Window())
                st.session_state["layer-ready"] = (sources[name].title, form or writing.GPKG, data)
    if made := st.session_state.pop("layer-ready", None):
        title, form, data = made
        file = f"{title}.{writing.ENDINGS[form]}"
        st.download_button(
            _("Save {file}").format(file=file), data, file, key="layer-save", icon=":material/save:"
        )


def connect_card(sources: Mapping[str, Source]) -> None:
    """How QGIS reads the layers by itself."""
    with card("connect", _("Read the layers with QGIS"), "hub"):
        hint(
            _(
                "In QGIS: Layer › Add Layer › Add WFS / OGC API – Features Layer › New; paste the address below."
            )
        )
        here = urlsplit(st.context.url or settings().origin)
        st.code(f"{here.scheme}://{here.netloc}/ogc/", language=None)
        hint(
            _(
                "Version: OGC API - Features. Authentication: Basic, with your name and password here. "
                "You see the layers below, of your area only; each layer that is read is written down."
            )
        )
        for one in sources.values():
            st.markdown(f"- **{one.title}** :gray[{one.about}]")
