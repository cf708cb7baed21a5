"""Cells and headings of a sheet, as people write them: read by the declaration of the field they are for."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from core.kernel.crypto import Sealed
from core.kernel.fields import Declared
from core.kernel.i18n import N_, _, catalogue, language
from core.kernel.identifiers import tidy
from core.kernel.sheets import EXAMPLE, Column, text_of

YES = {"是", "有", "对", "√", "✓", "1", "y", "yes", "true", "已", "on"}
NO = {"否", "无", "没有", "×", "0", "n", "no", "false", "未", "off"}
DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = (20_000, 80_000)
"""Whole numbers between these are days, as Excel counts them: 1954 to 2119."""
HOW = {
    "house": N_("The address or the house code."),
    "person": N_("The name; the document number or phone when several have that name."),
    "place": N_("Longitude and latitude, such as 116.72,23.28."),
}


# --- headings ---------------------------------------------------------------------------------------------


def bare(word: str) -> str:
    """A heading without star, unit and blanks."""
    return tidy(word).partition("(")[0].rstrip("*:")


def headings(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Bare heading -> field, from (field, label): the label in both languages."""
    chinese = catalogue("zh_CN")
    return {bare(word): name for name, label in labels for word in (label, chinese.get(label, label))}


def is_example(cell: Any) -> bool:
    """Whether a cell marks the row of a template that only shows how."""
    return text_of(cell) in {_(EXAMPLE), EXAMPLE, catalogue("zh_CN").get(EXAMPLE, "")}


def column(known: Declared, example: str = "") -> Column:
    """The column of a template for a field: its heading, choices, and what to write there."""
    choices = tuple(known.offered(language.get()).values())
    if known.kind is bool:
        choices = (_("Yes"), _("No"))
    about = [_("Must be filled in.")] if known.required else []
    about += [_(known.facts.help)] if known.facts.help else []
    about += [_(HOW[known.facts.widget])] if known.facts.widget in HOW else []
    about += [known.facts.standard] if known.facts.standard else []
    return Column(
        heading=_(known.label) + ("*" if known.required else ""),
        choices=choices,
        about=" ".join(about),
        example=example or (choices[0] if choices else ""),
    )


# --- cells ------------------------------------------------------------------------------------------------


def value(known: Declared, cell: Any) -> Any:
    """A cell as the field takes it; None when it is empty. Raises ValueError with a sentence."""
    text = text_of(cell)
    if text in ("", "—", "-", "/", "无") and not (known.kind is bool and text == "无"):
        return None
    if "*" in text and (known.kind is Sealed or known.facts.mask or known.facts.widget):
        return None  # masked, as it was exported: it says nothing new
    if known.kind is Sealed:
        return text
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
    for tongue in ("zh_CN", "en"):
        names = {name.lower(): key for key, name in known.offered(tongue).items()}
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
