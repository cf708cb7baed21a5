"""Kinds of record that things are attached to: photos, documents, consents, holds. A domain makes its own known."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, event, inspect, update
from sqlmodel import Field, SQLModel

from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.records import AreaRecord
from core.kernel.session import ScopedSession, scoped_kinds
from core.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Kind:
    """A kind of record: what a role needs to see one and to change one, and whether its pictures are sensitive. `check`
    raises Refused or Missing where the permission alone does not say who may see, or change, this very record."""

    model: type[AreaRecord]
    view: str
    edit: str
    is_sensitive: bool = False
    check: Callable[[UnitOfWork, Any, bool], None] | None = None


KINDS: dict[str, Kind] = {}


def know(
    model: type[AreaRecord],
    *,
    view: str,
    edit: str,
    is_sensitive: bool = False,
    check: Callable[[UnitOfWork, Any, bool], None] | None = None,
) -> None:
    """Let things be attached to a kind of record, by and for those who may see or change it."""
    KINDS[model.__name__] = Kind(model, view, edit, is_sensitive, check)


def record_of(uow: UnitOfWork, kind: str, key: int | str, *, to_change: bool = False) -> AreaRecord:
    """The record something is attached to, inside a query or command. Raises Refused for who may not see (or change)
    that kind, Missing for one that is not there or not in the actor's branch."""
    known = KINDS.get(kind)
    if known is None:
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    uow.require(known.edit if to_change else known.view)
    record = uow.get(known.model, key)
    if known.check is not None:
        known.check(uow, record, to_change)
    return record


class Attached(AreaRecord):
    """Something attached to a record of any kind. It stands where that stands: `area` moves with it."""

    about_kind: str = Field(max_length=40)
    about_id: int


def _tables() -> list[Any]:
    names = [str(kind.__tablename__) for kind in scoped_kinds() if issubclass(kind, Attached)]
    return [SQLModel.metadata.tables[name] for name in names]


@event.listens_for(ScopedSession, "after_flush")
def _along(session: ScopedSession, _context: Any) -> None:
    """A record that moves takes along what is attached to it, whichever command moved it."""
    for record in session.dirty:
        kind = type(record).__name__
        if (
            kind in KINDS
            and isinstance(record, AreaRecord)
            and inspect(record).attrs.area.history.has_changes()
        ):
            for table in _tables():
                own = (table.c.about_kind == kind) & (table.c.about_id == record.id)
                moved = update(table).where(own).values(area=record.area, version=table.c.version + 1)
                session.connection().execute(moved)


def erase(uow: UnitOfWork, record: AreaRecord) -> None:
    """Take a record away for good, inside a command: with what is attached to it and with what it said before. The log
    keeps that it was there and who took it away. Contents of photos that nothing refers to any more go in the night."""
    uow.remove(record)
    forget(uow, type(record).__name__, record.id)


def forget(uow: UnitOfWork, kind: str, record_id: int) -> None:
    """What is attached to a record that is gone, what it said, and the deeds about it, inside a command."""
    connection = uow.session.connection()
    for table in _tables():
        own = (table.c.about_kind == kind) & (table.c.about_id == record_id)
        connection.execute(delete(table).where(own))
    for name in ("field_change", "look"):
        table = SQLModel.metadata.tables[name]
        connection.execute(delete(table).where(table.c.kind == kind, table.c.record_id == record_id))
    deeds, named = SQLModel.metadata.tables["deed"], f"{kind}/{record_id}"
    connection.execute(delete(deeds).where((deeds.c.about == named) | (deeds.c.other == named)))
