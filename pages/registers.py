"""The registers of the office, brought along or designed here: how much is in them, and what is overdue."""

import streamlit as st

from core.entries import queries as entries
from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.areas import filter_area
from core.ui.page import page
from core.ui.pieces import empty
from core.ui.registers import register_cards

uow = page(N_("Registers"), icon="menu_book", section=N_("Basic records"), needs="register.view", order=40)

# read
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    words = url.words(_("Name of a register"), "words", live="400ms")
    if uow.actor.may("register.design"):
        st.page_link(
            "pages/designs.py", label=_("Design registers and fields"), icon=":material/design_services:"
        )
found = [card for card in entries.cards(uow, under) if words in _(card.title) + _(card.about)]

# show
if found:
    register_cards(found, under if under != uow.actor.area else "")
else:
    empty(_("No register is called so."), _("Take away a letter, or design a register of your own."))
