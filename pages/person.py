"""A person: facts, household, home, relations, service tags with why, the past, and who looked."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.people import queries as people
from core.people.models import Person
from core.ui import url
from core.ui.graph import relations
from core.ui.happened import happened_menu
from core.ui.history import asked_day, deeds_card, history_card
from core.ui.own_code import own_code_card
from core.ui.page import or_stop, page, show_problems
from core.ui.panels import panels
from core.ui.person import (
    declared_facts,
    household_card,
    residences,
    reveal_card,
    tags_card,
    trail_table,
)
from core.ui.photos import photos
from core.ui.pieces import card, link
from core.ui.profile import merged_into, person_then, strips, twins_strip, verify_person, who
from core.ui.proposals import ways
from core.ui.rights import consents_card

uow = page(N_("Person profile"), icon="person", section=N_("Daily work"), needs="person.view", hidden=True)
actor = uow.actor

# read
with or_stop():
    person = people.person(uow, url.text("id"))
if person.merged_into:
    merged_into(person)
    if actor.may("record.history"):
        deeds_card(uow, "Person", person.id)
    st.stop()
if day := asked_day():
    person_then(uow, person.id, day)
    st.stop()
tags = people.tags_of(uow, person.id)
looks = people.person_freshness(uow, person.id)

# show
strips(uow, "Person", person.id)
twins_strip(uow, person.id)
with card("who"):
    who(person, tags)
    with st.container(horizontal=True, vertical_alignment="center"):
        if actor.may("person.edit"):
            verify_person(uow, person, looks)
            link(_("Edit"), f"person_edit?id={person.id}", "edit")
        happened_menu(uow, "person", person.id, () if person.household_id else ("birth", "household_split"))
        if person.house_id:
            link(person.address or _("Home"), f"house?id={person.house_id}", "home")
        ways(uow, "Person", person.id)

left, right = st.columns([3, 2])
with left:
    declared_facts(uow, Person, person.values, person.area, looks)
    if actor.may("person.reveal"):
        reveal_card(uow, person)
    with card("residences", _("Where they lived"), "home_pin"):
        residences(uow, person.id)
        if actor.may("residence.edit"):
            link(_("Moves or moves out"), f"residence?person={person.id}", "moving")
    photos(uow, "Person", person.id)
with right:
    household_card(uow, person)
    consents_card(uow, "Person", person.id)
    own_code_card(uow, person)
    tags_card(uow, person.id, tags)
    with card("graph", _("Relations"), "hub"), show_problems():
        relations(uow, person.id)
        if actor.may("person.edit"):
            link(_("Add a relation"), f"relation?person={person.id}", "add_link")
    panels(uow, "Person", person.id)

# act
if actor.may("record.history"):
    deeds_card(uow, "Person", person.id)
    history_card(lambda only: people.person_history(uow, person.id, only), "person", person.id)
    with card("trail", _("Who changed and who looked"), "policy"), show_problems():
        trail_table(people.trail(uow, person.id))
