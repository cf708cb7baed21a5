"""Components as lists and profiles show them: columns, marks, the choice of a class, and the steps of their life."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from core.components import commands
from core.components import queries as components
from core.components.queries import ComponentDetail, ComponentLine
from core.components.rules import accuracy_of, major_name
from core.kernel.codes import codes
from core.kernel.fields import Declared
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.ui import url
from core.ui.form import WIDTH, choose
from core.ui.own import OwnRow, own_cells, own_heads
from core.ui.page import show_problems
from core.ui.pieces import Tone, ago, coded, freshness_tone, hint
from core.ui.table import Column, Row, chip, table
from core.ui.widgets import locate

TONES: dict[str, Tone] = {"intact": "ok", "broken": "bad", "lost": "bad", "abandoned": "warn", "removed": ""}
GONE = "removed"
DIGITS = 7
"""Decimals of a degree: one is a centimetre."""
COLUMNS = (
    Column("name", N_("Class"), "main"),
    Column("state", N_("State")),
    Column("place", N_("Place in words")),
    Column("owner", N_("Owner")),
    Column("maintainer", N_("Maintained by"), "quiet"),
    Column("code", N_("Component code"), "code"),
    Column("verified", N_("Verified")),
)


def components_table(
    lines: Sequence[ComponentLine], *, key: str, own: Sequence[Declared] = (), values: Sequence[OwnRow] = ()
) -> None:
    """A page of components; a click opens one. Of withheld positions it says so. `own` are columns of the office's own,
    with their `values`."""
    rows = [
        Row(
            {
                "name": one.class_name,
                "state": chip(coded("component_state", one.state), TONES.get(one.state, "")),
                "place": chip(_("Position withheld"), "warn") if one.is_withheld else one.place,
                "owner": one.owner_name,
                "maintainer": one.maintainer_name,
                "code": one.code,
                "verified": chip(ago(one.verified_at), freshness_tone(one.verified_at, 365)),
                **own_cells(own, more),
            },
            href=f"component?id={one.id}",
        )
        for one, more in zip(lines, values or [{}] * len(lines), strict=True)
    ]
    table((*COLUMNS, *own_heads(own)), rows, key=key)


def choose_class(uow: UnitOfWork) -> str:
    """The class of a new component: by its words, or by major class and then the class; kept in the address."""
    found = components.classes(uow)
    majors = codes("component_major", lang=language.get())
    with st.container(key="class_choice", horizontal=True, vertical_alignment="bottom"):
        words = url.words(_("Class"), "words", placeholder=_("Such as 井盖, 路灯"), live="300ms")
        major = url.choice(_("Major class"), "major", majors, width=190)
        fitting = {
            one.code: f"{one.name}（{one.code}）"
            for one in found
            if (not major or one.major == major) and words.upper() in f"{one.name}{one.code}"
        }
        code = url.choice(_("Class"), "class", fitting, width=260, nothing=_("Choose"))
    hint(
        _("{n} classes fit; {name}.").format(n=len(fitting), name=major_name(code))
        if code
        else _("{n} classes fit.").format(n=len(fitting))
    )
    return code


def steps(uow: UnitOfWork, one: ComponentDetail) -> None:
    """Another state, another position, or removed: each with what it needs."""
    with st.popover(_("Another state"), icon=":material/build:"):
        names = {k: v for k, v in codes("component_state", lang=language.get()).items() if k != one.state}
        state = choose(_("State"), names, f"state-{one.id}", None)
        day = st.date_input(_("Since"), value=date.today(), max_value=date.today(), key=f"state-on-{one.id}")
        reason = st.text_input(_("Reason"), key=f"state-why-{one.id}", max_chars=100)
        if state == GONE:
            hint(_("A removed component keeps its record and its code for ever."))
        if st.button(_("Save"), key=f"state-go-{one.id}", type="primary"):
            with show_problems():
                if state == GONE:
                    commands.remove_component(uow, one.id, day, reason)
                else:
                    commands.set_state(uow, one.id, state, day, reason)
                st.rerun()
    if not one.is_withheld:
        _move(uow, one)


def _move(uow: UnitOfWork, one: ComponentDetail) -> None:
    with st.popover(_("Correct the position"), icon=":material/edit_location_alt:"):
        lon, lat, accuracy = ask_position(f"move-{one.id}", one.values)
        if st.button(_("Save"), key=f"move-go-{one.id}", type="primary"):
            with show_problems():
                commands.move_component(uow, one.id, lon or 0.0, lat or 0.0, accuracy)
                st.rerun()


def ask_position(key: str, values: Mapping[str, Any]) -> tuple[float | None, float | None, str]:
    """Longitude, latitude and accuracy: typed, or taken from the device in one tap. Not inside a form."""
    names = codes("position_accuracy", lang=language.get())
    for name, nothing in (("lon", None), ("lat", None), ("accuracy", "")):
        st.session_state.setdefault(f"{key}-{name}", values.get(name) or nothing)
    locate(f"{key}-position", lambda spot: _take(key, spot))
    with st.grid(min_column_width=WIDTH, gap="small"):
        lon, lat = (
            st.number_input(label, value=None, key=f"{key}-{name}", format=f"%.{DIGITS}f", step=0.0001)
            for name, label in (("lon", _("Longitude")), ("lat", _("Latitude")))
        )
        accuracy = choose(_("Accuracy"), names, f"{key}-accuracy", None, required=False)
    hint(
        _taken(key)
        or _("WGS-84 degrees as a phone shows them, such as longitude 116.7234567 and latitude 23.2812345.")
    )
    return lon, lat, accuracy


def _take(key: str, spot: str) -> None:
    """Fill in what the device said, such as "116.7,23.3±8"."""
    degrees, _sign, metres = spot.partition("±")
    lon, _comma, lat = degrees.partition(",")
    within = int(metres)
    found = {"lon": float(lon), "lat": float(lat), "accuracy": accuracy_of(within), "within": within}
    st.session_state.update({f"{key}-{name}": value for name, value in found.items()})


def _taken(key: str) -> str:
    """How good the position is that the device gave; "" when none was asked for."""
    within = st.session_state.get(f"{key}-within")
    if within is None:
        return ""
    if accuracy_of(within):
        return _("From the device, within {n} m.").format(n=within)
    return _(
        "From the device, within {n} m only: go into the open and try again, or correct the degrees."
    ).format(n=within)
