"""Dividing a community on the map: what the map is given, what comes back from it, and what a draft would do."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import streamlit as st

from core.gridding import commands, queries
from core.gridding.queries import Boundary, Drawing, LoadLine, Preview
from core.gridding.rules import KINDS, Draft, Trouble
from core.kernel.i18n import N_, _
from core.kernel.problems import Problem
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Level
from core.ui import url
from core.ui.areas import tree
from core.ui.map import Happened, grid_map
from core.ui.page import problem, show_problems
from core.ui.pieces import card, empty, hint, said
from core.ui.table import Column, Row, chip, table

DRAFT, LOOK = "grids:draft", "grids:look"
"""What is being drawn and where the map shall look, until the page is left."""
WORDS = (
    N_("As it was then"),
    N_("Choose one grid first, on the map or in the list."),
    N_("Choose two or more neighbouring grids first."),
    N_("Choose {name}"),
    N_("Divide"),
    N_("Draft"),
    N_(
        "Drag a corner; a click in the middle of a side adds one, a right click takes one away. The neighbours follow."
    ),
    N_("Draw a grid"),
    N_("Draw the line from border to border; another click on its last point ends it."),
    N_("Finish"),
    N_("Grids of {name}"),
    N_("Merge"),
    N_("Move its border"),
    N_("On a phone the grids are looked at and checked; draw them at a desk."),
    N_("Save or discard the draft first."),
    N_("Something is wrong here"),
    N_("Split"),
    N_("The boundary crosses itself."),
    N_("To be put right ({n})"),
    N_("not drawn yet"),
    N_("{n} m²"),
)
"""What static/map/grids.mjs says."""


def choose_community(uow: UnitOfWork) -> str:
    """The community that is divided, kept in the address; whoever answers for one has no choice. Without any the page
    ends with the way to go."""
    found = {path: one.name for path, one in tree(uow).items() if one.level == Level.COMMUNITY}
    if not found:
        empty(
            _("There is no community in your area."), _("Grids are divided by who answers for a community.")
        )
        st.stop()
    if len(found) == 1:
        return next(iter(found))
    return url.choice(_("Community"), "under", found, width=260, nothing=next(iter(found.values()))) or next(
        iter(found)
    )


# --- the map ----------------------------------------------------------------------------------------------


def dividing_map(uow: UnitOfWork, drawing: Drawing, told: Preview | None, past: Sequence[Boundary]) -> None:
    """The community with its grids, the draft and where something is wrong; what is drawn becomes the draft."""
    troubles = told.troubles if told else drawing.troubles
    extra = {
        "words": {text: _(text) for text in WORDS},
        "name": drawing.name,
        "polygon": drawing.polygon,
        "grids": [_grid(drawing, n) for n in range(len(drawing.grids))],
        "draft": _shapes(drawing, told) if told else [],
        "past": [{"name": one.name, "polygon": one.polygon} for one in past if one.area != drawing.area],
        "troubles": [{**asdict(one), "blocking": one.is_blocking} for one in troubles],
        "look": st.session_state.get(LOOK),
    }
    happened = grid_map(uow, key="dividing", mode="grids", extra=extra, height=600)
    if happened and happened.kind == "drawn":
        st.session_state[DRAFT] = draft_of(happened, drawing.area)
        st.rerun()


def _grid(drawing: Drawing, number: int) -> dict[str, Any]:
    one = drawing.grids[number]
    counts = {key: one.load.counts.get(key, 0) for key in ("households", "people")}
    words = _("{households} households · {people} people").format(**counts)
    return {"area": one.area, "name": one.name, "polygon": one.polygon, "said": words, "tint": number}


def _shapes(drawing: Drawing, told: Preview) -> list[dict[str, Any]]:
    before = {one.area: one.polygon for one in drawing.grids}
    return [
        {"name": name, "polygon": rings, "changed": rings != before.get(key)}
        for key, name, rings in told.shapes
        if rings
    ]


def draft_of(happened: Happened, community: str) -> Draft:
    """What was drawn, as a wish."""
    given: Mapping[str, Any] = happened.value or {}
    known = {"grid": str(given.get("grid") or ""), "others": tuple(map(str, given.get("others") or ()))}
    shapes = {name: list(given.get(name) or ()) for name in ("polygon", "line")}
    return Draft(kind=str(given.get("kind") or ""), community=community, **known, **shapes)  # type: ignore[arg-type]


def preview_of(uow: UnitOfWork, community: str) -> Preview | None:
    """What the draft of this community would do; one that cannot be is told and given up."""
    draft = st.session_state.get(DRAFT)
    if draft is None or draft.community != community:
        return None
    try:
        return queries.preview(uow, draft)
    except Problem as trouble:
        st.session_state.pop(DRAFT)
        problem(trouble.sentence)
        return None


# --- a draft ----------------------------------------------------------------------------------------------


def draft_card(uow: UnitOfWork, drawing: Drawing, told: Preview) -> None:
    """What the draft would do, and the buttons that do it or give it up."""
    draft: Draft = st.session_state[DRAFT]
    with card("draft", f"{_('Draft')} · {_(KINDS[draft.kind])}", "draw"):
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
    with show_problems():
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
    words = "，".join(f"{label} {n}" for label, n in told.counts.items())
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
    cells["grid"] = line.name if line.after else chip(f"{line.name} {_('ends')}", "bad")
    cells["workers"] = "、".join(line.workers)
    cells["each"] = round(line.each) if line.each is not None else None
    return cells


def _change(before: float | None, after: float | None) -> str:
    """One number, or two when it changes; a grid that is not there has a dash."""
    words = [said(None if each is None else f"{each:g}") for each in (before, after)]
    return words[0] if words[0] == words[1] else " → ".join(words)


# --- what is wrong ----------------------------------------------------------------------------------------


def checks_card(uow: UnitOfWork, drawing: Drawing) -> None:
    """What is wrong with the grids now; each place can be looked at on the map."""
    with card("checks", _("Checks"), "rule"):
        for number, one in enumerate(drawing.troubles):
            _trouble(one, number)
        if drawing.misfiled:
            _misfiled(drawing)
        if drawing.unplaced:
            hint(
                _("{n} buildings have no position yet; give them one on their page.").format(
                    n=drawing.unplaced
                )
            )
        if not drawing.troubles and not drawing.misfiled:
            st.success(
                _("Closed, without overlap or gap, and every building lies in exactly one general grid."),
                icon=":material/check_circle:",
            )


def _trouble(one: Trouble, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        sign = ":red[:material/error:]" if one.is_blocking else ":orange[:material/warning:]"
        st.markdown(f"{sign} {one.said}")
        if st.button(_("Look"), key=f"look-{number}", icon=":material/my_location:"):
            mark = f"{one.lon},{one.lat},{st.session_state.get(LOOK, {}).get('mark', '')}"[:80]
            st.session_state[LOOK] = {"lon": one.lon, "lat": one.lat, "mark": mark}
            st.rerun()


def _misfiled(drawing: Drawing) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        words = _("{n} buildings are filed in another grid than they lie in.").format(n=drawing.misfiled)
        st.markdown(f":orange[:material/warning:] {words}")
        if st.button(_("Put right"), key="put-right", icon=":material/moved_location:"):
            st.session_state[DRAFT] = Draft(kind="right", community=drawing.area)
            st.rerun()
