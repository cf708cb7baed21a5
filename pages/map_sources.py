"""Base maps: which pictures of the land the map offers, where they come from and how they do."""

import streamlit as st

from core.basemap import queries as basemap
from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.base_maps import dropped_card, new_source, source_card, sources_table
from core.ui.page import page, show_problems
from core.ui.pieces import card, empty, hint, link

uow = page(N_("Base maps"), icon="layers", section=N_("Administration"), needs="map.sources", order=66)

# read
lines = basemap.sources(uow)
waiting = basemap.dropped_files(uow)
chosen = url.number("id")

# show
with card("sources", _("Pictures of the land"), "satellite_alt"):
    if lines:
        sources_table(lines)
    else:
        empty(_("The map shows our own plan only."), _("Add a source below, or drop a file into the folder."))
    hint(_("Browsers get every picture from this office: no address and no key of a service leaves it."))
link(_("Data of our own plan: roads, water, green"), "map_data", "edit_road")

# act
if chosen is not None:
    with show_problems():
        source_card(uow, chosen)
if waiting:
    dropped_card(uow, waiting)
with st.expander(_("Add a source"), icon=":material/add:", expanded=not lines):
    new_source(uow)
