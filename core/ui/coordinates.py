"""The coordinate system of a file: chosen, or found out by two points that somebody knows."""

import re
from collections.abc import Callable, Mapping

import streamlit as st

from core.geo.coordinates import SYSTEMS, Convert, Finding, Known, Place, System, Verdict, which_system
from core.kernel.i18n import _
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
    key: str, ways: Mapping[str, Convert] | None = None, name: Callable[[str], str] = system_name
) -> Verdict | None:
    """Ask for two known points and say which system the file uses; None until it is certain.

    `ways` are further readings by their names, each giving WGS-84; `name` says what they are called.
    """
    hint(_("Take two points that you find both in the file and on the map, such as corners of buildings."))
    known = []
    for turn in range(1, POINTS + 1):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = _("Point {n}: as it stands in the file").format(n=turn)
            there = st.text_input(label, key=f"{key}-file-{turn}", placeholder="116.7281, 23.2864")
            label = _("Really: longitude, latitude").format(n=turn)
            here = st.text_input(label, key=f"{key}-real-{turn}", placeholder="116.7235, 23.2890")
        pair = place_typed(there or ""), place_typed(here or "")
        if pair[0] and pair[1]:
            known.append(Known(pair[0], pair[1]))
    if len(known) < POINTS:
        return None
    return _told(which_system(known, ways), name)


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
