"""A visit: one home with everything a worker needs at its door, for one thumb."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.page import or_stop, page
from core.ui.pieces import card, link
from core.ui.visit import acts, bar, heading, house_facts, notes, people, turn_button
from core.ui.visit_forms import form_of
from core.visits import queries

uow = page(N_("Visit"), icon="door_front", section=N_("Daily work"), needs="visit.edit", hidden=True)

# read
with or_stop():
    home = queries.home(uow, url.text("id"))

# show
with card("home"):
    heading(home)
    house_facts(home)
if form_of(uow, home):
    st.stop()
acts(uow, home)
people(uow, home)
with st.container(horizontal=True):
    turn_button(_("Correct the house"), "house", "edit_location_alt")
    turn_button(_("Nobody at home: choose a day"), "again", "event")
    link(_("Today's visits"), f"visit_list?grid={home.house.area}", "checklist")
notes(home)

# act
bar(uow, home)
