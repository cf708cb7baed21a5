"""Correct a house: unit, floor, room, state, use."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.places import commands
from core.places import queries as places
from core.places.models import House
from core.ui import url
from core.ui.form import Form, asked
from core.ui.page import or_stop, page
from core.ui.pieces import hint
from core.ui.widgets import attached

uow = page(N_("Correct a house"), icon="edit", section=N_("Places"), needs="house.edit", hidden=True)
FIELDS = ("state", "use", "ownership", "floor_area", "unit", "floor", "room", "note")

# read
with or_stop():
    house = places.house(uow, url.text("id"))
fields = asked(uow, House, FIELDS, house.area)
form = Form(f"house-{house.id}", seen=house.version)
form.current = house.version

# show
st.page_link(
    "pages/house.py", label=house.title, icon=":material/arrow_back:", query_params={"id": str(house.id)}
)
with form.frame(fields):
    values = form.ask(fields, house.values)
    hint(_("With unit, floor or room the address changes too; it must be the only one of its kind."))
    saved = form.handed_in(_("Save"))

# act
if saved:
    done = False
    with form.saving(_("Saved.")):
        commands.edit_house(uow, house.id, form.seen, **attached(uow, "House", house.id, values))
        done = True
    if done:
        st.switch_page("pages/house.py", query_params={"id": str(house.id)})
