"""Views of the map: kept under a name, shared by a link, taken along as one file."""

from datetime import date
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from core.browsing import commands, queries
from core.browsing.queries import ViewLine
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.ui import url
from core.ui.page import or_stop, show_problems
from core.ui.pieces import card, empty, hint, said

MAP = "pages/map.py"
READY = "along-ready"


def follow_view(uow: UnitOfWork) -> None:
    """A shared link (?view=) becomes the address of its view; one that leads nowhere ends the page with a sentence."""
    token = url.text("view")
    if token:
        with or_stop():
            found = queries.shared_view(uow, token)
        st.switch_page(MAP, query_params=parameters(found.address))


def address_here() -> str:
    """The view that the address of this page brings along."""
    return urlencode(st.query_params.to_dict())


def parameters(address: str) -> dict[str, str]:
    """An address as pages are given it."""
    return dict(parse_qsl(address))


# --- this view -------------------------------------------------------------------------------------------


def keep_form(uow: UnitOfWork, address: str) -> None:
    """Keep the view under a name."""
    with card("keep_view", _("Keep this view"), "bookmark_add"), st.form("keep_view", border=False):
        title = st.text_input(_("Name of the view"), key="view-title", max_chars=40)
        hint(_("Where you look and which layers are on; what it shows is always as of now."))
        if st.form_submit_button(_("Keep"), type="primary"):
            with show_problems():
                commands.keep_view(uow, title, address)
                st.toast(_("The view is kept."), icon=":material/bookmark_added:")


def along_form(uow: UnitOfWork, address: str) -> None:
    """The view as one file that opens on any computer, for a purpose."""
    with card("along", _("Take along"), "download_for_offline"), st.form("along", border=False):
        title = st.text_input(_("Heading"), key="along-title", max_chars=40)
        purpose = st.text_input(_("What for and for whom"), key="along-purpose", max_chars=120)
        hint(_("One file with everything in view, masked as on the screen; it opens without any connection."))
        if st.form_submit_button(_("Make the file")):
            with show_problems(), st.spinner(_("Writing the file…")):
                st.session_state[READY] = title, commands.take_along(uow, address, title, purpose)
    if made := st.session_state.pop(READY, None):
        title, data = made
        file = "-".join((title.strip() or _("Map"), f"{date.today()}.html"))
        st.download_button(
            _("Save {file}").format(file=file),
            data,
            file,
            "text/html",
            key="along-save",
            icon=":material/save:",
        )


# --- all my views ----------------------------------------------------------------------------------------


def views_list(uow: UnitOfWork) -> None:
    """Every view I keep: open, share, rename, remove."""
    found = queries.my_views(uow)
    with card("views", _("My views"), "bookmarks"):
        if not found:
            empty(_("You keep no view yet."), _("Open the map, look where you want, and keep the view."))
        for one in found:
            _view(uow, one)


def _view(uow: UnitOfWork, one: ViewLine) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            MAP,
            label=f"**{one.title}**",
            icon=":material/map:",
            query_params=parameters(one.address),
            width="stretch",
        )
        st.caption(said(one.at))
        if one.token:
            st.badge(_("Shared"), icon=":material/link:", color="green")
        with st.popover(_("More"), icon=":material/more_horiz:", key=f"view-more-{one.id}"):
            _share(uow, one)
            _rename(uow, one)
            if st.button(_("Remove"), key=f"view-remove-{one.id}", icon=":material/delete:"):
                commands.remove_view(uow, one.id)
                st.rerun()


def _share(uow: UnitOfWork, one: ViewLine) -> None:
    is_on = st.toggle(_("Shared by a link"), value=bool(one.token), key=f"view-share-{one.id}")
    if is_on != bool(one.token):
        commands.share_view(uow, one.id, is_on)
        st.rerun()
    if one.token:
        st.code(f"{uow.office.settings.origin}/map?view={one.token}", language=None, wrap_lines=True)
        hint(_("Colleagues see with it what their own role and area show."))


def _rename(uow: UnitOfWork, one: ViewLine) -> None:
    title = st.text_input(_("Name of the view"), value=one.title, key=f"view-name-{one.id}", max_chars=40)
    if st.button(_("Rename"), key=f"view-rename-{one.id}", icon=":material/edit:"):
        with show_problems():
            commands.rename_view(uow, one.id, title)
            st.rerun()
