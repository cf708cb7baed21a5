"""Code lists from data/codes: each file is one list, in the order in which it is shown."""

import csv
from functools import cache
from pathlib import Path

CODES = Path(__file__).parents[2] / "data" / "codes"


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a list; `name` may say which set of a file: "gbt31000_codes:流入原因"."""
    file, _colon, wanted = name.partition(":")
    path = CODES / f"{file}.csv"
    if not file.isidentifier() or not path.is_file():
        raise KeyError(f"no code list {file!r} in data/codes")
    with path.open(encoding="utf-8", newline="") as text:
        rows = [row for row in csv.DictReader(text) if row.get("set", "") == wanted]
    if not rows or not {"code", "name"} <= rows[0].keys():
        raise KeyError(f"{name!r} is not a list of codes and names")
    return tuple(rows)


@cache
def _names(name: str, lang: str) -> dict[str, str]:
    column = "name" if lang.startswith("zh") else f"name_{lang}"
    return {row["code"]: row.get(column) or row["name"] for row in _rows(name)}


def codes(name: str, *, lang: str = "zh_CN") -> dict[str, str]:
    """Code -> name in the order of the file, Chinese where `lang` has no name. KeyError: no such list."""
    return dict(_names(name, lang))


def code_name(name: str, code: str, *, lang: str = "zh_CN") -> str:
    """The name of one code; a code that is not in the list (any more) stands for itself."""
    return _names(name, lang).get(code, code)
