"""Department lines (条口): which fields of the shared records belong to which department. Data, not code.

A department's account sees the shared facts and the fields of its own line, and changes its own only. Everybody else
sees and changes what their role allows, but for the fields that a line keeps to itself (`only`, and an office's own
fields that name a line). What somebody may not change they may propose (core/kernel/proposals.py).
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.kernel.access import Actor
from core.kernel.fields import Declared

LINES = Path(__file__).parents[2] / "data" / "lines.toml"


@dataclass(frozen=True)
class Line:
    """A department line: its title, the fields it keeps, as "Person.marital", and those that only it may change."""

    title: str
    owns: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()


@cache
def _table() -> tuple[dict[str, Line], frozenset[str]]:
    table = tomllib.loads(LINES.read_text(encoding="utf-8"))
    shared = frozenset(f"{kind}.{name}" for kind, names in table.pop("shared").items() for name in names)
    lines = {
        key: Line(
            one["title"], frozenset([*one["owns"], *one.get("only", ())]), frozenset(one.get("only", ()))
        )
        for key, one in table.items()
    }
    return lines, shared


def all_lines() -> dict[str, Line]:
    """Every line by its key."""
    return _table()[0]


def owner(of: str, name: str, known: Declared | None = None) -> str:
    """The line that keeps a field; "" when it belongs to the community."""
    if known is not None and known.facts.line:
        return known.facts.line
    return next((key for key, line in all_lines().items() if f"{of}.{name}" in line.owns), "")


def sees(actor: Actor, of: str, name: str, known: Declared | None = None) -> bool:
    """Whether an actor may see a field: departments only the shared ones and their own."""
    return not actor.line or f"{of}.{name}" in _table()[1] or owner(of, name, known) == actor.line


def kinds() -> frozenset[str]:
    """Kinds of records that departments share."""
    owned = (field for line in all_lines().values() for field in line.owns)
    return frozenset(name.partition(".")[0] for name in (*_table()[1], *owned))


def is_only(of: str, name: str) -> bool:
    """Whether a line keeps a standard field to itself."""
    return any(f"{of}.{name}" in line.only for line in all_lines().values())


def may_change(actor: Actor, of: str, name: str, known: Declared | None = None) -> bool:
    """Whether an actor may change a field at once, as far as departments are concerned."""
    if actor.line:
        return owner(of, name, known) == actor.line
    return not (known and known.facts.line) and not is_only(of, name)


def not_theirs(actor: Actor, of: str, names: Iterable[str]) -> list[str]:
    """Those of the fields that another line keeps."""
    return [name for name in names if not may_change(actor, of, name)]
