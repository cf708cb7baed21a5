"""Somebody died: homes, household and service tags end, and another member becomes the head."""

from datetime import date

import streamlit as st

from core.kernel.i18n import N_, _
from core.people import commands
from core.people import queries as people
from core.ui import url
from core.ui.form import EARLIEST, Form
from core.ui.happened import preview_and_save, succession
from core.ui.page import or_stop, page
from core.ui.pieces import card, hint, link

uow = page(N_("Death"), icon="deceased", section=N_("Daily work"), needs="household.edit", hidden=True)

# read
with or_stop():
    person = people.person(uow, url.text("person"))
    home = people.household(uow, person.household_id) if person.household_id else None
staying = [member for member in home.members if member.id != person.id] if home else []
form = Form(f"death-{person.id}")

# show
link(str(person.values["name"]), f"person?id={person.id}", "arrow_back")
with card("death", _("{name} died").format(name=person.values["name"]), "deceased"):
    day = st.date_input(
        _("Day of death"),
        key=f"{form.key}-day",
        value=date.today(),
        min_value=EARLIEST,
        max_value=date.today(),
    )
    reason = st.text_input(
        _("Reason"), key=f"{form.key}-reason", placeholder=_("Such as: death certificate seen")
    )
    head: int | None = None
    relations: dict[int, str] = {}
    if home and home.head_id == person.id and staying:
        hint(_("{name} was the head. Who takes over?").format(name=person.values["name"]))
        head, relations = succession(staying, form.key)

# act
if preview_and_save(
    uow,
    form,
    _("Save"),
    commands.register_death,
    person.id,
    day,
    head_id=head,
    relations=relations,
    reason=reason,
):
    st.switch_page("pages/person.py", query_params={"id": str(person.id)})
