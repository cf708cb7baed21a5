"""Staff in the field, live: who of my area is on a shift, and where."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.staff import queries as staff
from core.ui.page import page
from core.ui.pieces import empty, hint, said
from core.ui.staff import live_map
from core.ui.table import Column, Row, table

uow = page(
    N_("Staff in the field"), icon="person_pin_circle", section=N_("Daily work"), needs="staff.live", order=17
)

# read
people = staff.live(uow)

# show
with st.container(horizontal=True, vertical_alignment="center"):
    hint(
        _("Only who began a shift, only while it lasts. Your looking here is written down, and they see it.")
    )
    if uow.actor.may("staff.track"):
        st.page_link("pages/track.py", label=_("Shifts and tracks"), icon=":material/route:")
live_map(uow)
if people:
    table(
        (
            Column("name", N_("Worker"), "main"),
            Column("place", N_("Area")),
            Column("at", N_("Newest position"), "labelled"),
            Column("ends", N_("Ends by itself"), "labelled"),
        ),
        [
            Row({"name": one.name, "place": one.place, "at": said(one.at), "ends": said(one.ends_at)})
            for one in people
        ],
        key="live-list",
    )
else:
    empty(_("Nobody is on a shift now."), _("Workers begin a shift on their page “My shift”."))
