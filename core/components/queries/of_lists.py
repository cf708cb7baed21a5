"""Pages of components by whatever filter, and how many there are of which class and state."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy import select as choose
from sqlmodel import col, func, select

from core.components.models import Component
from core.components.queries.shared import ComponentLine, class_names, line_of, placed
from core.kernel.forms import own_values
from core.kernel.identifiers import tidy
from core.kernel.paging import Page
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import House
from core.places.queries.shared import below, page_of

TODO = ("broken", "position", "owner")
GONE = "removed"
SHORTEST = 4
"""Digits from which words may be the beginning of a code."""


@dataclass(frozen=True, kw_only=True)
class ComponentFilter:
    """Which components; everything empty means all that stand in sight.

    `major` two digits, `minor` a class code of five; `state` a code, "" for all but removed ones; `owner` part of the
    name of a unit in charge; `words` part of the name of a class, or the beginning of a code; `stale_days`: not
    verified for so many days, or never; `todo`: broken (or lost), position (none known), owner (none known).
    """

    under: str = ""
    major: str = ""
    minor: str = ""
    state: str = ""
    owner: str = ""
    words: str = ""
    todo: str = ""
    stale_days: int | None = None


@dataclass(frozen=True)
class Numbers:
    """The counts of an area: what stands there, by class code, and everything by state."""

    standing: int
    by_class: dict[str, int]
    by_state: dict[str, int]

    @property
    def by_major(self) -> dict[str, int]:
        """What stands there by the two digits of the major class."""
        found: dict[str, int] = {}
        for code, count in self.by_class.items():
            found[code[:2]] = found.get(code[:2], 0) + count
        return found


@query("component.view")
def components(
    uow: UnitOfWork, wanted: ComponentFilter, after: str | None = None, limit: int = 50
) -> Page[ComponentLine]:
    """A page of components by grid and age; `after` is the key that came with the page before."""
    names = class_names(uow)
    where = _conditions(uow, wanted, names)
    page = page_of(uow, Component, after, limit, lambda found: found, *where)
    own = own_values(uow, page.items)
    return Page([line_of(uow, one, names, own[one.id]) for one in page.items], page.after)


@query("component.view")
def of_house(uow: UnitOfWork, house_id: int | str) -> list[ComponentLine]:
    """The components at a house, as far as one may know where they are. Raises Missing."""
    house, names = uow.get(House, house_id), class_names(uow)
    asked = select(Component).where(Component.house_id == house.id, Component.state != GONE, placed(uow))
    return [line_of(uow, one, names) for one in uow.session.exec(asked.order_by(col(Component.id)))]


@query("component.count")
def numbers(uow: UnitOfWork, under: str = "") -> Numbers:
    """The counts at and below a path."""
    parts: list[Any] = [Component.class_code, Component.state]
    asked = choose(*parts, func.count()).where(below(uow, Component, under)).group_by(*parts)
    classes, states = dict[str, int](), dict[str, int]()
    for class_code, state, count in uow.session.execute(asked):
        states[state] = states.get(state, 0) + count
        if state != GONE:
            classes[class_code] = classes.get(class_code, 0) + count
    return Numbers(sum(classes.values()), dict(sorted(classes.items())), states)


@query("component.count")
def open_work(uow: UnitOfWork, under: str = "", stale_days: int = 365) -> dict[str, int]:
    """What is to be done among the components, each with a filter behind it: the codes of `todo`, and "stale"."""
    parts = {todo: _todo(todo) for todo in TODO} | {"stale": _stale(uow, stale_days)}
    counts: list[Any] = [func.count().filter(condition) for condition in parts.values()]
    here = (below(uow, Component, under), col(Component.state) != GONE)
    row = uow.session.execute(choose(*counts).select_from(Component).where(*here)).one()
    return dict(zip(parts, row, strict=True))


def _todo(todo: str) -> ColumnElement[bool]:
    units = (Component.authority_name, Component.owner_name, Component.maintainer_name)
    conditions: dict[str, ColumnElement[bool]] = {
        "broken": col(Component.state).in_(("broken", "lost")),
        "position": col(Component.lon).is_(None),
        "owner": or_(*(col(unit) == "" for unit in units)),
    }
    return conditions[todo]


def _stale(uow: UnitOfWork, days: int) -> ColumnElement[bool]:
    seen = col(Component.verified_at)
    return or_(seen.is_(None), seen < uow.now - timedelta(days=days))


def _conditions(uow: UnitOfWork, wanted: ComponentFilter, names: dict[str, str]) -> list[Any]:
    class_code, state = col(Component.class_code), col(Component.state)
    found: list[Any] = [below(uow, Component, wanted.under)]
    found.append(state == wanted.state if wanted.state else state != GONE)
    found += [class_code.startswith(wanted.major, autoescape=True)] if wanted.major else []
    found += [class_code == wanted.minor] if wanted.minor else []
    found += [_owned(wanted.owner)] if wanted.owner.strip() else []
    found += [_said(uow, wanted.words, names)] if wanted.words.strip() else []
    found += [_todo(wanted.todo)] if wanted.todo in TODO else []
    found += [_stale(uow, wanted.stale_days)] if wanted.stale_days is not None else []
    return found


def _owned(words: str) -> ColumnElement[bool]:
    units = (Component.owner_name, Component.maintainer_name, Component.authority_name)
    return or_(*(col(unit).contains(words.strip(), autoescape=True) for unit in units))


def _said(uow: UnitOfWork, words: str, names: dict[str, str]) -> ColumnElement[bool]:
    """By the name of the class, or by the code: the latter only where code and place may be known."""
    typed = tidy(words)[:40]
    classes = [code for code, name in names.items() if typed in tidy(name) or typed == code]
    found: ColumnElement[bool] = col(Component.class_code).in_(classes)
    if typed.isdecimal() and len(typed) >= SHORTEST:
        codes = (col(Component.code), col(Component.former_code))
        begins = or_(*(code.startswith(typed, autoescape=True) for code in codes))
        found = or_(found, begins & placed(uow))
    return found
