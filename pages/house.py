"""A house: its address, who lives there now or lived there on any day, and the building around it."""

from datetime import date

import streamlit as st

from core.kernel.i18n import N_, _
from core.people import queries as people
from core.places import queries as places
from core.ui import url
from core.ui.areas import crumbs
from core.ui.happened import happened_menu
from core.ui.history import asked_day, banner, deeds_card, history_card
from core.ui.house import closed_notice, heading, house_facts, verify_house
from core.ui.matrix import matrix
from core.ui.page import or_stop, page, show_problems
from core.ui.panels import panels
from core.ui.people import occupants_table
from core.ui.photos import photos
from core.ui.pieces import card, empty, link
from core.ui.profile import strips
from core.ui.proposals import ways
from core.ui.timeline import house_bars

uow = page(N_("House"), icon="home", section=N_("Places"), needs="house.view", hidden=True)

# read
with or_stop():
    house = places.house(uow, url.text("id"))
    day = asked_day()
    past = places.house_then(uow, house.id, day) if day else None
shown, differs = (past.then, past.differs) if past else (house, frozenset[str]())
cells = places.matrix(uow, house.building_id)
looks = places.house_freshness(uow, house.id)
after = places.successors(uow, house.id) if house.closed_on else ()

# show
crumbs(house.chain)
if past and day:
    banner(day, len(differs), shown is not None)
if shown is None:
    st.stop()
strips(uow, "House", house.id)
with card("house", house.title, "home"):
    closed_notice(house, after)
    heading(shown)
    house_facts(uow, shown, None if past else looks, differs)
    if not past and house.closed_on is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            if uow.actor.may("house.edit"):
                verify_house(uow, house, looks)
                link(_("Edit"), f"house_edit?id={house.id}", "edit")
            happened_menu(uow, "house", house.id)
            ways(uow, "House", house.id)

if uow.actor.may("person.view"):
    with card("occupants", _("Who lives here"), "groups"), show_problems():
        on = st.date_input(
            _("On the day"),
            value=day or url.day("on"),
            key=f"on-{house.id}-{day}",
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
                _("Enter the household, or set the state to vacant when you have verified it.")
                if house.closed_on is None
                else _("Choose a day to see who lived here then."),
            )

    if not past:
        with card("timeline", _("Over the years"), "view_timeline"), show_problems():
            if stays := people.house_timeline(uow, house.id):
                house_bars(stays, key="timeline")
            else:
                empty(_("Nobody was ever registered here."), _("Enter who lives here or lived here before."))

panels(uow, "House", house.id)
photos(uow, "House", house.id, usual="house")
with card("matrix", _("The building"), "grid_on"):
    link(house.building.address, f"building?id={house.building_id}", "apartment")
    matrix(cells, key="matrix", here=house.id)

# act
if uow.actor.may("record.history"):
    if uow.actor.may("person.view"):
        deeds_card(uow, "House", house.id)
    history_card(lambda only: places.house_history(uow, house.id, only), "house", house.id)
