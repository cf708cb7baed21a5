"""Lists of records: a dense table on a desk, cards on a phone; a click opens the record in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.kernel.i18n import _
from core.ui.component import leading

_TABLE = leading("table")


@dataclass(frozen=True)
class Column:
    """A column: the cell's name, its heading, and how it looks: main (the link), number, code or quiet."""

    name: str
    label: str
    kind: str = ""


Cell = str | int | float | None | Mapping[str, str] | Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Row:
    """A row: its cells, and the page it opens such as "person?id=12"."""

    cells: Mapping[str, Cell]
    href: str = ""


def chip(text: str, tone: str = "", title: str = "", href: str = "") -> dict[str, str]:
    """A small mark in a cell; tone ok, warn, bad, info or none; with `href` it leads to that page of ours."""
    return {"text": text, "tone": tone, "title": title, "href": f"/{href}" if href else ""}


def table(columns: Sequence[Column], rows: Sequence[Row], *, key: str, caption: str = "") -> None:
    """Show the rows; a click leads to the row's page with its parameters in the URL."""
    data: dict[str, Any] = {
        "columns": [{"name": c.name, "label": _(c.label), "kind": c.kind} for c in columns],
        "rows": [{"cells": dict(row.cells), "href": f"/{row.href}" if row.href else ""} for row in rows],
        "caption": caption,
    }
    _TABLE(key, data)
