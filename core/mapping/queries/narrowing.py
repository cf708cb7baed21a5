"""From a layer to its rows: what an actor wants of it, and where. Everything here works inside a query."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlmodel import col

from core.geo.cover import Range
from core.kernel.extensions import Choice, Layer
from core.kernel.fields import CHINA
from core.kernel.hints import rare, unindexed
from core.kernel.i18n import language
from core.kernel.stamps import stamps
from core.kernel.unit_of_work import UnitOfWork
from core.places.rules import span

FORM = 1
"""Moves when the same data are drawn differently, so that no browser keeps tiles of before."""
ALL = Choice()


def things(uow: UnitOfWork, layer: Layer, choice: Choice = ALL, ranges: Sequence[Range] = ()) -> Select[Any]:
    """The rows of a layer as its file says, narrowed by the choice and to ranges of cells, inside a query."""
    asked = chosen(layer, layer.rows(uow, choice), choice)
    if ranges and layer.placed is not None:
        asked = asked.where(within(layer.placed, ranges))
    return asked


def chosen(layer: Layer, asked: Select[Any], choice: Choice) -> Select[Any]:
    """Rows narrowed by the kinds, days and path of a choice."""
    columns = asked.selected_columns
    where: list[ColumnElement[bool]] = []
    if choice.kinds:
        where.append(unindexed(columns["kind"]).in_(choice.kinds))
    if choice.under:
        low, high = span(choice.under)
        where += [columns["area"] >= low, columns["area"] < high]
    if layer.is_dated and choice.since:
        where.append(columns["day"] >= choice.since)
    if layer.is_dated and choice.until:
        where.append(columns["day"] <= choice.until)
    return asked.where(*where)


def within(placed: type[Any], ranges: Sequence[Range]) -> ColumnElement[bool]:
    """The records of a kind whose cells lie in the ranges, by the index on `cell`."""
    cell = col(placed.cell)
    return or_(*(and_(rare(cell >= low), rare(cell < high)) for low, high in ranges))


def has(asked: Select[Any], label: str) -> bool:
    """Whether the rows of a layer carry a column."""
    return label in asked.selected_columns


def version(uow: UnitOfWork, layer: Layer) -> str:
    """The data version of a layer, inside a query. It moves with every change of its records, and at midnight, since
    some layers count days; layers that are dear to draw rest for a while after they were."""
    key, now = mark("version", layer.name), monotonic()
    since, known = uow.office.kept.get(key) or (now, "")
    if known and now - since < layer.pause:
        return str(known)
    fresh = _version(uow, layer)
    if layer.pause:
        uow.office.kept.put(key, (now, fresh), 100)
    return fresh


def _version(uow: UnitOfWork, layer: Layer) -> str:
    kinds = {"Area", "LocalClass", "Design", *(kind.__name__ for kind in layer.of)}
    day = datetime.now(CHINA).date()
    return mark(FORM, layer.name, day, sorted(stamps(uow, kinds).items()))


def mark(*parts: object) -> str:
    """A short digest of whatever decides an answer."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def reader(uow: UnitOfWork) -> tuple[str, str, str, str]:
    """Whom an answer is for, inside a query or not: two actors who agree in this see the same."""
    actor = uow.actor
    return actor.area, actor.role, actor.side, language.get()


def plain_kinds(kinds: Collection[str]) -> tuple[str, ...]:
    """Kinds in one order, so that the same choice is the same key."""
    return tuple(sorted(set(kinds)))
