"""What follows from a register's definition alone: its fields, whether the values of an entry fit, and how cells of a
sheet are read."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from core.kernel.crypto import Sealed
from core.kernel.extensions import Register
from core.kernel.fields import Declared
from core.kernel.i18n import _
from core.kernel.sheets import text_of

KIND_OF_DOC = "r{name}"
YES = {"是", "有", "对", "√", "✓", "1", "y", "yes", "true", "已", "on"}
NO = {"否", "无", "没有", "×", "0", "n", "no", "false", "未", "off"}
DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = (20_000, 80_000)
"""Whole numbers between these are days, as Excel counts them: 1954 to 2119."""


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


# --- cells of a sheet -------------------------------------------------------------------------------------


def cell_value(known: Declared, cell: Any) -> Any:
    """A cell as the field takes it; None when it is empty. Raises ValueError with a sentence."""
    text = text_of(cell)
    if text in ("", "—", "-", "/", "无") and not (known.kind is bool and text == "无"):
        return None
    if known.kind is Sealed:
        return None if "*" in text else text
    if known.kind is date:
        return day(cell)
    if known.kind is bool:
        return yes(text)
    if known.choices():
        return code(known, text)
    if known.kind in (int, float) and not known.facts.widget:
        return number(text, known.kind)
    return text


def day(cell: Any) -> date:
    """A day in any of the ways a sheet has it. Raises ValueError."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    found = DAY.match(text)
    parts = (
        found.groups()
        if found
        else (text[:4], text[4:6], text[6:8])
        if re.fullmatch(r"\d{8}", text)
        else None
    )
    try:
        if parts:
            return date(*map(int, parts))
        if text.isdecimal() and EXCEL_DAYS[0] <= int(text) <= EXCEL_DAYS[1]:
            return EXCEL_EPOCH + timedelta(days=int(text))
    except ValueError:
        pass
    raise ValueError(_("{text} is not a day; write it as 2026-01-31.").format(text=text))


def yes(text: str) -> bool:
    """Yes or no. Raises ValueError."""
    word = text.lower()
    if word in YES or word in NO:
        return word in YES
    raise ValueError(_("{text} is neither yes nor no.").format(text=text))


def code(known: Declared, text: str) -> str:
    """The code of a choice by its name in either language, or by itself. Raises ValueError with the choices."""
    for language in ("zh_CN", "en"):
        names = {name.lower(): key for key, name in known.offered(language).items()}
        if found := names.get(text.lower()):
            return found
    offered = known.offered()
    head = text.split(" ")[0]
    if head in offered or text in offered:
        return text if text in offered else head
    some = "、".join(list(offered.values())[:8])
    raise ValueError(_("{text} is not one of the choices: {some}.").format(text=text, some=some))


def number(text: str, kind: type) -> Any:
    """A number, thousands separated or not. Raises ValueError."""
    try:
        found = float(text.replace(",", "").replace("，", ""))
    except ValueError:
        found = float("nan")
    if found != found or (kind is int and found != int(found)):
        raise ValueError(_("{text} is not a number that fits here.").format(text=text))
    return int(found) if kind is int or found == int(found) else found
