"""Add a component: class, place, units in charge; or correct the facts of one."""

import streamlit as st

from core.components import commands
from core.components import queries as components
from core.components.models import Component
from core.kernel.i18n import N_, _
from core.places import queries as places
from core.ui import url
from core.ui.areas import choose_grid
from core.ui.components import ask_position, choose_class
from core.ui.find import pick
from core.ui.form import Form, asked
from core.ui.page import or_stop, page
from core.ui.pieces import card, hint, link

uow = page(
    N_("Add or correct a component"),
    icon="add_location_alt",
    section=N_("Daily work"),
    needs="component.edit",
    hidden=True,
)

# read
key, house_id = url.number("id"), url.number("house")
with or_stop():
    one = components.component(uow, key) if key else None
    house = places.house(uow, house_id) if house_id else None
form = Form(f"component-{key or 'new'}-{house_id or ''}", seen=one.version if one else None)
form.current = one.version if one else None
place = house.area if house else one.area if one else ""
withheld = {name for name, value in one.values.items() if value is None} if one and one.is_withheld else set()
fields = [f for f in asked(uow, Component, commands.EDITABLE, place) if f.name not in withheld]

# show
class_code, area = "", ""
lon, lat, accuracy = None, None, ""
if one:
    link(f"{one.class_name} {one.code or ''}".strip(), f"component?id={one.id}", "arrow_back")
    if one.is_withheld:
        hint(_("What says where it is stays as it is: your role does not see it."))
else:
    with card("class", _("What it is"), "category"):
        class_code = choose_class(uow)
    with card("place", _("Where it stands"), "location_on"):
        if house:
            link(house.title, f"house?id={house.id}", "home")
        else:
            area = choose_grid(uow, _("Grid"), f"{form.key}-area", url.text("area"))
        kept = {name: url.text(name) for name in ("class", "major") if url.text(name)}
        pick(
            uow.actor,
            "house",
            label=_("At a house"),
            page="pages/component_edit.py",
            parameter="house",
            **kept,
        )
        lon, lat, accuracy = ask_position(form.key, {})
with st.form(form.key):
    values = form.ask(fields, one.values if one else None)
    saved = form.handed_in(_("Save"))

# act
if saved:
    opened: int | None = None
    with form.saving(_("Saved.")):
        if one:
            commands.edit_component(uow, one.id, seen=form.seen or one.version, **values)
            opened = one.id
        else:
            home = house.id if house else None
            facts = {**values, "accuracy": accuracy}
            opened = commands.add_component(
                uow, class_code, area=area, house_id=home, lon=lon, lat=lat, **facts
            )
    if opened:
        st.switch_page("pages/component.py", query_params={"id": str(opened)})
