"""The two-click verification: from what it was found true, and done."""

from collections.abc import Callable

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import _, language
from core.kernel.problems import Problem


def verify_button(verify: Callable[[str], object], *, key: str) -> None:
    """A small menu: choosing where the knowledge comes from verifies the record."""
    names = codes("sources", lang=language.get())
    source = st.menu_button(
        _("Verify"),
        list(names),
        key=f"verify-{key}",
        icon=":material/task_alt:",
        type="primary",
        format_func=lambda code: names[code],
    )
    if source:
        try:
            verify(str(source))
        except Problem as trouble:
            st.error(trouble.sentence)
            return
        st.toast(_("Verified."), icon=":material/task_alt:")
        st.rerun()
