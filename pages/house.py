"""A house: its address, who lives there now or lived there on any day, and the building around it."""

from datetime import date

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.people import queries as people
from core.places import commands
from core.places import queries as places
from core.ui import url
from core.ui.areas import crumbs
from core.ui.matrix import matrix
from core.ui.organisations import house_card
from core.ui.page import or_stop, page, show_problems
from core.ui.people import occupants_table
from core.ui.photos import photos
from core.ui.pieces import HOUSE_TONES, ago, card, chips, coded, empty, facts, freshness_tone
from core.ui.proposals import ways
from core.ui.verify import verify_button

uow = page(N_("House"), icon="home", section=N_("Places"), needs="house.view", hidden=True)

# read
with or_stop():
    house = places.house(uow, url.text("id"))
cells = places.matrix(uow, house.building_id)
sees_people = uow.actor.may("person.view")

# show
crumbs(house.chain)
with card("house", house.title, "home"):
    state = codes("house_state", lang=language.get()).get(house.state, house.state)
    chips(
        [
            (state, HOUSE_TONES.get(house.state, ""), _("State")),
            (_("{n} residents").format(n=house.residents), "", ""),
            (
                _("Verified {when}").format(when=ago(house.verified_at)),
                freshness_tone(house.verified_at),
                house.verified_by,
            ),
        ]
    )
    facts(
        {
            _("Address"): house.address,
            _("House code"): house.code,
            _("Use"): coded("house_use", house.use),
            _("Ownership"): coded("house_ownership", house.ownership),
            _("Floor area (m²)"): house.floor_area,
            _("Building"): _("{floors} floors, {units} units").format(
                floors=house.building.floors, units=house.building.units
            ),
            _("Year built"): house.building.built_year,
            _("Note"): house.note,
        }
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if uow.actor.may("house.edit"):
            verify_button(
                lambda source: commands.verify_house(uow, house.id, source), key=f"house-{house.id}"
            )
            st.page_link(
                "pages/house_edit.py",
                label=_("Edit"),
                icon=":material/edit:",
                query_params={"id": str(house.id)},
            )
        ways(uow, "House", house.id)
        if uow.actor.may("household.edit"):
            there = {"house": str(house.id)}
            st.page_link(
                "pages/household_new.py",
                label=_("Enter a household"),
                icon=":material/group_add:",
                query_params=there,
            )
            st.page_link(
                "pages/person_edit.py",
                label=_("Add a person"),
                icon=":material/person_add:",
                query_params=there,
            )

if sees_people:
    with card("occupants", _("Who lives here"), "groups"), show_problems():
        on = st.date_input(
            _("On the day"),
            value=url.day("on"),
            key=f"on-{house.id}",
            max_value=date.today(),
            format="YYYY-MM-DD",
            width=180,
            help=_("Empty: now. Any day shows who lived here then."),
        )
        url.keep(on=on)
        found = people.occupants(uow, house.id, on)
        if found:
            occupants_table(uow, found, key="occupants")
        else:
            empty(
                _("Nobody is registered here on that day.") if on else _("Nobody is registered here."),
                _("Enter the household, or set the state to vacant when you have verified it."),
            )

house_card(uow, house.id, url.day("on"))
photos(uow, "House", house.id, usual="house")
with card("matrix", _("The building"), "grid_on"):
    st.page_link(
        "pages/building.py",
        label=house.building.address,
        icon=":material/apartment:",
        query_params={"id": str(house.building_id)},
    )
    matrix(cells, key="matrix", here=house.id)
