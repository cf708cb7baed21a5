"""Somebody came to live in a house: with the household, into one that lives there, or as a new one."""

from datetime import date

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.people import commands
from core.people import queries as people
from core.places import queries as places
from core.ui import url
from core.ui.find import pick
from core.ui.form import EARLIEST, Form, choose
from core.ui.happened import preview_and_save
from core.ui.page import or_stop, page
from core.ui.pieces import card, hint, link

uow = page(N_("Moved in"), icon="login", section=N_("Daily work"), needs="household.edit", hidden=True)

# read
with or_stop():
    person = people.person(uow, url.text("person")) if url.text("person") else None
    house = places.house(uow, url.text("house")) if url.text("house") else None
    living = people.households(uow, people.HouseholdFilter(house_id=house.id)).items if house else []
known = {name: url.text(name) for name in ("person", "house") if url.text(name)}

# show
if house:
    link(house.title, f"house?id={house.id}", "arrow_back")
with card("move_in", _("Who came, and to which house"), "login"):
    if person:
        link(f"{person.values['name']} · {person.address or '—'}", f"person?id={person.id}", "person")
    else:
        hint(
            _(
                "Somebody who is filed already, here or elsewhere in your area; enter new people as a household."
            )
        )
        pick(
            uow.actor,
            "person",
            label=_("Who moved in?"),
            page="pages/move_in.py",
            parameter="person",
            **known,
        )
        if house:
            link(_("Enter a household"), f"household_new?house={house.id}", "group_add")
    if house is None:
        pick(uow.actor, "house", label=_("Which house?"), page="pages/move_in.py", parameter="house", **known)
if person is None or house is None:
    st.stop()
form = Form(f"move-in-{person.id}-{house.id}")
ways = {"new": _("As a household of their own")}
ways |= {"all": _("With the whole household")} if person.household_id else {}
ways |= {str(one.id): _("Into the household of {name}").format(name=one.head or one.number) for one in living}
with card("how", _("How they live there"), "family_restroom"):
    way = st.radio(_("In which household?"), list(ways), format_func=lambda w: ways[w], key=f"{form.key}-way")
    kind = choose(
        _("Lives there as"), codes("residence_kind", lang=language.get()), f"{form.key}-kind", "owner"
    )
    relation = "02"
    if way not in ("new", "all"):
        relations = codes("gbt4761_family_relation", lang=language.get())
        kinds = {code: name for code, name in relations.items() if code > "02"}
        relation = choose(_("Relation to head"), kinds, f"{form.key}-relation", None, required=False)
    day = st.date_input(
        _("Day of the move"),
        key=f"{form.key}-day",
        value=date.today(),
        min_value=EARLIEST,
        max_value=date.today(),
    )
    place = st.text_input(_("From where"), key=f"{form.key}-place", placeholder=_("City, county or address"))

# act
if preview_and_save(
    uow,
    form,
    _("Save"),
    commands.move_in,
    person.id,
    house.id,
    day,
    kind=kind,
    with_household=way == "all",
    household_id=way if way not in ("new", "all") else None,
    relation=relation,
    place=place,
):
    st.switch_page("pages/house.py", query_params={"id": str(house.id)})
