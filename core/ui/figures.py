"""Counts at a glance; a click on one leads to the rows behind it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.ui.component import leading

_FIGURES = leading("figures")


@dataclass(frozen=True)
class Figure:
    """One count: its name, the number, and the page with its rows such as "people?tag=租户". A `tone` such as "warn" is
    for what there is: nothing warns of nothing."""

    label: str
    value: int
    href: str = ""
    tone: str = ""


def figures(items: Sequence[Figure], *, key: str) -> None:
    """Show the counts side by side."""
    _FIGURES(key, {"figures": [_card(one) for one in items]})


def _card(one: Figure) -> dict[str, object]:
    """A figure as the browser draws it."""
    tone = one.tone if one.value else ""
    return asdict(one) | {
        "value": f"{one.value:,}",
        "href": f"/{one.href}" if one.href else "",
        "tone": tone,
    }
