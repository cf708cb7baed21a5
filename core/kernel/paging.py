"""Keyset pages: the next page starts after the last row seen, so page 5,000 costs what page 1 costs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, TypeDecorator, inspect, tuple_
from sqlmodel.sql.expression import SelectOfScalar

T = TypeVar("T")
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows and the key after which the next page starts; None when there is no more."""

    items: list[T]
    after: str | None


def _whole(text: str) -> int:
    """A number that fits the 64 bits of a key. Raises ValueError."""
    if len(text) > 18:
        raise ValueError(text)
    return int(text)


READ: dict[type, Callable[[str], Any]] = {
    int: _whole,
    float: float,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
}


def _read(token: str, columns: list[ColumnElement[Any]]) -> Key | None:
    """The values a token stands for; None when somebody has changed it."""
    try:
        return tuple(_value(c, text) for c, text in zip(columns, token.split("~"), strict=True))
    except ValueError:
        return None


def _value(column: ColumnElement[Any], text: str) -> Any:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    read: Callable[[str], Any] = READ.get(kind.python_type, str)
    return read(text)


def column(attribute: Any) -> ColumnElement[Any]:
    """A mapped attribute as a column to order by."""
    return inspect(attribute).expression  # type: ignore[no-any-return]


def write_key(*values: object) -> str:
    """A key as it stands in a URL."""
    return "~".join(str(value) for value in values)


def after(
    statement: SelectOfScalar[T], columns: list[ColumnElement[Any]], token: str | None, *, down: bool = False
) -> SelectOfScalar[T]:
    """The statement in the order of `columns` (the last one unique), beginning after `token`."""
    ordered = statement.order_by(*(c.desc() if down else c.asc() for c in columns))
    start = _read(token, columns) if token else None
    if start is None:
        return ordered
    here = tuple_(*columns)
    return ordered.where(here < tuple_(*start) if down else here > tuple_(*start))
