"""Verifying a record: what somebody saw, and from what they know it; the whole record is two clicks away."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import _, language
from core.kernel.problems import Problem
from core.ui.facts import Looks, look_said

Verify = Callable[..., object]


def verify_button(
    verify: Verify, *, key: str, fields: Mapping[str, str] | None = None, looks: Looks | None = None
) -> None:
    """Choosing where the knowledge comes from verifies the record, or only the key `fields` (name -> label) that were
    chosen. `verify` gets the source and the names of the fields."""
    with st.popover(_("Verify"), icon=":material/task_alt:", type="primary", key=f"verify-{key}"):
        chosen = _what(key, fields or {}, looks)
        st.caption(_("How do you know?"))
        names = codes("sources", lang=language.get())
        with st.container(horizontal=True, gap="small"):
            for source, name in names.items():
                if st.button(name, key=f"verify-{key}-{source}"):
                    _verify(verify, source, chosen)


def _what(key: str, fields: Mapping[str, str], looks: Looks | None) -> list[str]:
    """The fields that somebody saw; none chosen means everything."""
    if not fields:
        return []
    chosen = st.pills(
        _("What did you see? Nothing chosen: everything."),
        list(fields),
        format_func=lambda name: fields[name],
        selection_mode="multi",
        key=f"verify-{key}-fields",
    )
    if looks:
        lines = [f"{label}：{look_said(looks.get(name))}" for name, label in fields.items()]
        st.caption("  \n".join(lines))
    return list(chosen)


def _verify(verify: Verify, source: str, chosen: Sequence[str]) -> None:
    try:
        verify(source, chosen) if chosen else verify(source)
    except Problem as trouble:
        st.error(trouble.sentence)
        return
    st.toast(_("Verified."), icon=":material/task_alt:")
    st.rerun()
