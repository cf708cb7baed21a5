"""Consent texts: each version as people agreed to it, two of them side by side, and the next one."""

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import LANGUAGES, N_, _, language
from core.rights import queries as rights
from core.ui import url
from core.ui.consents import compare, draft_form, text_card, text_row
from core.ui.page import page, show_problems
from core.ui.pieces import card, empty
from core.ui.table import Column, table

uow = page(
    N_("Consent texts"), icon="handshake", section=N_("Administration"), needs="consent.view", order=72
)
names = codes("consent_text", lang=language.get())

# read
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    key = url.choice(_("Text"), "key", names, width=260)
    speaks = url.choice(_("Language"), "language", LANGUAGES)
found = rights.texts(uow, key, speaks)
chosen = next((one for one in found if one.id == url.number("id")), None)

# show
if chosen:
    same = [o for o in found if (o.key, o.language) == (chosen.key, chosen.language) and o.id != chosen.id]
    with show_problems():
        text_card(uow, chosen)
        compare(chosen, same)
if found:
    table(
        (
            Column("title", N_("Title"), "main"),
            Column("version", N_("Version"), "number"),
            Column("language", N_("Language")),
            Column("state", N_("State")),
            Column("valid", N_("Valid from"), "labelled"),
            Column("approved", N_("Approved by")),
            Column("consents", N_("Consents"), "number"),
        ),
        [text_row(one) for one in found],
        key="texts",
    )
else:
    empty(_("There is no such text yet."), _("A lead drafts it; the security administrator approves it."))

# act
if uow.actor.may("consent.edit"):
    with card("draft", _("Write the next version"), "edit_note"):
        draft_form(uow, chosen if chosen else None)
