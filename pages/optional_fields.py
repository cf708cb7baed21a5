"""Optional standard fields: which ones this place asks for, and what for."""

import streamlit as st

from core.designs import commands
from core.designs import queries as designs
from core.designs.rules import SHARED
from core.kernel.i18n import N_, _
from core.places.queries import area_names
from core.ui.page import page, show_problems
from core.ui.pieces import card, hint

uow = page(
    N_("Optional standard fields"),
    icon="toggle_on",
    section=N_("Administration"),
    needs="register.design",
    order=61,
    hidden=True,
)

# read
lines = designs.switchboard(uow)
places = area_names(uow, {line.decided_at for line in lines if line.decided_at})

# show
st.page_link("pages/designs.py", label=_("Registers and fields"), icon=":material/arrow_back:")
hint(_("Collect only what a purpose needs. A field that is off is not asked for; what was filled in stays."))
for of in dict.fromkeys(line.of for line in lines):
    with card(f"switch_{of}", _(SHARED[of])):
        for line in (one for one in lines if one.of == of):
            with (
                st.form(f"{of}-{line.name}", border=False),
                st.container(horizontal=True, vertical_alignment="center"),
            ):
                is_on = st.toggle(_(line.label), line.is_on, key=f"on-{of}-{line.name}", width=190)
                purpose = st.text_input(
                    _("What it is needed for"),
                    line.purpose,
                    max_chars=200,
                    key=f"for-{of}-{line.name}",
                    placeholder=_("What it is needed for"),
                    label_visibility="collapsed",
                )
                st.caption(places.get(line.decided_at, _("Setting of the office")), width=140)
                # act
                if st.form_submit_button(_("Save"), icon=":material/save:"):
                    with show_problems():
                        commands.switch_field(uow, line.of, line.name, is_on, purpose)
                        st.toast(_("Saved."), icon=":material/check_circle:")
                        st.rerun()
