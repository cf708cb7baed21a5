"""What a record said before: a line for each field that changed, written by the session with the change itself.

The audit log proves who did what; this table answers what was true in the register on a day. It is read only through
the record it tells of, so whoever may not see the record does not see its past.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Index, inspect, literal_column, text
from sqlmodel import Field, SQLModel, col, select

from core.kernel.crypto import Sealed
from core.kernel.fields import CHINA, CUSTOM, Moment, SealedText, declared
from core.kernel.ids import new_id
from core.kernel.records import AreaRecord, Record

if TYPE_CHECKING:
    from core.kernel.unit_of_work import UnitOfWork

Kept = TypeVar("Kept", bound=AreaRecord)
BORN, GONE = "+", "-"
"""Stand in the place of a field: the record came into the register, or left it."""
SILENT = {"id", "version", "last_seen", "extra", "cell"}
ABOUT = "history"


class FieldChange(SQLModel, table=True):
    """One field of one record: what it said before and after. Sealed fields stay sealed here too."""

    __tablename__ = "field_change"
    __table_args__ = (
        Index("ix_field_change_record", "kind", "record_id", "at"),
        Index(
            "ix_field_change_household",
            "before",
            sqlite_where=text("field = 'household_id'"),
            postgresql_where=text("field = 'household_id'"),
        ),
        Index(
            "ix_field_change_person",
            "before",
            sqlite_where=text("field = 'person_id'"),
            postgresql_where=text("field = 'person_id'"),
        ),
    )

    id: int = Field(default_factory=new_id, primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(max_length=40)
    record_id: int
    field: str = Field(max_length=60)
    before: str | None = Field(default=None)
    after: str | None = Field(default=None)
    secret_before: Sealed | None = Field(default=None, sa_type=SealedText(ABOUT))
    secret_after: Sealed | None = Field(default=None, sa_type=SealedText(ABOUT))
    at: datetime = Field(sa_type=Moment)
    who: str = Field(max_length=60)
    permission: str = Field(default="", max_length=60)
    reason: str = Field(default="", max_length=200)
    source: str = Field(default="", max_length=20)

    model_config = {"arbitrary_types_allowed": True}


class Told(Protocol):
    """What tells of one field before and after: a line of the history, or of a change request."""

    field: str
    before: str | None
    after: str | None
    secret_before: Sealed | None
    secret_after: Sealed | None


def changed(record: Record, *, born: bool) -> dict[str, tuple[object, object]]:
    """Field -> (before, after) of what a flush is about to write; custom fields one by one, marks left out."""
    found: dict[str, tuple[object, object]] = {}
    for attribute in inspect(record).attrs:
        name, history = attribute.key, attribute.history
        before = None if born or not history.deleted else history.deleted[0]
        after = attribute.value if born else (history.added[0] if history.added else None)
        if not (born or history.has_changes()):
            continue
        if name == "extra":
            old, new = before or {}, after or {}
            found.update({key: (old.get(key), new.get(key)) for key in {**old, **new}})
        elif name not in SILENT and not name.endswith(("_index", "_tail", "_hash")):
            found[name] = (before, after)
    if born:
        return {name: pair for name, pair in found.items() if (pair[0] or None) != (pair[1] or None)}
    return {name: pair for name, pair in found.items() if _empty(pair[0]) != _empty(pair[1])}


def _empty(value: object) -> object:
    """No text and nothing are the same; 0 and False say something."""
    return None if isinstance(value, str) and not value else value


def lines(uow: "UnitOfWork", record: Record, *, born: bool, gone: bool) -> Iterator[FieldChange]:
    """The rows for a record that is about to be written; a record that goes leaves all it said."""
    told: dict[str, Any] = {
        "kind": type(record).__name__,
        "record_id": record.id,
        "at": uow.now,
        "who": uow.actor.login,
        "permission": uow.permission,
        "reason": uow.reason,
        "source": uow.source,
    }
    if born:
        yield FieldChange(**told, field=BORN)
        return
    for name, (before, after) in changed(record, born=gone).items():
        sides = (after, None) if gone else (before, after)
        yield FieldChange(**told, field=name, **kept("before", sides[0]), **kept("after", sides[1]))
    if gone:
        yield FieldChange(**told, field=GONE)


def kept(side: str, value: object, about: str = ABOUT) -> dict[str, Any]:
    """A value as the columns of a side (before, after) take it: sealed ones sealed, others as JSON."""
    if isinstance(value, Sealed):
        return {f"secret_{side}": Sealed(about, plain=value.open())}
    return {side: None if value is None else json.dumps(value, ensure_ascii=False, default=str)}


@lru_cache(maxsize=1000)
def _reader(kind: type[SQLModel], name: str) -> TypeAdapter[Any]:
    annotation: Any = kind.model_fields[name].annotation
    return TypeAdapter(annotation)


def value_of(kind: type[SQLModel], change: Told, side: str) -> Any:
    """What the field said on that `side` (before, after) of the change, in its own type; sealed stays sealed."""
    secret: Sealed | None = getattr(change, f"secret_{side}")
    known = declared(kind).get(change.field)
    if secret is not None:
        return Sealed(known.facts.mask if known else ABOUT, plain=secret.open())
    raw = getattr(change, side)
    value = None if raw is None else json.loads(raw)
    if value is None or change.field.startswith(CUSTOM) or change.field not in kind.model_fields:
        return value
    return _reader(kind, change.field).validate_python(value)


def of(
    uow: "UnitOfWork", record: AreaRecord, *, fields: Collection[str] | None = None, most: int = 1000
) -> list[FieldChange]:
    """The changes of a record that came out of `uow.get`, newest first, of some fields if said; inside a query or
    command.
    """
    asked = select(FieldChange).where(
        FieldChange.kind == type(record).__name__, FieldChange.record_id == record.id
    )
    if fields is not None:
        asked = asked.where(col(FieldChange.field).in_(fields))
    return list(
        uow.session.exec(asked.order_by(col(FieldChange.at).desc(), col(FieldChange.id).desc()).limit(most))
    )


def end_of(day: date) -> datetime:
    """The moment after a day ended here."""
    return datetime.combine(day + timedelta(days=1), time(), CHINA)


def as_of(uow: "UnitOfWork", record: Kept, day: date) -> Kept | None:
    """A record as the register had it at the end of a day, inside a query; never to be saved. None when it was not in
    the register yet.
    """
    return all_as_of(uow, [record], day).get(record.id)


def all_as_of(uow: "UnitOfWork", records: Sequence[Kept], day: date) -> dict[int, Kept]:
    """Number -> record of one kind as it was at the end of a day, inside a query; one question for all of them.

    Works backwards from today, so records that were loaded in bulk need no first line.
    """
    now = {record.id: _facts(record) for record in records}
    for change in _later(uow, type(records[0]).__name__, set(now), end_of(day)) if records else ():
        if change.field == BORN:
            now.pop(change.record_id, None)
        elif (facts := now.get(change.record_id)) is not None:
            facts[change.field] = value_of(type(records[0]), change, "before")
    return {record.id: _revived(record, now[record.id]) for record in records if record.id in now}


def _later(uow: "UnitOfWork", kind: str, ids: set[int], moment: datetime) -> Iterator[FieldChange]:
    """The changes of some records since a moment, newest first."""
    asked = select(FieldChange).where(
        FieldChange.kind == kind, col(FieldChange.record_id).in_(ids), col(FieldChange.at) >= moment
    )
    yield from uow.session.exec(asked.order_by(col(FieldChange.at).desc(), col(FieldChange.id).desc()))


def _facts(record: Record) -> dict[str, Any]:
    """Field -> value as it is now; fields of the office's own by their names."""
    standard = {name: getattr(record, name) for name in type(record).model_fields if name != "extra"}
    return {**standard, **(getattr(record, "extra", None) or {})}


def _revived(record: Kept, facts: dict[str, Any]) -> Kept:
    """The record that said so."""
    kind = type(record)
    standard = {name: value for name, value in facts.items() if name in kind.model_fields}
    if "extra" in kind.model_fields:
        standard["extra"] = {n: v for n, v in facts.items() if n.startswith(CUSTOM) and v is not None}
    return kind(**standard)


def differing(record: Record, then: Record) -> frozenset[str]:
    """The fields that said something else, those of the office's own by their names."""
    now, before = _facts(record), _facts(then)
    return frozenset(
        n for n in {**now, **before} if n not in SILENT and _empty(now.get(n)) != _empty(before.get(n))
    )


def once_pointed_at(uow: "UnitOfWork", kind: type[AreaRecord], field: str, record_id: int) -> set[int]:
    """Records of a kind whose `field` named that record before, inside a query; they may be out of sight."""
    asked = select(FieldChange.record_id).where(
        FieldChange.field == literal_column(f"'{field}'"),
        FieldChange.kind == kind.__name__,
        FieldChange.before == str(record_id),
    )
    return set(uow.session.exec(asked))
