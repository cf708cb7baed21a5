"""The values of an office's own fields once more, one row each, so that lists of many thousand records are filtered
and sorted by them in a moment. The session writes these rows in the same flush as `extra`, where the values stand."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Index, inspect
from sqlmodel import Field, Session, col, select

from core.kernel.records import AreaRecord, Extended, Record

LONGEST = 60
ABOVE_ALL = Decimal(10) ** 15
"""Added to numbers, so that they are never negative and their text sorts as they do."""


class FieldValue(AreaRecord, table=True):
    """One value of one record, as a text that sorts. It stands where its record stands."""

    __tablename__ = "field_value"
    __table_args__ = (
        Index("ix_field_value_sorted", "of", "name", "value", "record_id", "area"),
        Index("ix_field_value_record", "record_id", "name", unique=True),
    )
    audited: ClassVar[bool] = False

    area: str = Field(max_length=60)
    of: str = Field(max_length=60)
    name: str = Field(max_length=40)
    record_id: int
    value: str = Field(max_length=LONGEST)


def sortable(value: object) -> str:
    """A value as its text: numbers of one width, yes "1" and no "0", days as 2026-01-31; "" for nothing."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return f"{Decimal(str(value)) + ABOVE_ALL:023.6f}"
    return "" if value is None else str(value)[:LONGEST]


def keep(session: Session, record: Record, *, born: bool, gone: bool) -> None:
    """Let the rows of a record follow what is about to be written."""
    if not isinstance(record, AreaRecord) or not isinstance(record, Extended):
        return
    attributes = inspect(record).attrs
    if not (born or gone or attributes.extra.history.has_changes() or attributes.area.history.has_changes()):
        return
    asked = select(FieldValue).where(FieldValue.record_id == record.id)
    there = {} if born else {one.name: one for one in session.exec(asked)}
    wanted = {} if gone else {row["name"]: row["value"] for row in rows(record.fields_of, record.extra)}
    for name, one in there.items():
        if name not in wanted:
            session.delete(one)
        else:
            one.value, one.area = wanted[name], record.area
    for name in wanted.keys() - there.keys():
        where = {"area": record.area, "of": record.fields_of, "record_id": record.id}
        session.add(FieldValue(name=name, value=wanted[name], **where))


def rows(of: str, extra: dict[str, Any]) -> Iterable[dict[str, str]]:
    """Name and sortable value of everything in `extra`; what is empty has no row."""
    texts = ((name, sortable(value)) for name, value in (extra or {}).items())
    return [{"of": of, "name": name, "value": text} for name, text in texts if text]


def are(column: Any, of: str, name: str, *bounds: ColumnElement[bool]) -> ColumnElement[bool]:
    """Records, by the number in `column`, whose field of that name has a value within bounds (see `between`)."""
    found = select(FieldValue.record_id).where(FieldValue.of == of, FieldValue.name == name, *bounds)
    return col(column).in_(found)


def between(low: object = None, high: object = None) -> list[ColumnElement[bool]]:
    """Bounds for `are`, both ends included; None is no bound."""
    found = [col(FieldValue.value) >= sortable(low)] if low is not None else []
    return found + ([col(FieldValue.value) <= sortable(high)] if high is not None else [])


def is_used(session: Session, of: str, name: str, value: object = None) -> bool:
    """Whether any record in sight has the field filled in, or filled in with that value."""
    some = select(FieldValue.id).where(FieldValue.of == of, FieldValue.name == name)
    some = some if value is None else some.where(FieldValue.value == sortable(value))
    return session.exec(some.limit(1)).first() is not None
