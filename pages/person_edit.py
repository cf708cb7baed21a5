"""Add a person to a house, or correct one."""

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.people import commands
from core.people import queries as people
from core.people.models import ABROAD, Person
from core.places import queries as places
from core.ui import url
from core.ui.areas import choose_grid
from core.ui.form import Form, asked, choose
from core.ui.page import or_stop, page, show_problems
from core.ui.pieces import hint
from core.ui.widgets import apart, attached

uow = page(
    N_("Add or correct a person"),
    icon="person_edit",
    section=N_("Daily work"),
    needs="person.edit",
    hidden=True,
)

# read
key, house_id = url.number("id"), url.number("house")
with or_stop():
    person = people.person(uow, key) if key else None
    house = places.house(uow, house_id) if house_id else None
fields = [
    known
    for known in asked(uow, Person, area=house.area if house else person.area if person else "")
    if known.name not in ("relation", "household_id")
]
form = Form(f"person-{key or 'new'}-{house_id or ''}", seen=person.version if person else None)
form.current = person.version if person else None

# show
if person:
    st.page_link(
        "pages/person.py",
        label=str(person.values["name"]),
        icon=":material/arrow_back:",
        query_params={"id": str(person.id)},
    )
elif house:
    st.page_link(
        "pages/house.py", label=house.title, icon=":material/arrow_back:", query_params={"id": str(house.id)}
    )
with form.frame(fields):
    if not person:
        if house:
            kinds = codes("residence_kind", lang=language.get())
            kind = choose(_("Lives there as"), kinds, f"{form.key}-residence", "owner")
        else:
            area = choose_grid(uow, _("Grid"), f"{form.key}-area")
            hint(_("Better start from the house: then the home is known at once."))
    is_foreign = person is not None and person.values["category"] == "overseas"
    values = form.ask(fields, person.values if person else None, folded=() if is_foreign else (ABROAD,))
    source = ""
    if person:
        known_from = codes("sources", lang=language.get())
        source = choose(_("How do you know?"), known_from, f"{form.key}-source", None, required=False)
    saved = form.handed_in(_("Save"))

# act
if saved:
    opened: int | None = None
    with form.saving(_("Saved.")):
        if person:
            kept = attached(uow, "Person", person.id, values)
            commands.edit_person(uow, person.id, seen=form.seen or person.version, source=source, **kept)
            opened = person.id
        else:
            plain, files = apart(values)
            there = {"house_id": house.id, "residence_kind": kind} if house else {"area": area}
            opened = commands.add_person(uow, **there, **plain)
            if files:
                commands.edit_person(uow, opened, seen=None, **attached(uow, "Person", opened, files))
    if opened:
        st.switch_page("pages/person.py", query_params={"id": str(opened)})
if not person:
    name, birth = st.session_state.get(f"{form.key}-name"), st.session_state.get(f"{form.key}-birth")
    with show_problems():
        for same in people.find_same(uow, name, birth) if name and birth else []:
            st.page_link(
                "pages/person.py",
                label=_("Already there? {name}, {address}").format(name=same.name, address=same.address),
                icon=":material/content_copy:",
                query_params={"id": str(same.id)},
            )
