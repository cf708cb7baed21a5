"""A health check of the register: what is left behind, where, and the way to put it right."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.people import commands
from core.people import queries as people
from core.ui import url
from core.ui.areas import filter_area
from core.ui.page import page, show_problems
from core.ui.pieces import ago, card, empty, hint, link
from core.ui.table import Column, Row, chip, table

uow = page(N_("Health check"), icon="rule", section=N_("Basic records"), needs="check.view", order=60)
RULES = (
    Column("title", N_("Check"), "main"),
    Column("count", N_("Open cases"), "number"),
    Column("where", N_("Mostly in"), "wide"),
)
FOUND = (
    Column("about", N_("Whom or what"), "main"),
    Column("detail", N_("What there is to know"), "wide"),
    Column("area", N_("Area")),
)
MOST = 3

# read
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
lines = people.checks(uow, under)
chosen = next((line for line in lines if line.key == url.text("rule")), None)
place = url.text("place")

# show
here = f"&under={under}" if under != uow.actor.area else ""
if chosen is None:
    counted = max((line.counted_at for line in lines if line.counted_at), default=None)
    if counted:
        hint(_("Large areas are counted in the night; these counts are of {when}.").format(when=ago(counted)))
    rows = [
        Row(
            {
                "title": line.title,
                "count": line.count or None,
                "where": [chip(f"{name} {count}") for _area, name, count in line.places[:MOST]],
            },
            href=f"checks?rule={line.key}{here}" if line.count else "",
        )
        for line in lines
    ]
    table(RULES, rows, key="rules")
    if not any(line.count for line in lines):
        empty(_("Nothing is left behind here."), _("The check looks at everybody again at every visit."))
else:
    link(_("All checks"), f"checks?{here.lstrip('&')}", "arrow_back")
    with card("rule", chosen.title, "rule"), show_problems():
        hint(chosen.help)
        if len(chosen.places) > 1:
            names = {path: f"{name} ({count})" for path, name, count in chosen.places}
            place = url.choice(_("Where"), "place", names, width=260)
        found = people.findings(uow, chosen.key, place or under, url.text("after") or None)
        where = {path: name for path, name, _count in chosen.places}
        table(
            FOUND,
            [
                Row(
                    {"about": one.about, "detail": one.detail, "area": where.get(one.area, "")}, href=one.href
                )
                for one in found.items
            ],
            key="findings",
        )
        if not found.items:
            empty(_("Nothing is left of it."), _("It was put right since it was counted."))
        url.pager(found, "findings")

# act
if uow.actor.may("check.count") and st.button(_("Count again"), key="count", icon=":material/refresh:"):
    with show_problems(), st.spinner(_("Counting")):
        commands.count_checks(uow)
        st.rerun()
