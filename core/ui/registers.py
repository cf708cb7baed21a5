"""Registers as pages show them: cards, filters, the list, an entry, and sheets in and out."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from core.entries import commands
from core.entries.queries import (
    COMING,
    OVERDUE,
    RANGE,
    EntryDetail,
    EntryFilter,
    EntryLine,
    RegisterCard,
    RegisterView,
)
from core.kernel import sheets
from core.kernel.fields import Declared
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.ui import url
from core.ui.areas import filter_area
from core.ui.page import show_problems
from core.ui.pieces import card, facts, hint, link, said
from core.ui.table import Cell, Column, Row, chip, table
from core.ui.widgets import thumbnail

DUE = {OVERDUE: N_("Overdue"), COMING: N_("Within 30 days")}
FORMS = {sheets.EXCEL: "Excel", sheets.CSV: "CSV"}


def register_cards(cards: Sequence[RegisterCard], under: str) -> None:
    """One card for each register: how much is in it, and what is overdue."""
    with st.grid(min_column_width=280, gap="small"):
        for one in cards:
            with card(f"register_{one.name}"):
                st.page_link(
                    "pages/register.py",
                    label=f"**{_(one.title)}**",
                    icon=f":material/{one.icon}:",
                    query_params={"register": one.name, "under": under},
                    width="stretch",
                )
                hint(_(one.about) if one.about else "")
                with st.container(
                    horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
                ):
                    st.markdown(_("{n} entries").format(n=f"**{one.count:,}**"))
                    if one.overdue:
                        link_overdue(one, under)


def link_overdue(one: RegisterCard, under: str) -> None:
    """The way from the number of overdue entries to these entries."""
    late = _("{n} overdue").format(n=f"{one.overdue:,}")
    where = {"register": one.name, "under": under, "due": OVERDUE}
    st.page_link("pages/register.py", label=f":red[{late}]", query_params=where)


# --- the list ---------------------------------------------------------------------------------------------


def entry_filters(uow: UnitOfWork, view: RegisterView) -> EntryFilter:
    """The row of filters over a list; all of them live in the address."""
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        under = filter_area(uow)
        words = url.words(
            _("Words"), "words", placeholder=_("Name, address, phone or ID, last four"), live="400ms"
        )
        values = {known.name: _filter(known) for known in view.filters}
        due = (
            url.choice(_("Next look"), "due", {key: _(label) for key, label in DUE.items()})
            if view.due
            else ""
        )
        orders = {known.name: _(known.label) for known in view.sorts}
        sort = url.choice(_("Order"), "sort", orders, width=170, nothing=_("Newest first"))
    chosen = {name: value for name, value in values.items() if value}
    return EntryFilter(
        under=under, words=words, values=chosen, due=due, sort=sort or (view.due if due else "")
    )


def _filter(known: Declared) -> str:
    """The filter that fits a field; "" narrows nothing."""
    label, choices = _(known.label), known.choices(language.get())
    if choices:
        return url.choice(label, known.name, choices)
    if known.kind is bool:
        return url.choice(label, known.name, {"1": _("Yes"), "0": _("No")}, width=110)
    if known.kind is date:
        low = url.when(_("{field} from").format(field=label), f"{known.name}-from")
        high = url.when(_("to"), f"{known.name}-to")
        return f"{low or ''}{RANGE}{high or ''}" if low or high else ""
    if known.kind in (int, float) and not known.facts.widget:
        return url.words(label, known.name, placeholder="1..10", width=110)
    return url.words(label, known.name, width=130)


def entries_table(view: RegisterView, lines: Sequence[EntryLine], *, key: str) -> None:
    """A page of entries; a click opens one."""
    columns = [Column("_title", _("Entry"), "main"), *(_column(known) for known in view.columns)]
    rows = [
        Row(
            {"_title": one.title, **{known.name: _cell(view, known, one) for known in view.columns}},
            href=f"entry?register={view.name}&id={one.id}",
        )
        for one in lines
    ]
    table(columns, rows, key=key)


def _column(known: Declared) -> Column:
    kind = (
        "number"
        if known.kind in (int, float) and not known.facts.widget
        else "labelled"
        if known.kind is date
        else ""
    )
    return Column(known.name, known.label, kind)


def _cell(view: RegisterView, known: Declared, line: EntryLine) -> Cell:
    value = line.values.get(known.name)
    if known.name == view.due and value:
        return chip(said(value), "bad" if line.is_overdue else "ok")
    return shown(known, value)


def shown(known: Declared, value: Any) -> Cell:
    """A value as a list shows it."""
    if value in (None, ""):
        return None
    if isinstance(value, bool):
        return chip(_("Yes"), "ok") if value else None
    if known.facts.widget == "picture":
        return _("Picture")
    if known.choices():
        return str(known.said(value, language.get()))
    return value if isinstance(value, int | float) else said(value)


# --- one entry --------------------------------------------------------------------------------------------


def entry_facts(view: RegisterView, entry: EntryDetail) -> None:
    """Every field of an entry under its heading, pictures after them, and what ended fields still say."""
    plain = [known for known in view.fields if known.facts.widget != "picture"]
    for group in dict.fromkeys(known.facts.group for known in plain):
        with card(f"facts_{group}".lower().replace(" ", "_"), _(group)):
            members = [known for known in plain if known.facts.group == group]
            facts(
                {_(known.label): known.said(entry.said.get(known.name), language.get()) for known in members}
            )
    pictures = [
        known for known in view.fields if known.facts.widget == "picture" and entry.values.get(known.name)
    ]
    if pictures:
        with card("own_pictures", _("Pictures")), st.container(horizontal=True):
            for known in pictures:
                with st.container(width="content"):
                    st.caption(_(known.label))
                    st.html(thumbnail(entry.values[known.name]))
    if entry.ended:
        with st.expander(_("Fields that have ended")):
            facts(entry.ended)


def entry_links(entry: EntryDetail) -> None:
    """The ways to the person and the house of an entry."""
    for name, target, icon in (("person_id", "person", "person"), ("house_id", "house", "home")):
        if entry.values.get(name) and entry.said.get(name):
            link(str(entry.said[name]), f"{target}?id={entry.values[name]}", icon)


# --- sheets -----------------------------------------------------------------------------------------------


def export_popover(make: Callable[[str, str, bool], bytes], name: str, *, key: str) -> None:
    """Ask what a sheet is for, and hand it over; `make` gets purpose, form and whether ended fields come along."""
    with st.popover(_("Export"), icon=":material/download:"), st.form(f"export-{key}", border=False):
        purpose = st.text_input(_("What for and for whom"), key=f"export-purpose-{key}", max_chars=120)
        form = st.radio(
            _("Form"), list(FORMS), format_func=lambda f: FORMS[f], horizontal=True, key=f"export-form-{key}"
        )
        ended = st.checkbox(_("With fields that have ended"), key=f"export-ended-{key}")
        hint(
            _(
                "Masked as on the screen. The purpose, the filter and the count are written into the audit log."
            )
        )
        if st.form_submit_button(_("Make the sheet"), type="primary"):
            with show_problems(), st.spinner(_("Writing the sheet…")):
                st.session_state[f"export-{key}-ready"] = (
                    form,
                    make(purpose, form or sheets.EXCEL, bool(ended)),
                )
    if made := st.session_state.pop(f"export-{key}-ready", None):
        form, data = made
        file = f"{name}-{date.today()}.{form}"
        st.download_button(
            _("Save {file}").format(file=file), data, file, key=f"export-save-{key}", icon=":material/save:"
        )


def entries_export(uow: UnitOfWork, view: RegisterView, wanted: EntryFilter) -> None:
    """The export of a register, by the filter of its list."""

    def make(purpose: str, form: str, ended: bool) -> bytes:
        return commands.export_entries(uow, view.name, wanted, purpose, form, with_ended=ended)

    export_popover(make, _(view.title), key=view.name)
