"""Showing one sealed field in full, for a reason, which leaves a line in the log."""

from collections.abc import Callable, Mapping

import streamlit as st

from core.kernel.i18n import _
from core.ui.page import show_problems
from core.ui.pieces import hint


def reveal_popover(names: Mapping[str, str], reveal: Callable[[str, str], str], *, key: str) -> None:
    """Choose a field by its name and say why; `reveal` gets both. Nothing to choose: nothing shows."""
    if not names:
        return
    with (
        st.popover(_("Show a number in full"), icon=":material/visibility:"),
        st.form(f"reveal-{key}", border=False),
    ):
        name = st.radio(
            _("Which"),
            list(names),
            format_func=lambda n: names[n],
            horizontal=True,
            key=f"reveal-which-{key}",
        )
        reason = st.text_input(
            _("Reason"),
            key=f"reveal-reason-{key}",
            max_chars=100,
            placeholder=_("Such as: checks the ID card at the door"),
        )
        hint(_("Your name, the time and the reason are written into the audit log."))
        if st.form_submit_button(_("Show"), type="primary") and name:
            with show_problems():
                st.code(reveal(name, reason), language=None)
