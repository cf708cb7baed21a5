"""The coordinate system of a file: chosen, or found out by two points that somebody knows."""

import re
from collections.abc import Callable, Mapping

import streamlit as st

from core.geo.coordinates import SYSTEMS, Convert, Finding, Known, Place, System, Verdict, which_system
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.ui.map import grid_map
from core.ui.pieces import hint

POINTS = 2
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def system_name(system: str) -> str:
    """What a system is called in the reader's language."""
    return _(SYSTEMS[System(system)]) if system in SYSTEMS else system


def place_typed(text: str) -> Place | None:
    """Two numbers as somebody copied them, such as "116.7281, 23.2864"; None for anything else."""
    found = NUMBER.findall(text.replace("，", ","))
    return (float(found[0]), float(found[1])) if len(found) == 2 else None


def system_wizard(
    key: str,
    ways: Mapping[str, Convert] | None = None,
    name: Callable[[str], str] = system_name,
    uow: UnitOfWork | None = None,
) -> Verdict | None:
    """Ask for two known points and say which system the file uses; None until it is certain.

    `ways` are further readings by their names, each giving WGS-84; `name` says what they are called. With `uow` the
    real places can be clicked on the map.
    """
    hint(_("Take two points that you find both in the file and on the map, such as crossings of roads."))
    if uow is not None and uow.actor.may("map.view"):
        _clicked(uow, key)
    known = [pair for turn in range(1, POINTS + 1) if (pair := _asked(key, turn))]
    return _told(which_system(known, ways), name) if len(known) == POINTS else None


def _asked(key: str, turn: int) -> Known | None:
    """One point as it stands in the file and where it is; None until both are there."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label = _("Point {n}: as it stands in the file").format(n=turn)
        there = st.text_input(label, key=f"{key}-file-{turn}", placeholder="116.7281, 23.2864")
        label = _("Really: longitude, latitude")
        here = st.text_input(label, key=_real(key, turn), placeholder="116.7235, 23.2890")
    pair = place_typed(there or ""), place_typed(here or "")
    return Known(pair[0], pair[1]) if pair[0] and pair[1] else None


def _real(key: str, turn: int) -> str:
    return f"{key}-real-{turn}"


def _clicked(uow: UnitOfWork, key: str) -> None:
    """The map, for clicking the real places: a click fills the first empty one, a third click begins anew."""
    if not st.toggle(_("Click the real places on the map"), key=f"{key}-on-map"):
        return
    places = {n: place_typed(st.session_state.get(_real(key, n)) or "") for n in range(1, POINTS + 1)}
    spots = [{"at": list(place), "label": str(n)} for n, place in places.items() if place]
    happened = grid_map(uow, key=f"{key}-map", mode="spot", extra={"spots": spots}, height=420)
    if happened is None or happened.kind != "picked":
        return
    turn = next((n for n, place in places.items() if place is None), 0)
    if not turn:
        turn = 1
        st.session_state[_real(key, 2)] = ""
    lon, lat = happened.value
    st.session_state[_real(key, turn)] = f"{lon:.7f}, {lat:.7f}"
    st.rerun()


def _told(finding: Finding, name: Callable[[str], str]) -> Verdict | None:
    """Say what was found, and how sure it is."""
    best = finding.best
    order = _("latitude first") if best.is_swapped else _("longitude first")
    said = _("{system}, {order}: the points lie {metres} m off on average.")
    sentence = said.format(system=name(best.system), order=order, metres=f"{best.metres:,.0f}")
    if not finding.are_apart:
        st.warning(_("The two points are the same place; take another one."), icon=":material/warning:")
    elif finding.is_certain:
        st.success(sentence, icon=":material/check_circle:")
        return best
    else:
        way = _("That fits no system well. Look at the points again, or ask who made the file.")
        st.warning(f"{sentence} {way}", icon=":material/warning:")
    return None
