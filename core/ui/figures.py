"""Counts at a glance; a click on one leads to the rows behind it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from core.ui.assets import STATIC, module
from core.ui.table import go

_FIGURES = st.components.v2.component(
    "lingrid_figures",
    html='<div class="figures">\n</div>',
    css=(STATIC / "figures.css").read_text(encoding="utf-8"),
    js=module("figures.mjs"),
)


@dataclass(frozen=True)
class Figure:
    """One count: its name, the number, and the page with its rows such as "people?tag=租户"."""

    label: str
    value: int
    href: str = ""
    tone: str = ""


def figures(items: Sequence[Figure], *, key: str) -> None:
    """Show the counts side by side."""
    data = [
        asdict(one) | {"value": f"{one.value:,}", "href": f"/{one.href}" if one.href else ""} for one in items
    ]
    chosen = _FIGURES(key=key, data={"figures": data}, on_open_change=lambda: None)
    if chosen.open:
        go(str(chosen.open))
