"""Department lines (条口): which fields of the shared records belong to which department. Data, not code.

A department's account sees the shared facts and the fields of its own line, and changes its own only. Everybody else
sees and changes what their role allows, but for the fields that a line keeps to itself (`only`, and an office's own
fields that name a line). What somebody may not change they may propose (core/proposals). What data/lines.toml does not
name is hidden from departments: a new field or kind of record cannot leak.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.kernel.access import COMMUNITY, Actor
from core.kernel.fields import Declared
from core.kernel.i18n import N_, _

LINES = Path(__file__).parents[2] / "data" / "lines.toml"
ALL, TAGS, EVERY = "*", "tags", "every"


@dataclass(frozen=True)
class Line:
    """A department line: its title, the fields it keeps, as "Person.marital", those that only it may change, and the
    service tags that it sees and declares."""

    title: str
    owns: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Book:
    """data/lines.toml: the lines by their key, and the fields and tags that every line sees."""

    lines: dict[str, Line]
    shared: dict[str, frozenset[str]]


@cache
def book() -> Book:
    """The whole table, read once."""
    table = tomllib.loads(LINES.read_text(encoding="utf-8"))
    shared = {kind: frozenset(names) for kind, names in table.pop("shared").items()}
    return Book({key: _line(one) for key, one in table.items()}, shared)


def _line(one: dict[str, list[str]]) -> Line:
    only = frozenset(one.get("only", ()))
    return Line(
        str(one["title"]), only | frozenset(one.get("owns", ())), only, frozenset(one.get("tags", ()))
    )


def all_lines() -> dict[str, Line]:
    """Every line by its key."""
    return book().lines


def titles() -> dict[str, str]:
    """Key -> name of every line in the reader's language."""
    return {key: _(line.title) for key, line in all_lines().items()}


def side_name(side: str) -> str:
    """What the keeper of a field is called: a line, or the community."""
    return titles().get(side, side) if side else _(N_("The community"))


# --- fields -----------------------------------------------------------------------------------------------


def keepers(of: str, name: str, known: Declared | None = None) -> frozenset[str]:
    """The sides that may change a field at once: lines by their key, "" is the community."""
    if known is not None and known.facts.line:
        return frozenset((known.facts.line,))
    field = f"{of}.{name}"
    keeping = {key for key, line in all_lines().items() if field in line.owns}
    is_alone = any(field in line.only for line in all_lines().values())
    return frozenset(keeping if is_alone else {COMMUNITY, *keeping})


def _shared(of: str) -> frozenset[str]:
    """What a kind of record shows to every line; the fields of a designed register are named "register:123"."""
    return book().shared.get(of.partition(":")[0], frozenset())


def is_ruled(of: str) -> bool:
    """Whether lines share the fields of this kind of record among them; others are ruled by permissions alone."""
    return ALL not in _shared(of)


def sees(actor: Actor, of: str, name: str, known: Declared | None = None) -> bool:
    """Whether an actor may see a field: departments only the shared ones and their own."""
    return actor.side == COMMUNITY or shows(actor.side, of, name, known)


def shows(side: str, of: str, name: str, known: Declared | None = None) -> bool:
    """Whether a field is shown to a line."""
    shared = _shared(of) | book().shared[EVERY]
    return ALL in shared or name in shared or side in keepers(of, name, known)


def reads(actor: Actor, known: Declared) -> bool:
    """Whether an actor may read a declared field: shown to the line, and permitted to the role or kept by the line."""
    if not sees(actor, known.of, known.name, known):
        return False
    needs = known.facts.needs
    return (
        not needs
        or actor.may(needs)
        or (bool(actor.side) and actor.side in keepers(known.of, known.name, known))
    )


def kept_by(actor: Actor, known: Declared) -> str:
    """Who keeps a field that an actor may not change at once, in words; "" when the actor does."""
    if may_change(actor, known.of, known.name, known):
        return ""
    return "、".join(side_name(side) for side in sorted(keepers(known.of, known.name, known)))


def may_change(actor: Actor, of: str, name: str, known: Declared | None = None) -> bool:
    """Whether an actor may change a field at once, as far as lines are concerned."""
    return not is_ruled(of) or actor.side in keepers(of, name, known)


# --- service tags -----------------------------------------------------------------------------------------


def sees_tag(actor: Actor, tag: str) -> bool:
    """Whether an actor's line may see a service tag: departments the shared ones and their own."""
    return actor.side == COMMUNITY or tag in book().shared[TAGS] or keeps_tag(actor, tag)


def keeps_tag(actor: Actor, tag: str) -> bool:
    """Whether an actor's line may declare and withdraw a service tag."""
    line = all_lines().get(actor.side)
    return actor.side == COMMUNITY or (line is not None and tag in line.tags)
