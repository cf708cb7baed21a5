"""What the queries on components share; every function here works inside a query or command.

Whoever may not see positions gets a component of a sensitive class without them: the record withholds them itself
(`Component.guarded`, kept by the kernel for every query). Where a *condition* would tell a position (a code that is
searched for, the house it stands at), `placed` leaves such components out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, true
from sqlmodel import col, select

from core.components.models import Component, LocalClass
from core.components.rules import is_sensitive, national, sensitive_classes
from core.kernel.masking import hidden
from core.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ComponentLine:
    """One component in a list; without code, place and position when they are withheld (`is_withheld`). `own` is what
    the office's own fields say."""

    id: int
    area: str
    code: str | None
    class_code: str
    class_name: str
    state: str
    owner_name: str
    maintainer_name: str
    place: str | None
    lon: float | None
    lat: float | None
    accuracy: str | None
    verified_at: datetime | None
    changed_on: date | None
    is_sensitive: bool
    is_withheld: bool
    own: dict[str, Any] = field(default_factory=dict)


def line_of(
    uow: UnitOfWork,
    found: Component,
    names: Mapping[str, str],
    own: Mapping[str, Any] = MappingProxyType({}),
) -> ComponentLine:
    """A record as a line, inside a query; `names` are those of the classes."""
    return uow.show(
        ComponentLine,
        found,
        class_name=names.get(found.class_code, found.class_code),
        is_sensitive=is_sensitive(found.class_code),
        is_withheld=bool(hidden(uow.actor, found)),
        own=dict(own),
    )


def class_names(uow: UnitOfWork) -> dict[str, str]:
    """Code -> name of every class, national and local, ended ones too; inside a query or command."""
    local = uow.session.exec(select(LocalClass).order_by(col(LocalClass.code)))
    return {**national(), **{one.code: one.name for one in local}}


def placed(uow: UnitOfWork) -> ColumnElement[bool]:
    """The components whose position the actor may know, as a condition, inside a query."""
    if uow.actor.may(Component.guard):
        return true()
    return col(Component.class_code).not_in(sorted(sensitive_classes()))
