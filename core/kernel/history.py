"""What a record said before: a line for each field that changed, written by the session with the change itself.

The audit log proves who did what; this table answers what was true in the register on a day. It is read only through
the record it tells of, so whoever may not see the record does not see its past.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from sqlalchemy import Index, inspect, text
from sqlmodel import Field, SQLModel, col, select

from core.kernel.crypto import Sealed
from core.kernel.fields import CHINA, CUSTOM, Moment, SealedText, declared
from core.kernel.ids import new_id
from core.kernel.records import AreaRecord, Record

if TYPE_CHECKING:
    from core.kernel.unit_of_work import UnitOfWork

BORN, GONE = "+", "-"
"""Stand in the place of a field: the record came into the register, or left it."""
SILENT = {"id", "version", "last_seen", "extra"}
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

    model_config = {"arbitrary_types_allowed": True}


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
    return {name: pair for name, pair in found.items() if (pair[0] or None) != (pair[1] or None)}


def lines(uow: "UnitOfWork", record: Record, *, born: bool, gone: bool) -> Iterator[FieldChange]:
    """The rows for a record that is about to be written; a record that goes leaves all it said."""
    told: dict[str, Any] = {
        "kind": type(record).__name__,
        "record_id": record.id,
        "at": uow.now,
        "who": uow.actor.login,
        "permission": uow.permission,
        "reason": uow.reason,
    }
    if born:
        yield FieldChange(**told, field=BORN)
        return
    for name, (before, after) in changed(record, born=gone).items():
        sides = (after, None) if gone else (before, after)
        yield FieldChange(**told, field=name, **_kept("before", sides[0]), **_kept("after", sides[1]))
    if gone:
        yield FieldChange(**told, field=GONE)


def _kept(side: str, value: object) -> dict[str, Any]:
    """A value as its column takes it: sealed ones sealed, others as JSON."""
    if isinstance(value, Sealed):
        return {f"secret_{side}": Sealed(ABOUT, plain=value.open())}
    return {side: None if value is None else json.dumps(value, ensure_ascii=False, default=str)}


@lru_cache(maxsize=1000)
def _reader(kind: type[SQLModel], name: str) -> TypeAdapter[Any]:
    annotation: Any = kind.model_fields[name].annotation
    return TypeAdapter(annotation)


def value_of(kind: type[SQLModel], change: FieldChange, side: str) -> Any:
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
    uow: "UnitOfWork", record: AreaRecord, *, after: datetime | None = None, most: int = 1000
) -> list[FieldChange]:
    """The changes of a record that came out of `uow.get`, newest first, inside a query or command."""
    asked = select(FieldChange).where(
        FieldChange.kind == type(record).__name__, FieldChange.record_id == record.id
    )
    if after is not None:
        asked = asked.where(col(FieldChange.at) >= after)
    return list(
        uow.session.exec(asked.order_by(col(FieldChange.at).desc(), col(FieldChange.id).desc()).limit(most))
    )


def end_of(day: date) -> datetime:
    """The moment after a day ended here."""
    return datetime.combine(day + timedelta(days=1), time(), CHINA)


def as_of(uow: "UnitOfWork", record: AreaRecord, day: date) -> dict[str, Any] | None:
    """What the register said of a record at the end of a day, inside a query: field -> value, unmasked and sealed.

    None when the record was not in the register yet. Works backwards from today, so records that were loaded in bulk
    need no first line.
    """
    kind = type(record)
    now: dict[str, Any] = {name: getattr(record, name) for name in kind.model_fields if name not in SILENT}
    now.update(getattr(record, "extra", None) or {})
    for change in of(uow, record, after=end_of(day), most=100_000):
        if change.field == BORN:
            return None
        if change.field in now or change.field.startswith(CUSTOM):
            now[change.field] = value_of(kind, change, "before")
    return now


def once_pointed_at(uow: "UnitOfWork", kind: type[AreaRecord], field: str, record_id: int) -> set[int]:
    """Records of a kind whose `field` named that record before, inside a query; they may be out of sight."""
    asked = select(FieldChange.record_id).where(
        FieldChange.field == field,
        FieldChange.kind == kind.__name__,
        FieldChange.before == str(record_id),
    )
    return set(uow.session.exec(asked))
