"""When, by whom and from what a key field of a record was last found true; only the newest look is kept.

Whoever changes a field has looked at it. A look at the whole record stands on the record itself and counts for each
field, too. Looks are read only through their record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Index, inspect
from sqlmodel import Field, select

from core.kernel.fields import Moment
from core.kernel.records import AreaRecord, Record

if TYPE_CHECKING:
    from core.kernel.unit_of_work import UnitOfWork


class Look(Record, table=True):
    """The newest look at one field of one record."""

    __tablename__ = "look"
    __table_args__ = (Index("ix_look_record", "kind", "record_id", "field", unique=True),)
    audited: ClassVar[bool] = False
    derived: ClassVar[bool] = True

    kind: str = Field(max_length=40)
    record_id: int
    field: str = Field(max_length=60)
    at: datetime = Field(sa_type=Moment)
    by: str = Field(default="", max_length=60)
    source: str = Field(default="", max_length=20)


@dataclass(frozen=True)
class Fresh:
    """The newest look at a field, be it at the field or at the whole record."""

    at: datetime
    by: str
    source: str


def seen(uow: "UnitOfWork", record: Record) -> list[Look]:
    """The looks that a change brings with it, inside a flush: each key field that is about to change was looked at."""
    changed = [name for name in record.key_fields if not uow.undoing and _has_changed(record, name)]
    return looks_at(uow, record, changed, uow.source) if changed else []


def _has_changed(record: Record, name: str) -> bool:
    attributes: Any = inspect(record).attrs
    return name in attributes and attributes[name].history.has_changes()


def looks_at(uow: "UnitOfWork", record: Record, fields: Iterable[str], source: str) -> list[Look]:
    """The looks at some fields as of now, those of before brought up to date, inside a command; still to be added."""
    known = _looks(uow, record)
    return [_look(uow, record, name, source, known.get(name)) for name in fields]


def _look(uow: "UnitOfWork", record: Record, name: str, source: str, known: Look | None) -> Look:
    if known is None:
        about: dict[str, Any] = {"kind": type(record).__name__, "record_id": record.id, "field": name}
        return Look(**about, at=uow.now, by=uow.actor.login, source=source)
    known.at, known.by, known.source = uow.now, uow.actor.login, source
    return known


def confirm(uow: "UnitOfWork", record: AreaRecord, fields: Iterable[str], source: str) -> None:
    """Somebody looked at some key fields and they are so, inside a command; other fields are left out."""
    chosen = [name for name in record.key_fields if name in set(fields)]
    uow.session.add_all(looks_at(uow, record, chosen, source))
    changes: dict[str, Any] = {"verified_from": [None, source], "verified_fields": [None, chosen]}
    uow.lines.append(
        uow.line("done", about=f"{type(record).__name__}/{record.id}", area=record.area, changes=changes)
    )
    uow.session.flush()


def _looks(uow: "UnitOfWork", record: Record) -> dict[str, Look]:
    asked = select(Look).where(Look.kind == type(record).__name__, Look.record_id == record.id)
    return {look.field: look for look in uow.session.exec(asked)}


def freshness(uow: "UnitOfWork", record: AreaRecord) -> Mapping[str, Fresh | None]:
    """Key field -> the newest look, None for never; "" stands for the record as a whole, and so for every other field.
    Inside a query.
    """
    at: datetime | None = getattr(record, "verified_at", None)
    whole = (
        Fresh(at, getattr(record, "verified_by", ""), getattr(record, "verified_from", "")) if at else None
    )
    found: dict[str, Fresh | None] = {"": whole, **dict.fromkeys(record.key_fields, whole)}
    for name, look in _looks(uow, record).items():
        if name in found and (whole is None or look.at > whole.at):
            found[name] = Fresh(look.at, look.by, look.source)
    return found
