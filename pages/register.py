"""One register: its entries, filtered and in the order one wants; add, take out, take in."""

import streamlit as st

from core.entries import commands
from core.entries import queries as entries
from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.page import or_stop, page, show_problems
from core.ui.pieces import empty, hint
from core.ui.registers import entries_export, entries_table, entry_filters

uow = page(N_("Register"), icon="menu_book", section=N_("Daily work"), needs="register.view", hidden=True)

# read
with or_stop():
    view = entries.register(uow, url.text("register"))
with st.container(horizontal=True, vertical_alignment="center"):
    st.page_link("pages/registers.py", label=_("Registers"), icon=":material/arrow_back:")
    st.subheader(f":material/{view.icon}: {_(view.title)}", anchor=False)
hint(_(view.about) if view.about else "")
wanted = entry_filters(uow, view)

# act
with st.container(horizontal=True, vertical_alignment="center"):
    there = {"register": view.name}
    if view.may_write:
        st.page_link(
            "pages/entry_edit.py", label=_("Add an entry"), icon=":material/add_circle:", query_params=there
        )
    if view.may_import:
        st.page_link(
            "pages/register_import.py",
            label=_("Take in a sheet"),
            icon=":material/upload_file:",
            query_params=there,
        )
    if view.may_export:
        entries_export(uow, view, wanted)
    removed = url.number("removed")
    if (
        removed
        and view.may_write
        and st.button(_("Bring the removed entry back"), key="undo", icon=":material/undo:")
    ):
        with show_problems():
            commands.restore_entry(uow, view.name, removed)
            url.keep(removed=None)
            st.toast(_("The entry is back."), icon=":material/undo:")
            st.rerun()

# show
if view.is_ended:
    st.info(_("This register has ended; it can only be read."), icon=":material/lock:")
with show_problems():
    found = entries.find_entries(uow, view.name, wanted, url.text("after") or None)
    if found.items:
        entries_table(view, found.items, key=f"entries-{view.name}")
        url.pager(found, "entries")
    else:
        empty(_("No entry matches."), _("Take away a filter, add an entry, or take in a sheet."))
