"""Add an organisation to a house or grid, correct one, or let it move to another place."""

from datetime import date
from typing import Any

import streamlit as st

from core.kernel.i18n import N_, _
from core.organisations import commands
from core.organisations import queries as organisations
from core.organisations.models import MORE, Organisation
from core.places import queries as places
from core.ui import url
from core.ui.areas import choose_grid
from core.ui.find import pick
from core.ui.form import Form, asked
from core.ui.page import or_stop, page
from core.ui.pieces import card, hint, link

uow = page(
    N_("Add or correct an organisation"),
    icon="add_business",
    section=N_("Daily work"),
    needs="organisation.edit",
    hidden=True,
)

# read
key, house_id, moves = url.number("id"), url.number("house"), url.text("moves") == "1"
with or_stop():
    one = organisations.organisation(uow, key) if key else None
    house = places.house(uow, house_id) if house_id else None
form = Form(f"organisation-{key or 'new'}-{house_id or ''}{moves:d}", seen=one.version if one else None)
form.current = one.version if one else None
fields = asked(uow, Organisation, commands.EDITABLE, house.area if house else one.area if one else "")

# show
if one:
    link(one.name, f"organisation?id={one.id}", "arrow_back")
if house:
    link(house.title, f"house?id={house.id}", "home")
area, saved, values = "", False, dict[str, Any]()
if not one or moves:
    with card("place", _("Where it stands"), "location_on"):
        kept = {"id": str(one.id), "moves": "1"} if one else {}
        pick(
            uow.actor, "house", label=_("House"), page="pages/organisation_edit.py", parameter="house", **kept
        )
        if not house:
            area = choose_grid(uow, _("Or only the grid"), f"{form.key}-area", url.text("area"))
            hint(_("Better choose the house: then building, grid and address are known at once."))
with st.form(form.key):
    if one and moves:
        words = st.text_input(_("Place in words"), key=f"{form.key}-place", max_chars=100)
        day = st.date_input(_("Since"), value=date.today(), max_value=date.today(), key=f"{form.key}-since")
        saved = form.handed_in(_("It stands here now"))
    else:
        values = form.ask(fields, one.values if one else None, folded=(MORE,))
        saved = form.handed_in(_("Save"))

# act
if saved:
    opened: int | None = None
    with form.saving(_("Saved.")):
        if one and moves:
            spot = {"house_id": house.id} if house else {}
            commands.move_organisation(
                uow, one.id, **spot, area=area or None, place=words, from_on=day or date.today()
            )
            opened = one.id
        elif one:
            commands.edit_organisation(uow, one.id, seen=form.seen or one.version, **values)
            opened = one.id
        elif house:
            opened = commands.add_organisation(uow, house_id=house.id, **values)
        else:
            opened = commands.add_organisation(uow, area=area, **values)
    if opened:
        st.switch_page("pages/organisation.py", query_params={"id": str(opened)})
