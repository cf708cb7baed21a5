"""A household: its home, head and members; correct it, change the head, let somebody leave."""

import streamlit as st

from core.kernel.codes import codes
from core.kernel.fields import declared
from core.kernel.i18n import N_, _, language
from core.people import commands
from core.people import queries as people
from core.people.models import Household
from core.ui import url
from core.ui.facts import Fact, fact_list
from core.ui.form import Form, choose
from core.ui.happened import happened_menu
from core.ui.history import asked_day, banner, deeds_card, history_card
from core.ui.page import or_stop, page
from core.ui.panels import panels
from core.ui.people import members_table
from core.ui.pieces import card, coded, empty, link
from core.ui.profile import strips
from core.ui.proposals import ways

uow = page(
    N_("Household"), icon="family_restroom", section=N_("Daily work"), needs="person.view", hidden=True
)

# read
with or_stop():
    home = people.household(uow, url.text("id"))
    day = asked_day()
    past = people.household_then(uow, home.id, day) if day else None
shown = past.then if past else home
relations = codes("gbt4761_family_relation", lang=language.get())
names = {m.id: m.name for m in home.members}

# show
if past and day:
    banner(day, len(past.differs), shown is not None)
if shown is None:
    st.stop()
strips(uow, "Household", home.id)
with card("household", _("Household {number}").format(number=home.number or home.id), "family_restroom"):
    fact_list(
        Fact(_(label), value, differs=bool(past and name in past.differs))
        for name, label, value in (
            ("kind", N_("Kind"), coded("household_kind", shown.kind)),
            ("house_id", N_("Home"), shown.address),
            ("size", N_("Members"), len(shown.members)),
            ("opened_on", N_("Opened on"), shown.opened_on),
            ("closed_on", N_("Closed on"), shown.closed_on),
        )
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if not past:
            happened_menu(uow, "household", home.id)
        if shown.house_id:
            link(shown.address or _("Home"), f"house?id={shown.house_id}", "home")
        ways(uow, "Household", home.id)
with card("members", _("Members"), "groups"):
    if shown.members:
        members_table(shown.members, key="members")
    else:
        empty(
            _("Nobody is left in this household."), _("Fill in the closing day, or enter the people again.")
        )
panels(uow, "Household", home.id)
if uow.actor.may("record.history"):
    deeds_card(uow, "Household", home.id)
    history_card(lambda only: people.household_history(uow, home.id, only), "household", home.id)
if past or not uow.actor.may("household.edit"):
    st.stop()

# act
with st.expander(_("Correct the household"), icon=":material/edit:"):
    form = Form(f"household-{home.id}", seen=home.version)
    form.current = home.version
    with st.form(form.key, border=False):
        values = form.ask(
            list(declared(Household).values()), {n: getattr(home, n) for n in declared(Household)}
        )
        if form.handed_in(_("Save")):
            with form.saving(_("Saved.")):
                commands.edit_household(uow, home.id, seen=form.seen or home.version, **values)
                st.rerun()
if len(home.members) > 1:
    with st.expander(_("Change the head"), icon=":material/swap_horiz:"):
        form = Form(f"head-{home.id}")
        head = st.selectbox(
            _("New head"),
            [m for m in names if m != home.head_id],
            format_func=lambda m: names[m],
            key=f"{form.key}-head",
        )
        with st.form(form.key, border=False):
            others = {
                m.id: choose(
                    _("{name} is to the new head").format(name=m.name),
                    relations,
                    f"{form.key}-{head}-{m.id}",
                    None,
                )
                for m in home.members
                if m.id != head
            }
            if form.handed_in(_("Save")) and head:
                with form.saving(_("Saved.")):
                    commands.change_head(uow, home.id, head, others)
                    st.rerun()
    with st.expander(_("Somebody leaves the household"), icon=":material/person_remove:"):
        form = Form(f"leave-{home.id}")
        with st.form(form.key, border=False):
            who = st.selectbox(
                _("Member"), list(names), format_func=lambda m: names[m], key=f"{form.key}-who"
            )
            if form.handed_in(_("Leave the household")) and who:
                with form.saving(_("Saved.")):
                    commands.leave_household(uow, who)
                    st.rerun()
