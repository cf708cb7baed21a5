"""Counts at a glance; a click on one leads to the rows behind it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.ui.component import leading

_FIGURES = leading("figures")


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
    _FIGURES(key, {"figures": data})
