"""The past of any record on its page: as it was on a day, every change field by field, and what can be taken back."""

from collections.abc import Callable
from datetime import date, datetime

import streamlit as st

from core.kernel.fields import CHINA
from core.kernel.i18n import N_, _
from core.kernel.past import Change, History
from core.kernel.unit_of_work import UnitOfWork
from core.people import commands
from core.people import queries as people
from core.ui import url
from core.ui.form import Form
from core.ui.page import show_problems
from core.ui.pieces import card, coded, empty, hint, said
from core.ui.table import Cell, Column, Row, chip, table

COLUMNS = (
    Column("at", N_("Time"), "code"),
    Column("field", N_("Field"), "main"),
    Column("change", N_("Before → after"), "wide"),
    Column("who", N_("Who")),
    Column("why", N_("Why")),
)


def asked_day() -> date | None:
    """The day of the address on which the record is wanted as it was; None for today."""
    day = url.day("asof")
    return day if day and day < datetime.now(CHINA).date() else None


def choose_day(key: str) -> None:
    """Ask for a day; the page then shows the record as it was, under an address of its own."""
    today = datetime.now(CHINA).date()
    slot = f"asof-{key}-{url.text('asof')}"
    chosen = st.date_input(
        _("As it was on"), value=url.day("asof"), max_value=today, format="YYYY-MM-DD", width=180, key=slot
    )
    if chosen != url.day("asof"):
        url.keep(asof=chosen)
        st.rerun()


def banner(day: date, differences: int, known: bool = True) -> None:
    """Says loudly that this is the past, and leads back to today."""
    if not known:
        said_so = _("On {day} this record was not in the register yet.").format(day=day)
    elif differences:
        said_so = _("As it was on {day}. {n} facts are different today; they are marked.").format(
            day=day, n=differences
        )
    else:
        said_so = _("As it was on {day}. Nothing is different today.").format(day=day)
    st.warning(said_so, icon=":material/history:")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choose_day("banner")
        st.button(
            _("Back to today"), key="asof-back", icon=":material/today:", on_click=lambda: url.keep(asof=None)
        )


def history_card(asked: Callable[[str], History], page: str, record_id: int) -> None:
    """Every change, newest first, of one field if chosen; a line leads to the record as it was that evening."""
    with card("history", _("History"), "history"), show_problems():
        only = url.text("field")
        found = asked(only)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if asked_day() is None:
                choose_day("card")
            if found.fields:
                url.choice(_("Field"), "field", found.fields, width=200)
        if found.changes:
            table(COLUMNS, [_row(one, page, record_id) for one in found.changes], key="history")
        else:
            empty(_("No change is known."), _("From now on every change of a field stands here."))


def _row(one: Change, page: str, record_id: int) -> Row:
    source = coded("sources", one.source)
    cells: dict[str, Cell] = {
        "at": said(one.at),
        "field": one.label,
        "change": f"{one.before} → {one.after}" if one.before or one.after else None,
        "who": one.who,
        "why": [chip(source)]
        if source and not one.reason
        else " · ".join(filter(None, (one.reason, source))),
    }
    return Row(cells, href=f"{page}?id={record_id}&asof={one.day}")


def deeds_card(uow: UnitOfWork, kind: str, record_id: int) -> None:
    """What was done in one go, each with the way to take it back."""
    with show_problems():
        found = people.deeds_of(uow, kind, record_id)
        if not found:
            return
        with card("deeds", _("What happened"), "event_note"):
            for deed in found:
                _deed(uow, deed)


def _deed(uow: UnitOfWork, deed: people.DeedLine) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        undone = _("taken back by {who}").format(who=deed.undone_by) if deed.undone_at else ""
        about = " · ".join(part for part in (said(deed.at), deed.who, deed.reason, undone) if part)
        st.markdown(f"**{deed.title}**  \n:gray[{about}]", width="stretch")
        if deed.open:
            with st.popover(_("Take back"), icon=":material/undo:"):
                _take_back(uow, deed)


def _take_back(uow: UnitOfWork, deed: people.DeedLine) -> None:
    form = Form(f"undo-{deed.id}")
    hint(_("Everything this changed will be as it was before, if nothing of it has changed since."))
    why = st.text_input(_("Reason"), key=f"{form.key}-why", max_chars=100)
    if st.button(_("Take back"), key=f"{form.key}-go", type="primary"):
        with form.saving(_("Taken back.")):
            commands.undo(uow, deed.id, why)
            st.rerun()
