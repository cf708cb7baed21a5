"""All answers to a search, with a choice of what to look for."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.search import search
from core.ui import url
from core.ui.find import KINDS, link
from core.ui.page import page, show_problems
from core.ui.pieces import empty

uow = page(N_("Search"), icon="search", section=N_("Daily work"), needs="search", order=15)

# read
typed = st.text_input(
    _("Words"),
    value=url.text("q"),
    key="q",
    live="250ms",
    type="search",
    placeholder=_("Name, address, phone or ID, last four"),
    label_visibility="collapsed",
)
kinds = st.pills(
    _("Kind"),
    list(KINDS),
    key="kinds",
    selection_mode="multi",
    label_visibility="collapsed",
    format_func=lambda kind: _(KINDS[kind][0]),
)
url.keep(q=typed.strip())

# show
if not typed.strip():
    empty(
        _("Type a name, a piece of an address, a phone or an identity number."),
        _("Two characters of a name are enough; of a number, all of it or the last four."),
    )
    st.stop()
with show_problems():
    hits = search(uow, typed, kinds=tuple(kinds), limit=60)
    for hit in hits:
        link(hit)
    if not hits:
        empty(_("Nothing found in your area."), _("Try fewer words, or the last four digits of a number."))
