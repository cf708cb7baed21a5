"""A person: facts, household, home, relations, service tags with why, history and who looked."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.people import commands
from core.people import queries as people
from core.people.models import Person
from core.ui import url
from core.ui.graph import relation_graph
from core.ui.page import or_stop, page, show_problems
from core.ui.person import (
    declared_facts,
    household_card,
    residences_table,
    reveal_card,
    tags_card,
    trail_table,
)
from core.ui.photos import photos
from core.ui.pieces import Tone, ago, card, chips, coded, freshness_tone
from core.ui.rights import consents_card
from core.ui.proposals import ways
from core.ui.verify import verify_button

uow = page(N_("Person profile"), icon="person", section=N_("Daily work"), needs="person.view", hidden=True)
actor = uow.actor

# read
with or_stop():
    person = people.person(uow, url.text("id"))
tags = people.tags_of(uow, person.id)

# show
values = person.values
tag_chips: list[tuple[str, Tone, str]] = [
    (tag.title, "warn" if tag.sensitive else "ok", tag.why) for tag in tags if tag.key != "流动人口"
]
gone: list[tuple[str, Tone, str]] = (
    [(coded("person_state", values["state"]), "bad", "")] if values["state"] != "here" else []
)
with card("who"):
    st.subheader(f"{values['name']}", anchor=False)
    chips(
        [
            (coded("gbt2261_1_sex", values["sex"]), "", ""),
            (_("{n} years").format(n=person.age), "", str(values["birth"])),
            (coded("person_category", values["category"]), "info", ""),
            *gone,
            (
                _("Verified {when}").format(when=ago(person.verified_at)),
                freshness_tone(person.verified_at),
                person.verified_by,
            ),
            *tag_chips,
        ]
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if actor.may("person.edit"):
            verify_button(
                lambda source: commands.verify_person(uow, person.id, source), key=f"person-{person.id}"
            )
            st.page_link(
                "pages/person_edit.py",
                label=_("Edit"),
                icon=":material/edit:",
                query_params={"id": str(person.id)},
            )
        if person.house_id:
            st.page_link(
                "pages/house.py",
                label=person.address or _("Home"),
                icon=":material/home:",
                query_params={"id": str(person.house_id)},
            )
        ways(uow, "Person", person.id)

left, right = st.columns([3, 2])
with left:
    declared_facts(uow, Person, values, person.area)
    if actor.may("person.reveal"):
        reveal_card(uow, person)
    with card("residences", _("Where they lived"), "home_pin"):
        residences_table(uow, person.id)
        if actor.may("residence.edit"):
            st.page_link(
                "pages/residence.py",
                label=_("Moves or moves out"),
                icon=":material/moving:",
                query_params={"person": str(person.id)},
            )
    photos(uow, "Person", person.id)
with right:
    household_card(uow, person)
    consents_card(uow, "Person", person.id)
    tags_card(uow, person.id, tags)
    with card("graph", _("Relations"), "hub"), show_problems():
        relation_graph(people.graph(uow, person.id), key="graph")
        if actor.may("person.edit"):
            st.page_link(
                "pages/relation.py",
                label=_("Add a relation"),
                icon=":material/add_link:",
                query_params={"person": str(person.id)},
            )

# act
if actor.may("record.history"):
    with card("trail", _("History and who looked"), "history"), show_problems():
        trail_table(people.trail(uow, person.id))
