"""What the office designs for itself: registers, and own fields of shared records."""

import streamlit as st

from core.designs import commands
from core.designs import queries as designs
from core.designs.models import REGISTER
from core.kernel.i18n import N_, _
from core.ui.page import page, show_problems
from core.ui.pieces import card, empty, hint, said
from core.ui.table import Column, Row, chip, table

uow = page(
    N_("Registers and fields"),
    icon="design_services",
    section=N_("Administration"),
    needs="register.design",
    order=60,
)

# read
found = designs.designs(uow)
kinds = designs.extendable(uow)

# show
COLUMNS = (
    Column("title", N_("Register or record"), "main"),
    Column("state", N_("State")),
    Column("fields", N_("Fields"), "number"),
    Column("number", N_("Version"), "number"),
)


def states(one: designs.DesignLine) -> list[dict[str, str]]:
    """Marks of a design: draft, in force, changed, waiting, ended."""
    marks = [chip(_("In force"), "ok") if one.number else chip(_("Draft"), "warn")]
    marks += [chip(_("Draft differs"), "info")] if one.is_changed and one.number else []
    marks += [chip(_("Waits for the security administrator"), "warn")] if one.waits else []
    return marks + ([chip(_("Ended {day}").format(day=said(one.ended_on)), "bad")] if one.ended_on else [])


def name_of(one: designs.DesignLine) -> str:
    """A register by its title, own fields by their kind of record."""
    return (
        one.title or _("No name yet")
        if one.of == REGISTER
        else _("Fields of: {kind}").format(kind=_(kinds[one.of]))
    )


if found:
    rows = [
        Row(
            {"title": name_of(one), "state": states(one), "fields": one.fields, "number": one.number},
            href=f"design?id={one.id}",
        )
        for one in found
    ]
    table(COLUMNS, rows, key="designs")
else:
    empty(
        _("Nothing has been designed yet."), _("Begin a register below, or add fields to a kind of record.")
    )

# act
made: int | None = None
left, right = st.columns(2)
with (
    left,
    card("new_register", _("A register of your own"), "add_notes"),
    st.form("new_register", border=False),
):
    title = st.text_input(_("Name of the register"), max_chars=40, key="new_title")
    if st.form_submit_button(_("Begin"), type="primary", icon=":material/add:"):
        with show_problems():
            made = commands.add_design(uow, REGISTER, title)
with right, card("new_fields", _("Fields of your own"), "playlist_add"), st.form("new_fields", border=False):
    of = st.selectbox(
        _("On which records"), list(kinds), format_func=lambda name: _(kinds[name]), key="new_of"
    )
    hint(_("They appear in form, list, search, import and export of these records, at and below your place."))
    if st.form_submit_button(_("Open"), icon=":material/edit:"):
        with show_problems():
            made = commands.add_design(uow, of or "Person")
st.page_link("pages/optional_fields.py", label=_("Optional standard fields"), icon=":material/toggle_on:")
if made:
    st.switch_page("pages/design.py", query_params={"id": str(made)})
