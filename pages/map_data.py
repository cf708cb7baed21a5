"""What our own base map is drawn from: take in roads, water and green as GeoJSON, or take them away again."""

import streamlit as st

from core.basemap import commands, reading
from core.basemap import queries as basemap
from core.geo.coordinates import SYSTEMS
from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.ui import url
from core.ui.base_maps import counted, reading_card, sets_table
from core.ui.coordinates import system_name, system_wizard
from core.ui.form import choose
from core.ui.page import page, show_problems
from core.ui.pieces import card, empty, hint, link

uow = page(
    N_("Data of the base map"),
    icon="edit_road",
    section=N_("Administration"),
    needs="map.sources",
    hidden=True,
)

# read
turn = st.session_state.get("map-data-turn", 0)
sets = basemap.feature_sets(uow)
chosen = next((one for one in sets if one.origin == url.text("file")), None)
link(_("Base maps"), "map_sources", "arrow_back")
with card("sheet", _("1. Choose the file"), "upload_file"):
    hint(
        _("GeoJSON with lines and areas; what each is follows from its kind, or from tags such as highway=*.")
    )
    file = st.file_uploader("GeoJSON", type=["geojson", "json"], key=f"map-data-{turn}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = choose(
            _("What it is, where it does not say"),
            codes("base_kind", lang=language.get()),
            "map-kind",
            "",
            required=False,
        )
        systems = {str(one): system_name(one) for one in SYSTEMS}
        system = choose(_("Coordinate system"), systems, "map-system", "wgs84")
        is_swapped = st.toggle(_("Latitude first"), key="map-swapped")
    with st.expander(_("Find out the coordinate system by two known points"), icon=":material/explore:"):
        found = system_wizard("map-wizard", uow=uow)
        if found:
            system, is_swapped = found.system, found.is_swapped

# show
plan = None
if file is not None:
    with show_problems(), st.spinner(_("Reading the file…")):
        plan = reading.read(file.getvalue(), kind=kind, system=system, is_swapped=is_swapped)
if plan:
    reading_card(plan)
with card("sets", _("What the base map is drawn from"), "map"):
    if sets:
        sets_table(sets)
    else:
        empty(_("Only areas and buildings are drawn."), _("Take in roads, water and green above."))

# act
is_good = plan is not None and file is not None and plan.pieces
draw = _("3. Draw it on the map")
if is_good and file and st.button(draw, type="primary", key="take_in", icon=":material/task_alt:"):
    with show_problems(), st.spinner(_("Writing the pieces…")):
        done = commands.load_pieces(
            uow, file.getvalue(), file.name, kind=kind, system=system, is_swapped=is_swapped
        )
        told = _("{added} added, {replaced} replaced, {left} left out.")
        st.toast(told.format(added=done.added, replaced=done.replaced, left=done.left_out))
        st.session_state["map-data-turn"] = turn + 1  # an empty uploader: nothing is taken in twice
        st.rerun()
if chosen:
    with card("chosen", chosen.origin, "map"):
        hint(counted(chosen.counts))
        if st.button(_("Take this file away"), key="take_away", icon=":material/delete:"):
            with show_problems():
                commands.remove_pieces(uow, chosen.origin)
                st.query_params.clear()
                st.rerun()
