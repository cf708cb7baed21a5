"""Views of the map: keep the one that the address brings along, take it along as a file; open and share those kept."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.ui.map_views import address_here, along_form, keep_form, parameters, views_list
from core.ui.page import page
from core.ui.pieces import link

uow = page(
    N_("Views of the map"),
    icon="bookmarks",
    section=N_("Daily work"),
    needs="map.view",
    order=17,
    hidden=True,
)

# read
address = address_here()

# show
st.page_link(
    "pages/map.py", label=_("Back to the map"), icon=":material/arrow_back:", query_params=parameters(address)
)
if address:
    keep, along = st.columns(2)
    with keep:
        keep_form(uow, address)
    if uow.actor.may("map.export"):
        with along:
            along_form(uow, address)
views_list(uow)
if uow.actor.may("map.connect"):
    link(_("Layers for other programs"), "layers_out", "layers")
