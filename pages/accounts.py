"""Accounts: who may sign in, as what and for which branch; made, approved and audited by three separate persons."""

import streamlit as st

from core.accounts import queries as accounts
from core.accounts import rules
from core.kernel.i18n import N_, _
from core.places import queries as places
from core.ui import url
from core.ui.accounts import TONES, account_card, new_account, post_name, role_names
from core.ui.areas import filter_area
from core.ui.page import page, show_problems
from core.ui.pieces import ago, empty
from core.ui.table import Column, Row, chip, table

uow = page(
    N_("Accounts"), icon="manage_accounts", section=N_("Administration"), needs="account.view", order=60
)

# read
names = role_names()
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    role = url.choice(_("Role"), "role", names)
    state = url.choice(_("State"), "state", {s.value: _(title) for s, title in rules.STATES.items()})
    words = url.words(_("Name"), "words", live="400ms")
found = [
    a
    for a in accounts.accounts(uow, under)
    if (not role or a.role == role)
    and (not state or a.state.value == state)
    and (words in a.name or words.lower() in a.login)
]
where = places.area_names(uow, [a.area for a in found])

# show
if (number := url.number("id")) is not None:
    with show_problems():
        chosen = accounts.account(uow, number)
        account_card(uow, chosen, where.get(chosen.area, chosen.area))
if uow.actor.may("account.edit"):
    with st.expander(_("Add an account"), icon=":material/person_add:"):
        new_account(uow)
if found:
    st.caption(_("{n} accounts").format(n=len(found)))
    table(
        (
            Column("name", N_("Name"), "main"),
            Column("login", N_("Sign-in name")),
            Column("role", N_("Role")),
            Column("area", N_("Branch")),
            Column("state", N_("State")),
            Column("seen", N_("Last seen")),
        ),
        [
            Row(
                {
                    "name": a.name,
                    "login": a.login,
                    "role": post_name(a.role, a.line),
                    "area": where.get(a.area, a.area),
                    "state": chip(_(rules.STATES[a.state]), TONES[a.state]),
                    "seen": ago(a.last_seen),
                },
                href=f"accounts?id={a.id}",
            )
            for a in found
        ],
        key="accounts",
    )
else:
    empty(_("No account matches."), _("Take away a filter, or add an account."))
