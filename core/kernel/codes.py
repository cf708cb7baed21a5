"""Code lists from data/codes: each file is one list, in the order in which it is shown. An office adds codes of its
own (`local_codes.py`); they stand behind the national ones and look the same to forms, filters and tables."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.kernel.i18n import N_, catalogue

CODES = Path(__file__).parents[2] / "data" / "codes"
ENDED = N_("{name} (ended)")


@dataclass(frozen=True)
class OwnCode:
    """A code that an office added; an ended one is only read, no longer chosen."""

    code: str
    name: str
    name_en: str
    is_ended: bool

    def said(self, lang: str) -> str:
        """What it is called in a language."""
        name = self.name if lang.startswith("zh") else self.name_en or self.name
        told = catalogue(lang).get(ENDED, ENDED)
        return told.format(name=name) if self.is_ended else name


Own = Mapping[str, tuple[OwnCode, ...]]
"""Name of a list -> what the office added to it, in the order of its adding."""
_own: Callable[[], Own] = dict


def ask(source: Callable[[], Own]) -> None:
    """Where the office's own codes come from; asked at every look, so it must be quick."""
    global _own
    _own = source


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a file; `name` may say which set of it: "gbt31000_codes:流入原因". KeyError: no such list."""
    file, _colon, wanted = name.partition(":")
    path = CODES / f"{file}.csv"
    if not file.isidentifier() or not path.is_file():
        raise KeyError(f"no code list {file!r} in data/codes")
    with path.open(encoding="utf-8", newline="") as text:
        found = [row for row in csv.DictReader(text) if row.get("set", "") == wanted]
    if not found or not {"code", "name"} <= found[0].keys():
        raise KeyError(f"{name!r} is not a list of codes and names")
    return tuple(found)


@cache
def _names(name: str, lang: str) -> dict[str, str]:
    column = "name" if lang.startswith("zh") else f"name_{lang}"
    return {row["code"]: row.get(column) or row["name"] for row in rows(name)}


def codes(name: str, *, lang: str = "zh_CN") -> dict[str, str]:
    """Code -> name in the order of the file, then the office's own; Chinese where `lang` has no name.

    Ended codes are among them, marked so, for the records that carry them. KeyError: no such list.
    """
    own = {one.code: one.said(lang) for one in _own().get(name, ())}
    national = _names(name, lang)
    return {**national, **{code: said for code, said in own.items() if code not in national}}


def ended(name: str) -> frozenset[str]:
    """The codes of a list that are no longer to be chosen."""
    return frozenset(one.code for one in _own().get(name, ()) if one.is_ended)


def code_name(name: str, code: str, *, lang: str = "zh_CN") -> str:
    """The name of one code; a code that is not in the list (any more) stands for itself."""
    national = _names(name, lang)
    if code in national:
        return national[code]
    return next((one.said(lang) for one in _own().get(name, ()) if one.code == code), code)
