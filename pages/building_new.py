"""Add a building with its rooms in one go, or more rooms to a building that stands."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.problems import Problem
from core.places import commands
from core.places import queries as places
from core.places.models import Building
from core.places.rules import room_plan
from core.ui import url
from core.ui.areas import choose_grid
from core.ui.building import address_or_spot
from core.ui.form import Form, asked
from core.ui.page import or_stop, page
from core.ui.pieces import hint

uow = page(N_("Add a building"), icon="add_home_work", section=N_("Places"), needs="house.edit", hidden=True)
PARTS = ("road", "number", "estate", "name", "floors", "units", "use", "built_year", "structure")

# read
key = url.number("id")
with or_stop():
    building = places.building(uow, key) if key else None
form = Form(f"building-{key or 'new'}")

# show
if building:
    st.page_link(
        "pages/building.py",
        label=building.title,
        icon=":material/arrow_back:",
        query_params={"id": str(building.id)},
    )
else:
    with st.container(border=True):
        area = choose_grid(uow, _("Grid"), f"{form.key}-area", url.text("area"))
        example = _("Such as 海滨路12号龙湖苑8幢; or fill in the parts below")
        place = address_or_spot(form.key, {}, example)
        form.slots["address"] = form.slots["spot"] = st.empty()
        parts = () if "spot" in place else PARTS[:4]
        values = form.ask(
            [
                known
                for known in asked(uow, Building, (*parts, *PARTS[4:]), area)
                if known.facts.widget != "picture"
            ]
        )
        facts = {
            **place,
            **{name: value for name, value in values.items() if value not in (None, "")},
        }
with st.container(border=True):
    st.subheader(_("Rooms"), anchor=False)
    with st.grid(min_column_width=160):
        limits = (building.units, building.floors) if building else (values["units"], values["floors"])
        units = st.number_input(_("Units"), 1, 30, int(limits[0] or 1), key=f"{form.key}-plan_units")
        first = st.number_input(_("First floor"), -9, 200, 1, key=f"{form.key}-first")
        floors = st.number_input(
            _("Number of floors"), 1, 200, int(limits[1] or 1), key=f"{form.key}-plan_floors"
        )
        doors = st.number_input(_("Rooms per floor and unit"), 0, 60, 2, key=f"{form.key}-doors")
    try:
        plan = room_plan(int(units), int(floors), int(doors), int(first)) if doors else []
    except Problem as trouble:
        st.error(trouble.sentence)
        st.stop()
    told = "、".join(f"{room.unit}-{room.room}".strip("-") for room in (plan[:3] + plan[-1:]))
    hint(
        _("{n} rooms: {rooms}").format(n=len(plan), rooms=told)
        if plan
        else _("No rooms: they can be added later.")
    )

# act
if st.button(_("Save"), type="primary", icon=":material/save:", key=f"{form.key}:save"):
    saved: int | None = None
    with form.saving(_("Saved.")):
        if building:
            commands.add_houses(uow, building.id, int(units), int(floors), int(doors), int(first))
            saved = building.id
        else:
            saved = commands.add_building_with_rooms(
                uow, area, facts, int(units), int(floors), int(doors), int(first)
            )
    if saved:
        st.switch_page("pages/building.py", query_params={"id": str(saved)})
