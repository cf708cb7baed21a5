"""Homes in which nobody lives: since when, who was the last, and who looked."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.tenancies import queries as tenancies
from core.ui import url
from core.ui.areas import filter_area
from core.ui.page import page
from core.ui.pieces import empty, hint
from core.ui.rentals import empty_table

uow = page(N_("Idle homes"), icon="door_front", section=N_("Basic records"), needs="person.view", order=37)

# read
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    what = url.choice(
        _("Which?"), "what", {"nobody": _("Nobody registered")}, nothing=_("Found vacant"), width=200
    )
homes = tenancies.idle_homes(uow, under, what or "vacant", url.text("after") or None)

# show
if what:
    hint(
        _("Somebody should live here, but nobody is registered: enter who does, or set the state to vacant.")
    )
if homes.items:
    empty_table(homes.items)
else:
    empty(_("No idle home here."), _("Every home is lived in or used."))
url.pager(homes, "idle")
