"""The form of an application: which houses, the doors they become, a new building, pictures."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.attachments.taking import take
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Building
from core.places.queries import BuildingDetail, Cell
from core.ui.areas import choose_grid
from core.ui.building import address_or_spot
from core.ui.form import Form, asked
from core.ui.page import show_problems
from core.ui.photos import ENDINGS
from core.ui.pieces import empty, link


def choose_houses(kind: str, cells: Sequence[Cell], chosen: Sequence[int], key: str) -> list[int]:
    """Which houses of the building it is about; none for new doors and for a building that goes as a whole."""
    names = {cell.house_id: _name(cell) for cell in sorted(cells, key=lambda c: (c.unit, c.floor, c.room))}
    usual = [number for number in chosen if number in names]
    if not names:
        empty(
            _("No house stands in this building."),
            _("Add the rooms first, or pull the building down as a whole."),
        )
        return []
    if kind == "split":
        index = list(names).index(usual[0]) if usual else 0
        one = st.selectbox(
            _("Which house is split?"), list(names), index, format_func=lambda h: names[h], key=f"{key}-one"
        )
        return [one] if one else []
    if kind == "demolish" and st.toggle(_("The whole building"), value=not usual, key=f"{key}-whole"):
        return []
    label = _("Which houses become one?") if kind == "merge" else _("Which houses were pulled down?")
    return list(
        st.multiselect(label, list(names), usual, format_func=lambda h: names[h], key=f"{key}-houses")
    )


def _name(cell: Cell) -> str:
    unit = _("Unit {n}").format(n=cell.unit) if cell.unit else ""
    room = cell.room or _("whole house")
    return " ".join(
        part
        for part in (unit, room, _("{n} residents").format(n=cell.residents) if cell.residents else "")
        if part
    )


def choose_doors(kind: str, doors: Sequence[Mapping[str, Any]], form: Form) -> str:
    """The doors that are wanted, one on each line."""
    label = {"merge": _("The door they become"), "split": _("The doors it becomes"), "build": _("New doors")}[
        kind
    ]
    text = st.text_area(
        label,
        "\n".join(_written(one) for one in doors),
        key=f"{form.key}-doors",
        placeholder="301A\n301B",
        help=_("One door on each line: 301, 2单元301 or 3层东户."),
        height=96,
    )
    form.slots["doors"] = st.empty()
    return text or ""


def _written(one: Mapping[str, Any]) -> str:
    return f"{one['unit']}单元{one['room']}" if one["unit"] else str(one["room"])


def new_building(uow: UnitOfWork, form: Form, told: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The grid and facts of a building that is to be filed; without an address it is said where it stands."""
    area = choose_grid(uow, _("Grid"), f"{form.key}-area")
    place = address_or_spot(form.key, told)
    form.slots["address"] = form.slots["spot"] = st.empty()
    fields = [
        known
        for known in asked(uow, Building, ("floors", "units", "use", "structure"), area)
        if not known.facts.widget
    ]
    values = form.ask(fields, told, grouped=False)
    rooms = st.number_input(
        _("Rooms per floor and unit"), 0, 60, int(told.get("rooms") or 0), key=f"{form.key}-rooms"
    )
    plan = {
        "rooms": int(rooms),
        "plan_units": values.get("units") or 1,
        "plan_floors": values.get("floors") or 1,
    }
    return area, {**values, **place, **(plan if rooms else {})}


def pictures(uow: UnitOfWork, key: str) -> list[Any]:
    """Pictures that go with the application, from the camera on a phone."""
    if not uow.actor.may("photo.edit"):
        return []
    found = st.file_uploader(
        _("Pictures or documents"), ENDINGS, accept_multiple_files=True, key=f"{key}-pictures"
    )
    return list(found or [])


def attach(uow: UnitOfWork, application_id: int, files: Sequence[Any]) -> None:
    """Keep the pictures; one that cannot be kept is told and does not stop the application."""
    for file in files:
        with show_problems():
            take(uow, "HouseChange", application_id, file.getvalue(), name=file.name, kind="house")


def about(building: BuildingDetail | None) -> None:
    """The building an application is about, as a link back."""
    if building:
        link(building.title, f"building?id={building.id}", "apartment")
