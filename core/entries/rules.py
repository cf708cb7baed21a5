"""What follows from a register's definition alone: its fields, and whether the values of an entry fit."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from core.kernel.extensions import Register

KIND_OF_DOC = "r{name}"


def doc_kind(register: Register) -> str:
    """How the search calls the entries of a register."""
    return KIND_OF_DOC.format(name=register.name)


def with_due(register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the day of the next look, where it was left empty and follows from the last one."""
    last = values.get(register.due_from)
    if not register.due or values.get(register.due) or not isinstance(last, date):
        return dict(values)
    return {**values, register.due: last + timedelta(days=register.due_days)}


def contradictions(register: Register, values: Mapping[str, Any]) -> dict[str, str]:
    """A sentence at each field that cannot be together with the others."""
    wrong: dict[str, str] = {}
    for rule in register.rules:
        wrong.update(rule(values))
    return wrong


def where(place: str) -> dict[str, float | None]:
    """Longitude and latitude of a position such as "116.7,23.3±12"."""
    lon, _comma, lat = place.partition("±")[0].partition(",")
    return {"lon": float(lon), "lat": float(lat)} if lat else {"lon": None, "lat": None}
