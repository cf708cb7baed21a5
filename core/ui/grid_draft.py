"""What a draft of the grids would do: records that move, loads before and after, the buttons that save or discard."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from core.gridding import commands, queries
from core.gridding.queries import Drawing, LoadLine, Preview
from core.gridding.rules import KINDS, Draft
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.ui.grids import DRAFT
from core.ui.page import show_problems
from core.ui.pieces import card, hint, joined, said
from core.ui.table import Column, Row, chip, table


def draft_card(uow: UnitOfWork, drawing: Drawing, told: Preview) -> None:
    """What the draft would do, and the buttons that do it or give it up."""
    draft: Draft = st.session_state[DRAFT]
    title = _("Draft") + " · " + _(KINDS[draft.kind])
    with card("draft", title, "draw"):
        for note in told.notes:
            st.warning(note, icon=":material/info:")
        _moves(told)
        load_table(told.loads, key="draft-loads")
        values = _asked(draft)
        with st.container(horizontal=True):
            save = st.button(
                _("Save"), key="draft-save", type="primary", icon=":material/save:", disabled=not told.can_be
            )
            if st.button(_("Discard"), key="draft-discard", icon=":material/delete:"):
                st.session_state.pop(DRAFT)
                st.rerun()
    if save:
        _save(uow, drawing, draft, *values)


def _asked(draft: Draft) -> tuple[str, date | None, str]:
    """Name of a new or merged grid, the day, and why."""
    with st.grid(min_column_width=200, gap="small"):
        has_name = draft.kind in ("draw", "split", "merge")
        name = st.text_input(
            _("Grid name"),
            key="draft-name",
            max_chars=60,
            placeholder=_("Empty: as before, or the next number"),
            disabled=not has_name,
        )
        day = st.date_input(_("Valid since"), value=date.today(), max_value=date.today(), key="draft-day")
        why = st.text_input(_("Reason"), key="draft-why", max_chars=200)
    return name or "", day if isinstance(day, date) else None, why or ""


def _save(uow: UnitOfWork, drawing: Drawing, draft: Draft, name: str, day: date | None, why: str) -> None:
    wish = Draft(**{**_plain(draft), "name": name})
    seen = {one.area: one.version for one in drawing.grids}
    with show_problems(), st.spinner(_("Moving records…")):
        commands.change_grids(uow, wish, day if day != date.today() else None, why, seen)
        for name in (DRAFT, "draft-name", "draft-why", "draft-day"):
            st.session_state.pop(name, None)
        st.toast(_("Saved. It can be taken back below."), icon=":material/check_circle:")
        st.rerun()


def _plain(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__}


def _moves(told: Preview) -> None:
    """How much moves, and which buildings."""
    if not told.buildings:
        hint(_("No record changes its grid."))
        return
    words = joined(f"{label} {n}" for label, n in told.counts.items())
    st.markdown(_("These records go to another grid: {what}.").format(what=words))
    with st.expander(_("Buildings that change their grid ({n})").format(n=len(told.buildings))):
        columns = (Column("address", N_("Address"), "main"), Column("way", N_("From → to")))
        rows = [
            Row({"address": one.address, "way": f"{one.start} → {one.to}"}, href=f"building?id={one.id}")
            for one in told.buildings
        ]
        table(columns, rows, key="draft-buildings")


def load_table(lines: Sequence[LoadLine], *, key: str) -> None:
    """Loads before and after, each grid and each of its workers."""
    measures = {name: measure.title for name, measure in queries.MEASURES.items()}
    columns = (
        Column("grid", N_("Grid"), "main"),
        Column("workers", N_("Grid workers"), "quiet"),
        *(Column(name, title) for name, title in measures.items()),
        Column("load", N_("Load")),
        Column("each", N_("Each worker"), "number"),
    )
    changed = sorted(lines, key=lambda one: one.before == one.after)
    table(columns, [Row(_cells(one, list(measures))) for one in changed], key=key)


def _cells(line: LoadLine, measures: Sequence[str]) -> dict[str, Any]:
    sides = (line.before, line.after)
    cells: dict[str, Any] = {
        name: _change(*(side.counts.get(name, 0) if side else None for side in sides)) for name in measures
    }
    cells["load"] = _change(*(round(side.weight) if side else None for side in sides))
    cells["grid"] = line.name if line.after else chip(_("{grid} ends").format(grid=line.name), "bad")
    cells["workers"] = joined(line.workers, "、")
    cells["each"] = round(line.each) if line.each is not None else None
    return cells


def _change(before: float | None, after: float | None) -> str:
    """One number, or two when it changes; a grid that is not there has a dash."""
    words = [said(None if each is None else f"{each:g}") for each in (before, after)]
    return words[0] if words[0] == words[1] else " → ".join(words)
