"""Correct a building: its address, floors, units, use, and what the office keeps of it besides."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.places import commands
from core.places import queries as places
from core.places.models import Building
from core.ui import url
from core.ui.form import Form, asked
from core.ui.page import or_stop, page
from core.ui.pieces import hint
from core.ui.widgets import attached

uow = page(N_("Correct a building"), icon="edit", section=N_("Places"), needs="house.edit", hidden=True)
PARTS = ("road", "number", "estate", "name")
FIELDS = (*PARTS, "floors", "units", "use", "built_year", "structure", "spot")

# read
with or_stop():
    building = places.building(uow, url.text("id"))
fields = asked(uow, Building, FIELDS, building.area)
form = Form(f"building-{building.id}", seen=building.version)
form.current = building.version

# show
st.page_link(
    "pages/building.py",
    label=building.title,
    icon=":material/arrow_back:",
    query_params={"id": str(building.id)},
)
with form.frame(fields):
    told = {name: getattr(building, name) for name in FIELDS}
    if building.is_provisional:
        told.update(dict.fromkeys(PARTS, ""))
        hint(
            _("The real address: road and number, or the estate; leave all of it empty while there is none.")
        )
    values = form.ask(fields, {**told, **building.own})
    hint(_("With the address of the building the addresses of its houses change too."))
    saved = form.handed_in(_("Save"))

# act
if saved:
    done = False
    if building.is_provisional and not any(values.get(part) for part in PARTS):
        values = {name: value for name, value in values.items() if name not in PARTS}
    with form.saving(_("Saved.")):
        commands.edit_building(uow, building.id, form.seen, **attached(uow, "Building", building.id, values))
        done = True
    if done:
        st.switch_page("pages/building.py", query_params={"id": str(building.id)})
