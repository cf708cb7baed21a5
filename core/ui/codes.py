"""The parts of the page of code lists."""

import streamlit as st

from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.ui.form import Form
from core.ui.page import show_problems
from core.ui.pieces import card
from core.ui.table import Cell, Row, chip
from core.upkeep import commands
from core.upkeep.models import LocalCode
from core.upkeep.queries import CodeLine


def code_row(name: str, one: CodeLine) -> Row:
    """A code in its list; an own one opens above it."""
    origin = chip(_("national"), "") if one.id is None else chip(_("our own"), "info")
    ended = chip(_("ended {day}").format(day=one.ended_on), "warn") if one.ended_on else None
    marks = [origin, ended] if ended else [origin]
    cells: dict[str, Cell] = {"code": one.code, "name": one.name, "name_en": one.name_en, "origin": marks}
    return Row(cells, href=f"codes?list={name}&id={one.id}" if one.id else "")


def own_code(uow: UnitOfWork, one: CodeLine) -> None:
    """Correct what an own code is called, end it or put it back."""
    with card("own_code", f"{one.code} {one.name}", "edit"):
        form = Form(f"code-{one.id}", seen=one.version)
        form.current = one.version
        with st.form(form.key, border=False):
            known = [declared(LocalCode)[name] for name in ("name", "name_en")]
            values = form.ask(known, {"name": one.name, "name_en": one.name_en})
            if form.handed_in(_("Save")):
                with form.saving(_("Saved.")):
                    commands.edit_code(uow, one.id or 0, seen=form.seen, **values)
                    st.rerun()
        words = _("Offer it again") if one.ended_on else _("End it")
        if st.button(words, key=f"code-end-{one.id}", icon=":material/block:"):
            with show_problems():
                commands.end_code(uow, one.id or 0, one.ended_on is None)
                st.rerun()
