"""The first line of every page: what it is called, who may open it, who is here, and the search box."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.kernel.database import office
from core.kernel.i18n import _
from core.kernel.problems import Problem
from core.kernel.unit_of_work import UnitOfWork
from core.ui import session
from core.ui.find import search_box


def page(
    title: str, *, icon: str, section: str, needs: str, order: int = 50, hidden: bool = False
) -> UnitOfWork:
    """Declare, guard and title a page; navigation reads this call without running it.

    `section` groups the menu, `hidden` pages are reached from others only. Stops the page for those who may not.
    """
    actor = session.current_actor()
    if actor is None or actor.must_change:
        st.stop()  # the shell shows the way in; nobody gets past it by asking for a page alone
    with st.container(key="page_head", horizontal=True, vertical_alignment="center"):
        st.title(_(title), anchor=False, width="stretch")
        if actor.may("search"):
            with st.container(width=340, key="find"):
                search_box(actor)
    if not actor.may(needs):
        problem(_("Your role does not include this page."), _("Ask a system administrator if you need it."))
        st.stop()
    return office().uow(actor)


def problem(sentence: str, way_out: str = "") -> None:
    """A sentence about what went wrong, and the way to go."""
    st.error(f"{sentence}\n\n{way_out}" if way_out else sentence, icon=":material/error:")


@contextmanager
def show_problems() -> Iterator[None]:
    """Problems become sentences on the page; bugs stay bugs."""
    try:
        yield
    except Problem as trouble:
        details = [text for text in trouble.fields.values() if text and text != trouble.sentence]
        problem(trouble.sentence, "\n".join(f"- {text}" for text in details))


@contextmanager
def or_stop() -> Iterator[None]:
    """For reading what a page is about: a Problem ends the page with its sentence."""
    try:
        yield
    except Problem as trouble:
        problem(trouble.sentence, _("Go back, or search at the top."))
        st.stop()
