"""Shifts of an area, and the track of one to be played again."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.staff import queries as staff
from core.ui import url
from core.ui.areas import filter_area
from core.ui.page import or_stop, page
from core.ui.pieces import card, empty, hint, link
from core.ui.staff import replay_map, shift_table, stay_table, track_facts

uow = page(N_("Tracks"), icon="route", section=N_("Daily work"), needs="staff.track", order=18, hidden=True)

# read
number = url.number("shift")
if number:
    with or_stop():
        track = staff.track(uow, number)
else:
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        under = filter_area(uow)
        day = url.when(_("Day"), "day")
    found = staff.shifts(uow, under, day, url.text("after") or None)

# show
if number:
    link(_("All shifts"), "track", "arrow_back")
    with card("track", track.name, "route"):
        track_facts(track)
        hint(_("This look is written down; {name} sees it.").format(name=track.name))
    replay_map(uow, track)
    stay_table(track)
elif found.items:
    shift_table(found.items, href="track?shift=", key="shifts")
    url.pager(found, "shifts")
else:
    empty(
        _("No shift matches."),
        _("Take away a filter; shifts are kept for half a year, their tracks only for days."),
    )
