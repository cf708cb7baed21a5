"""Two households become one: everybody of the other one joins, and moves in when it lives elsewhere."""

from datetime import date

import streamlit as st

from core.kernel.i18n import N_, _
from core.people import commands
from core.people import queries as people
from core.ui import url
from core.ui.find import pick
from core.ui.form import EARLIEST, Form
from core.ui.happened import preview_and_save, relations_to
from core.ui.page import or_stop, page
from core.ui.pieces import card, empty, hint, link

uow = page(
    N_("Merge households"), icon="merge", section=N_("Daily work"), needs="household.edit", hidden=True
)

# read
with or_stop():
    home = people.household(uow, url.text("household"))
    member = people.person(uow, url.text("with")) if url.text("with") else None
    other = people.household(uow, member.household_id) if member and member.household_id else None
neighbours = (
    people.households(uow, people.HouseholdFilter(house_id=home.house_id)).items if home.house_id else []
)
kept = {"household": str(home.id)}

# show
link(home.address or _("Household"), f"household?id={home.id}", "arrow_back")
with card("other", _("Which household joins?"), "merge"):
    for one in neighbours:
        if one.id != home.id and one.head_id:
            link(
                _("Household of {name}").format(name=one.head),
                f"household_merge?household={home.id}&with={one.head_id}",
            )
    pick(
        uow.actor,
        "person",
        label=_("Or somebody of it"),
        page="pages/household_merge.py",
        parameter="with",
        **kept,
    )
    if member and other is None:
        hint(_("This person belongs to no household."))
if other is None or not home.members:
    empty(_("First choose the other household."), _("Type the name of somebody who belongs to it."))
    st.stop()
form = Form(f"merge-{home.id}-{other.id}")
with card("join", _("What each of them is to the head"), "family_restroom"):
    head = next((one for one in home.members if one.id == home.head_id), home.members[0])
    relations = relations_to(head, other.members, form.key)
    day = st.date_input(
        _("From which day"),
        key=f"{form.key}-day",
        value=date.today(),
        min_value=EARLIEST,
        max_value=date.today(),
    )
    reason = st.text_input(_("Reason"), key=f"{form.key}-reason", max_chars=100)

# act
join = (home.id, other.id, relations, day, reason)
if preview_and_save(uow, form, _("Merge the households"), commands.merge_households, *join):
    st.switch_page("pages/household.py", query_params={"id": str(home.id)})
