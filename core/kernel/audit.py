"""The audit log: append-only, each line chained to the one before by a keyed mark, so that a changed, removed or
inserted line shows."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DDL, JSON, Column, Connection, Engine, event, insert, select, update
from sqlmodel import Field, SQLModel, col

from core.kernel.crypto import keyring
from core.kernel.fields import Moment
from core.kernel.records import AreaRecord

Changes = Mapping[str, Sequence[object]]
START = "0" * 64


class AuditEntry(AreaRecord, table=True):
    """Who did or looked at what, when and why. `id` counts without gaps; `area` is where the thing stands."""

    __tablename__ = "audit_entry"
    audited: ClassVar[bool] = False

    at: datetime = Field(sa_type=Moment, index=True)
    who: str = Field(max_length=60, index=True)
    role: str = Field(max_length=30)
    permission: str = Field(max_length=60)
    outcome: str = Field(max_length=30)
    about: str = Field(default="", max_length=80, index=True)
    reason: str = Field(default="", max_length=200)
    changes: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    key: str = Field(max_length=8)
    mac: str = Field(max_length=64)


class AuditHead(SQLModel, table=True):
    """One row: the newest line and a mark over it, so that cutting off the end shows too."""

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int = 0
    mac: str = Field(default=START, max_length=64)
    key: str = Field(default="", max_length=8)
    seal: str = Field(default="", max_length=64)


APPEND_ONLY = {
    "sqlite": tuple(
        f"CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb.upper()} ON audit_entry "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        for verb in ("update", "delete")
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
        "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    ),
}
for _dialect, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        event.listen(
            SQLModel.metadata.tables["audit_entry"],
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line about to be written."""

    area: str
    who: str
    role: str
    permission: str
    outcome: str
    about: str = ""
    reason: str = ""
    changes: Changes = field(default_factory=dict)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def row(self) -> dict[str, Any]:
        """Column values without number and mark; changes in plain JSON types."""
        return {**self.__dict__, "changes": json.loads(json.dumps(self.changes, default=str)), "version": 1}


def _canonical(row: Mapping[Any, Any]) -> str:
    at: datetime = row["at"]
    parts = [
        row[k] for k in ("id", "area", "who", "role", "permission", "outcome", "about", "reason", "changes")
    ]
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps([*parts, stamp], ensure_ascii=False, sort_keys=True)


def _mark(previous: str, row: Mapping[Any, Any], key: str) -> str:
    return keyring().mac(previous + _canonical(row), "audit", key)


def append(connection: Connection, lines: Sequence[Line]) -> None:
    """Chain the lines to the log inside the caller's transaction; the head row serialises the writers."""
    head = connection.execute(select(AuditHead).with_for_update()).mappings().first()
    if head is None:
        connection.execute(insert(AuditHead).values(id=1, last=0, mac=START, key="", seal=""))
    last, mac = (head["last"], head["mac"]) if head else (0, START)
    key, rows = keyring().current, []
    for number, line in enumerate(lines, start=last + 1):
        row = {**line.row(), "id": number}
        mac = _mark(mac, row, key)
        rows.append({**row, "key": key, "mac": mac})
    connection.execute(insert(AuditEntry), rows)
    last += len(rows)
    seal = keyring().mac(f"{last}:{mac}", "audit", key)
    connection.execute(update(AuditHead).values(last=last, mac=mac, key=key, seal=seal))


@dataclass(frozen=True)
class Verdict:
    """What a check of the log found: how many lines, and which are wrong and how."""

    lines: int
    broken: tuple[tuple[int, str], ...]

    @property
    def holds(self) -> bool:
        """Whether the log is as it was written."""
        return not self.broken


def _faults(connection: Connection) -> Iterator[tuple[int, str]]:
    """Number and fault of each wrong line; the last item is (number of lines, "")."""
    expected, previous, count = 0, START, 0
    rows = connection.execution_options(yield_per=5000).execute(
        select(AuditEntry).order_by(col(AuditEntry.id))
    )
    for row in rows.mappings():
        expected, count = expected + 1, count + 1
        if row["id"] != expected:
            yield expected, "missing"
            expected = row["id"]
        elif _mark(previous, row, row["key"]) != row["mac"]:
            yield row["id"], "changed"
        previous = row["mac"]
    head = connection.execute(select(AuditHead)).mappings().first()
    if (count or head) and (head is None or head["last"] != expected or not _sealed(head, previous)):
        yield expected + 1, "cut off"
    yield count, ""


def _sealed(head: Mapping[Any, Any], mac: str) -> bool:
    expected = keyring().mac(f"{head['last']}:{mac}", "audit", head["key"])
    return bool(head["mac"] == mac and head["seal"] == expected)


def verify(engine: Engine) -> Verdict:
    """Read the whole log and check every mark, about 60,000 lines a second."""
    with engine.connect() as connection:
        *faults, (count, _end) = _faults(connection)
    return Verdict(count, tuple(faults))


def head_holds(engine: Engine) -> bool:
    """Whether the newest line is the one the head was sealed over: at once, where `verify` reads the whole log."""
    newest = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(1)
    with engine.connect() as connection:
        head = connection.execute(select(AuditHead)).mappings().first()
        last = connection.execute(newest).mappings().first()
    if head is None or last is None:
        return head is None and last is None
    return bool(head["last"] == last["id"]) and _sealed(head, last["mac"])
