"""One period in which a person lived in a house: who says so, what was said before, and putting it right."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.people import queries as people
from core.ui import url
from core.ui.page import or_stop, page
from core.ui.pieces import card, link
from core.ui.stay import put_right, statements_table, stay_facts, verify_stay

uow = page(
    N_("Period of a home"), icon="home_pin", section=N_("Daily work"), needs="person.view", hidden=True
)

# read
with or_stop():
    stay = people.stay(uow, url.text("id"))
    said = people.statements(uow, stay.residence_id) if uow.actor.may("record.history") else []
can_change = uow.actor.may("residence.edit") and stay.person_id is not None

# show
with st.container(horizontal=True):
    if stay.person_id:
        link(stay.name, f"person?id={stay.person_id}", "person")
    link(stay.address, f"house?id={stay.house_id}", "home")
with card("stay", f"{stay.name} · {stay.address}", "home_pin"):
    stay_facts(stay)
    if can_change:
        verify_stay(uow, stay)
if said:
    with card("statements", _("Who said what, and when"), "history"):
        statements_table(said)

# act
if can_change:
    done = put_right(uow, stay)
    if done == "withdraw":
        st.switch_page("pages/person.py", query_params={"id": str(stay.person_id)})
    elif done:
        st.rerun()
