"""One entry of a register: what it says, photos, and who changed it."""

import streamlit as st

from core.entries import commands
from core.entries import queries as entries
from core.kernel.crypto import Sealed
from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.areas import crumbs
from core.ui.page import or_stop, page, show_problems
from core.ui.person import trail_table
from core.ui.photos import photos
from core.ui.pieces import Tone, ago, card, chips, freshness_tone
from core.ui.registers import entry_facts, entry_links
from core.ui.reveal import reveal_popover
from core.ui.verify import verify_button

uow = page(
    N_("Entry of a register"), icon="menu_book", section=N_("Daily work"), needs="register.view", hidden=True
)
actor = uow.actor

# read
with or_stop():
    book = url.text("register")
    entry = entries.entry(uow, book, url.text("id"))
    view = entries.register(uow, book, entry.area)

# show
crumbs(entry.chain)
with card("entry", entry.title, view.icon):
    st.page_link(
        "pages/register.py",
        label=_(view.title),
        icon=":material/arrow_back:",
        query_params={"register": book},
    )
    late: list[tuple[str, Tone, str]] = [(_("Overdue"), "bad", "")] if entry.is_overdue else []
    chips(
        [
            *late,
            (
                _("Verified {when}").format(when=ago(entry.verified_at)),
                freshness_tone(entry.verified_at),
                entry.verified_by,
            ),
        ]
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if entry.may_write:
            verify_button(
                lambda source: commands.verify_entry(uow, book, entry.id, source), key=f"entry-{entry.id}"
            )
            st.page_link(
                "pages/entry_edit.py",
                label=_("Edit"),
                icon=":material/edit:",
                query_params={"register": book, "id": str(entry.id)},
            )
        entry_links(entry)
        if actor.may("person.reveal"):
            sealed = {
                k.name: _(k.label) for k in view.fields if k.kind is Sealed and entry.values.get(k.name)
            }
            reveal_popover(
                sealed,
                lambda name, why: commands.reveal_entry(uow, book, entry.id, name, why),
                key=f"{entry.id}",
            )

left, right = st.columns([3, 2])
with left:
    entry_facts(view, entry)
with right:
    photos(uow, entry.kind, entry.id, page="entry")
    if actor.may("record.history"):
        with card("trail", _("History and who looked"), "history"), show_problems():
            trail_table(entries.trail(uow, book, entry.id))

# act
if entry.may_write:
    with (
        st.popover(_("Remove the entry"), icon=":material/delete:"),
        st.form(f"remove-{entry.id}", border=False),
    ):
        reason = st.text_input(_("Reason"), key=f"remove-why-{entry.id}", max_chars=100)
        if st.form_submit_button(_("Remove"), type="primary"):
            with show_problems():
                commands.remove_entry(uow, book, entry.id, reason)
                st.switch_page("pages/register.py", query_params={"register": book, "removed": str(entry.id)})
