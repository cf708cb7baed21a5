"""The kinds of thing that can be added as one file. This file is the whole plug-in interface.

A package such as `core/panels` holds one thing in each module; `discovery.py` finds it, and a module that holds none or
two stops the app.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Link:
    """A way to another page: its words, icon and address such as "organisation?id=12"."""

    label: str
    href: str
    icon: str = "open_in_new"


@dataclass(frozen=True, kw_only=True)
class Section:
    """What a panel shows: facts by their labels, then a table (name and heading of each column, cells by name), then
    links. `empty` is said when there is nothing, with the way to go."""

    facts: Mapping[str, object] = field(default_factory=dict)
    columns: Sequence[tuple[str, str]] = ()
    rows: Sequence[tuple[Mapping[str, object], str]] = ()
    links: Sequence[Link] = ()
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show but `empty` and the links."""
        return not self.facts and not self.rows


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A section that a profile page gains from any domain. `of` is the kind of record whose page it stands on, `show`
    gives the section for the record's number, or None when there is nothing worth a heading."""

    title: str
    of: str
    needs: str
    icon: str
    show: "Callable[[UnitOfWork, int], Section | None]"
    order: int = 50
