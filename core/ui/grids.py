"""Dividing a community on the map: what the map is given, what comes back from it, and what a draft would do."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from core.gridding import queries
from core.gridding.queries import Boundary, Drawing, Preview
from core.gridding.rules import Draft, Trouble
from core.kernel.i18n import N_, _
from core.kernel.problems import Problem
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Level
from core.ui import url
from core.ui.areas import tree
from core.ui.map import Happened, grid_map
from core.ui.page import problem, show_problems
from core.ui.pieces import card, empty, hint

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
    N_("Grids of the draft: choose one to move its border"),
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
        "draft": _shapes(told) if told else [],
        "parts": _parts() if told else [],
        "past": [{"name": one.name, "polygon": one.polygon} for one in past if one.area != drawing.area],
        "troubles": [{**asdict(one), "blocking": one.is_blocking} for one in troubles],
        "look": st.session_state.get(LOOK),
    }
    happened = grid_map(uow, key="dividing", mode="grids", extra=extra, height=600)
    if happened and happened.kind == "drawn":
        with show_problems():
            st.session_state[DRAFT] = _drawn(uow, happened, drawing.area)
            st.rerun()


def _grid(drawing: Drawing, number: int) -> dict[str, Any]:
    one = drawing.grids[number]
    counts = {key: one.load.counts.get(key, 0) for key in ("households", "people")}
    words = _("{households} households · {people} people").format(**counts)
    return {"area": one.area, "name": one.name, "polygon": one.polygon, "said": words, "tint": number}


def _shapes(told: Preview) -> list[dict[str, Any]]:
    there = (one for one in told.shapes if one.polygon)
    return [{"name": one.name, "polygon": one.polygon, "changed": one.is_changed} for one in there]


def _parts() -> list[dict[str, Any]]:
    """The parts of a community divided anew, to be changed by hand."""
    draft: Draft = st.session_state[DRAFT]
    names = (one.name or _("The new grid") for one in draft.parts)
    return [{"name": name, "polygon": one.polygon} for name, one in zip(names, draft.parts, strict=True)]


def _drawn(uow: UnitOfWork, happened: Happened, community: str) -> Draft:
    """What was drawn: a wish of its own, or a part of the draft otherwise."""
    given: Mapping[str, Any] = happened.value or {}
    draft: Draft | None = st.session_state.get(DRAFT)
    if given.get("kind") == "adjust" and draft is not None:
        return queries.by_hand(uow, draft, int(given.get("part") or 0), list(given.get("polygon") or ()))
    return draft_of(happened, community)


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
        if not any(one.polygon for one in drawing.grids):
            empty(
                _("No grid is drawn here yet."),
                _("Draw the first one above, or take boundaries in from a file."),
            )
        elif not drawing.troubles and not drawing.misfiled:
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
