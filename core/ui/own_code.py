"""The own page of a person as the office sees it: giving a one-time code on paper."""

from urllib.parse import urlencode

import streamlit as st

from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.people import queries as people
from core.selfservice import commands, slips
from core.selfservice.rules import CHILD, grouped
from core.ui.page import show_problems
from core.ui.pieces import card, hint, said


def own_code_card(uow: UnitOfWork, person: people.PersonDetail) -> None:
    """Print a code for the person, or for the guardian of a child, after a look at the identity document."""
    if not uow.actor.may("own.code") or person.values["state"] == "dead":
        return
    key = f"own-{person.id}"
    with card("own_code", _("Own page of the person"), "key"):
        hint(
            _("With a code on paper they see on their phone what is held about them and who looked, and ask.")
        )
        with st.form(f"{key}-form", border=False):
            seen = st.checkbox(_("I have seen the identity document"), key=f"{key}-seen")
            guardian = _guardian(key) if person.age < CHILD else ""
            if st.form_submit_button(_("Give a code"), icon=":material/print:"):
                with show_problems():
                    st.session_state[key] = commands.give_code(
                        uow, person.id, seen_document=seen, guardian=guardian
                    )
        if slip := st.session_state.pop(key, None):
            _given(uow, slip)


def _guardian(key: str) -> str:
    return st.text_input(
        _("Guardian"),
        key=f"{key}-guardian",
        max_chars=60,
        placeholder=_("Name, and what they are to the child"),
    )


def _given(uow: UnitOfWork, slip: commands.Slip) -> None:
    """The code, once: it is kept nowhere."""
    st.success(
        _("Slip {number} · code {code} · good until {when}").format(
            number=grouped(slip.number), code=grouped(slip.code), when=said(slip.good_until)
        ),
        icon=":material/key:",
    )
    address = f"/papers/slip?{urlencode({'sheet': slips.sealed(slip, uow.actor, uow.now)})}"
    st.link_button(_("Print the slip (within five minutes)"), address, icon=":material/print:")
