"""Lists of records: a dense table on a desk, cards on a phone; a click opens the record in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from core.kernel.i18n import _
from core.ui.assets import STATIC, module

_TABLE = st.components.v2.component(
    "lingrid_table",
    html='<div class="table">\n</div>',
    css=(STATIC / "table.css").read_text(encoding="utf-8"),
    js=module("table.mjs"),
)


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


def chip(text: str, tone: str = "", title: str = "") -> dict[str, str]:
    """A small mark in a cell; tone ok, warn, bad, info or none."""
    return {"text": text, "tone": tone, "title": title}


def table(columns: Sequence[Column], rows: Sequence[Row], *, key: str, caption: str = "") -> None:
    """Show the rows; a click leads to the row's page with its parameters in the URL."""
    data: dict[str, Any] = {
        "columns": [{"name": c.name, "label": _(c.label), "kind": c.kind} for c in columns],
        "rows": [{"cells": dict(row.cells), "href": f"/{row.href}" if row.href else ""} for row in rows],
        "caption": caption,
    }
    chosen = _TABLE(key=key, data=data, on_open_change=lambda: None)
    if chosen.open:
        go(str(chosen.open))


def go(href: str) -> None:
    """Open a page of ours by its address, such as "/person?id=12"."""
    parts = urlsplit(href)
    st.switch_page(f"pages/{parts.path.strip('/')}.py", query_params=dict(parse_qsl(parts.query)))
