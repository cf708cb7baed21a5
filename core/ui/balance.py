"""The balanced proposal and the past of the grids, on the page where a community is divided."""

from collections.abc import Sequence

import streamlit as st

from core.gridding import commands, queries
from core.gridding.queries import Boundary, Drawing, Proposed
from core.gridding.rules import Draft, Part
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.ui import url
from core.ui.grids import DRAFT
from core.ui.page import show_problems
from core.ui.pieces import card, empty, hint, joined, said
from core.ui.table import Column, Row, chip, table

NAMED = 4
COLUMNS = (
    Column("title", N_("Change"), "main"),
    Column("grids", N_("Grids")),
    Column("day", N_("Valid since")),
    Column("who", N_("Who")),
    Column("why", N_("Reason"), "quiet"),
    Column("counts", N_("Records that moved"), "quiet"),
    Column("state", N_("State")),
)


def proposal_card(uow: UnitOfWork, drawing: Drawing) -> None:
    """Ask for a proposal, see how even it is, and take it over as the draft."""
    with card("proposal", _("Balanced proposal"), "balance"):
        hint(
            _(
                "Grids in one piece, compact, with borders along roads and between buildings, and the same load for "
                "each. It becomes a draft first: look at what would move, then save it or change it by hand."
            )
        )
        ways = {"number": _("By number of grids"), "each": _("By households per grid")}
        way = st.radio(
            _("How to divide"), list(ways), format_func=ways.get, key="proposal-way", horizontal=True
        )
        with st.form("proposal", border=False):
            wanted, households, weights = _asked(len(drawing.grids), way == "number")
            pressed = st.form_submit_button(_("Make a proposal"), icon=":material/auto_awesome:")
        if pressed:
            with show_problems(), st.spinner(_("Dividing…")):
                found = queries.proposal(uow, drawing.area, wanted, households, weights)
                st.session_state["proposal:found"] = (drawing.area, found)
        area, found = st.session_state.get("proposal:found", ("", None))
        if found is not None and area == drawing.area:
            _shown(drawing, found)


def _asked(now: int, by_number: bool) -> tuple[int | None, int | None, dict[str, float]]:
    """The number of grids, or the households for each; and what weighs how much."""
    low, high = queries.USUAL.start, queries.USUAL.stop - 1
    helped = _("Communities usually have {low} to {high} grids.").format(low=low, high=high)
    if by_number:
        wanted = st.number_input(
            _("Number of grids"), 1, 40, max(1, now), key="proposal-number", help=helped, width=220
        )
    else:
        wanted = st.number_input(
            _("Households per grid"), 20, 2000, 300, step=10, key="proposal-each", width=220
        )
    with st.expander(_("What weighs how much")), st.grid(min_column_width=150, gap="small"):
        weights = {
            key: float(
                st.number_input(
                    _(measure.title),
                    0.0,
                    100.0,
                    queries.usual_weights()[key],
                    step=0.1,
                    key=f"proposal-w-{key}",
                )
            )
            for key, measure in queries.MEASURES.items()
        }
    return (int(wanted), None, weights) if by_number else (None, int(wanted), weights)


def _shown(drawing: Drawing, found: Proposed) -> None:
    words = _(
        "{n} grids. The largest load is {after} above the mean (now {before}); {moving} households change their grid."
    )
    told = {"after": f"{found.after:.0%}", "before": f"{found.before:.0%}", "moving": found.moving}
    st.markdown(words.format(n=len(found.grids), **told))
    if found.ended:
        st.markdown(_("These grids would end: {names}.").format(names=joined(found.ended, "、")))
    if st.button(_("Take over as draft"), key="proposal-take", type="primary", icon=":material/draw:"):
        parts = tuple(Part(one.area, one.name, one.polygon) for one in found.grids)
        st.session_state[DRAFT] = Draft(kind="redraw", community=drawing.area, parts=parts)
        del st.session_state["proposal:found"]
        st.rerun()


# --- the past ---------------------------------------------------------------------------------------------


def past_shown(uow: UnitOfWork, community: str) -> Sequence[Boundary]:
    """The boundaries of the day in the address, to be drawn under those of today; nothing without a day."""
    day = url.day("on")
    return queries.boundaries_on(uow, community, day) if day else ()


def past_card(uow: UnitOfWork, community: str) -> None:
    """The changes of the grids with the way back, and the map of any day."""
    with card("past", _("Boundaries of before"), "history"):
        url.when(_("Show the boundaries of"), "on")
        lines = queries.grid_changes(uow, community)
        if not lines:
            empty(
                _("Nothing has changed here yet."),
                _("Each change is kept with its boundaries and can be taken back."),
            )
            return
        rows = [
            Row(
                {
                    "title": one.title,
                    "grids": _names(one.grids),
                    "day": said(one.on),
                    "who": one.who,
                    "why": one.reason,
                    "counts": joined(f"{label} {n}" for label, n in one.counts.items()),
                    "state": chip(_("taken back"), "warn") if one.undone_at else "",
                }
            )
            for one in lines
        ]
        table(COLUMNS, rows, key="grid-changes")
        _undo(uow, {one.id: f"{one.title} · {_names(one.grids)}" for one in lines if one.can_undo})


def _names(grids: Sequence[str]) -> str:
    """The first grids by name, and how many there are."""
    some = joined(grids[:NAMED], "、")
    return some if len(grids) <= NAMED else _("{some} and others, {n} in all").format(some=some, n=len(grids))


def _undo(uow: UnitOfWork, lines: dict[int, str]) -> None:
    if not lines:
        return
    with st.popover(_("Take a change back"), icon=":material/undo:"):
        number = st.selectbox(_("Change"), list(lines), format_func=lambda n: lines[n], key="undo-which")
        why = st.text_input(_("Reason"), key="undo-why", max_chars=200)
        hint(_("Boundaries become as before, and what moved stands where it stood; a new grid is closed."))
        if st.button(_("Take back"), key="undo-do", type="primary"):
            with show_problems():
                commands.undo_change(uow, int(number), why or "")
                st.toast(_("Taken back."), icon=":material/undo:")
                st.rerun()


def boundary_card(uow: UnitOfWork, path: str) -> None:
    """The boundaries that an area had, if it ever had another one, with the way to the map of then."""
    found = queries.boundary_past(uow, path)
    if len(found) < 2:
        return
    columns = (
        Column("name", N_("Area name"), "main"),
        Column("since", N_("Valid from")),
        Column("until", N_("Valid to")),
    )
    can_look = uow.actor.may("grid.draw")
    rows = [
        Row(
            {"name": one.name, "since": said(one.valid_from), "until": said(one.valid_to)},
            href=f"grid_draw?on={one.valid_from}" if can_look and one.valid_from else "",
        )
        for one in found
    ]
    with card("boundaries", _("Boundaries of before"), "history"):
        table(columns, rows, key="boundaries")
