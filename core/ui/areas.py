"""Choosing an area, and showing where something stands in the tree."""

from collections.abc import Sequence

import streamlit as st

from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Level
from core.places.queries import AreaLine, areas
from core.ui import url
from core.ui.pieces import empty

DEPTH = {Level.COMMUNITY: 1, Level.GRID: 2}


def tree(uow: UnitOfWork, *, kind: str = "", with_closed: bool = False) -> dict[str, AreaLine]:
    """Path -> area of the actor's branch, from above to below; `kind` narrows the grids."""
    found = areas(uow, with_closed=with_closed)
    return {a.area: a for a in found if not kind or a.level != Level.GRID or a.kind == kind}


def filter_area(uow: UnitOfWork, *, width: int = 220) -> str:
    """A filter by area, kept in the address; the actor's own branch when nothing is chosen."""
    places = tree(uow, kind="general")
    names = {
        path: "　" * _indent(place, places) + place.name
        for path, place in places.items()
        if path != uow.actor.area
    }
    if not names:
        return uow.actor.area
    return url.choice(_("Area"), "under", names, width=width) or uow.actor.area


def _indent(place: AreaLine, places: dict[str, AreaLine]) -> int:
    top = min(path.count("/") for path in places)
    return max(place.area.count("/") - top - 1, 0)


def choose_grid(uow: UnitOfWork, label: str, key: str, value: str = "") -> str:
    """A choice of one general grid of the branch; without any the page ends with the way to go."""
    grids = [a for a in tree(uow, kind="general").values() if a.level == Level.GRID]
    paths = [a.area for a in grids]
    if not paths:
        empty(
            _("There is no grid in your area yet."),
            _("Add grids to the community first, on the page “Areas”."),
        )
        st.page_link("pages/areas.py", label=_("Areas"), icon=":material/account_tree:")
        st.stop()
    names = {a.area: a.name for a in tree(uow).values()}
    said = {p: f"{names.get(p[:-4], '')} {names[p]}".strip() for p in paths}
    index = paths.index(value) if value in paths else 0
    return str(st.selectbox(label, paths, index=index, key=key, format_func=lambda p: said[p]))


def crumbs(chain: Sequence[tuple[str, str]], *, last: str = "") -> None:
    """Where something stands: each area of the way is a link to its page."""
    with st.container(horizontal=True, gap="small", key="crumbs", vertical_alignment="center"):
        for path, name in chain:
            st.page_link("pages/grid.py", label=name, query_params={"area": path})
        if last:
            st.caption(last)
