"""Codes to look after (编码维护审核): wrong or missing ones, buildings without an address, addresses filed twice."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.labels import queries as labels
from core.places import commands
from core.places import queries as places
from core.rebuilding import queries as rebuilding
from core.ui import url
from core.ui.areas import filter_area
from core.ui.code_care import cases_table, find_code, rules_table
from core.ui.form import Form
from core.ui.page import page, show_problems
from core.ui.pieces import card, empty, hint, link

uow = page(N_("Code maintenance"), icon="tag", section=N_("Places"), needs="rebuild.view", order=36)

# read
typed = url.words(_("House code"), "code", placeholder=_("24 digits, old ones too"), width=340)
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
rules = {rule.key: rule for rule in places.code_counts(uow, under)}
chosen = rules.get(url.text("rule"))

# show
if typed:
    with show_problems():
        find_code(places.by_code(uow, typed))
if chosen is None:
    place = under if under != uow.actor.area else ""
    missing = labels.unlabelled(uow, under) if uow.actor.may("label.view") else None
    rules_table(list(rules.values()), rebuilding.waiting(uow), missing, place)
else:
    link(_("All of it"), f"code_care?under={under}" if under != uow.actor.area else "code_care", "arrow_back")
    with card("rule", chosen.title, "tag"), show_problems():
        hint(chosen.help)
        found = places.code_cases(uow, chosen.key, under, url.text("after") or None)
        if found.items:
            cases_table(found.items)
            url.pager(found, "cases")
        else:
            empty(_("Nothing is left of it."), _("It was put right since it was counted."))

# act
if chosen and chosen.key in ("unentered", "digit") and chosen.count and uow.actor.may("house.edit"):
    form = Form(f"care-{chosen.key}")
    label = _("Enter all of them") if chosen.key == "unentered" else _("Give these the right code")
    if st.button(label, type="primary", icon=":material/done_all:", key=f"{form.key}:go"):
        with form.saving(_("Saved.")):
            if chosen.key == "unentered":
                commands.enter_codes(uow, under)
            else:
                commands.recode_houses(uow, [case.id for case in found.items])
            st.rerun()
