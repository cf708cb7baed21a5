"""Requests of people about their own data: what is asked, until when, what was answered and why not."""

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.rights import queries as rights
from core.ui import url
from core.ui.page import page, show_problems
from core.ui.pieces import chips, empty
from core.ui.rights import (
    copy_card,
    decide_form,
    new_request,
    request_card,
    request_row,
)
from core.ui.table import Column, table

uow = page(
    N_("Requests about own data"),
    icon="contact_mail",
    section=N_("Daily work"),
    needs="request.view",
    order=45,
)
speaks = language.get()

# read
still, late = rights.open_counts(uow)
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    states = {"overdue": _("Overdue"), "soon": _("Due within a week"), **codes("request_state", lang=speaks)}
    state = url.choice(_("State"), "state", states)
    kind = url.choice(_("Asks to"), "kind", codes("request_kind", lang=speaks))
found = rights.requests(uow, state=state, kind=kind, start=url.text("after") or None)

# show
chips(
    [
        (_("{n} open").format(n=still), "info" if still else "ok", ""),
        (
            _("{n} overdue").format(n=late),
            "bad" if late else "ok",
            _("The law wants an answer within 30 days."),
        ),
    ]
)
if (number := url.number("id")) is not None:
    with show_problems():
        one = rights.request(uow, number)
        request_card(uow, one)
        decide_form(uow, one)
        copy_card(uow, one)
if found.items:
    table(
        (
            Column("name", N_("Who asks"), "main"),
            Column("kind", N_("Asks to")),
            Column("received", N_("Received on"), "labelled"),
            Column("due", N_("Due on"), "labelled"),
            Column("state", N_("State")),
            Column("handler", N_("Handled by")),
        ),
        [request_row(one) for one in found.items],
        key="requests",
    )
    url.pager(found, "requests")
else:
    empty(_("No request matches."), _("People may ask at any time what is held about them; take it in here."))

# act
if uow.actor.may("request.edit"):
    with st.expander(
        _("Take a request in"), icon=":material/add:", expanded=url.number("person") is not None
    ):
        new_request(uow, url.number("person"))
