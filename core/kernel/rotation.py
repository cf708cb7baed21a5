"""Changing the key: every sealed value and every mark is made anew with a fresh key, in one transaction.

A crash at any point does no harm: the fresh key is in the key file before anything is sealed with it, and
which key is in use stands in the database (its key mark), so it changes with the transaction. Old keys stay
in the file: the lines of the audit log are proved with the key of their time, and old backups need them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, TableClause, bindparam, column, func, inspect, select, table, update
from sqlmodel import SQLModel

from core.kernel import postgresql
from core.kernel.access import job
from core.kernel.audit import Changes
from core.kernel.crypto import Keyring, write_key_file
from core.kernel.database import Meta, Office
from core.kernel.fields import SealedText
from core.kernel.i18n import _
from core.kernel.lease import alone
from core.kernel.opening import KEY_CHECK, key_mark, key_path
from core.kernel.problems import Unavailable
from core.kernel.unit_of_work import UnitOfWork, command

BATCH = 5000
MARK = re.compile(r"(?<!\S)=[0-9a-f]{24}(?!\S)")
FORGET = "INSERT INTO search_fts(search_fts) VALUES ('rebuild')"
"""The full-text index keeps deleted words until then; free pages are wiped by `secure_delete`."""
OUTSIDE = ("alembic_version", "search_fts")

Progress = Callable[[int, int], None]
Row = Mapping[Any, Any]


class Rotated(NamedTuple):
    """Name of the new key, how many values were sealed anew and how many search documents refer to them."""

    key: str
    values: int
    documents: int


def rotate(office: Office, progress: Progress = lambda done, total: None) -> Rotated:
    """Change the key of an office that nobody serves; everybody is signed out by it.

    `progress` hears (rows done, rows in all). Raises Unavailable while the office is served, when the disk is
    full, or when the keys come from the environment and no fresh one stands at their end.
    """
    with alone(office.settings):
        old, new = office.ring, _fresh(office)
        office.take(new)
        try:
            done = _reseal(office.uow(job("rotation")), _Turn(old, new), progress)
        except BaseException:
            office.take(old)
            raise
        if office.settings.is_postgresql:
            postgresql.forget(office.writer, [*(one.name for one in sealed_columns()), "search_doc"])
        return done


def _fresh(office: Office) -> Keyring:
    """The office's keys, sealing with one not used yet, which is saved already; a crash may have left one."""
    last = list(office.ring.masters)[-1]
    if last != office.ring.current:
        return office.ring.using(last)
    if office.settings.keys.get_secret_value():
        sentence = _("The keys come from LINGRID_KEYS: append a new one, such as {example}, and try again.")
        raise Unavailable(sentence.format(example=f",k{int(last[1:]) + 1}:$(openssl rand -base64 32)"))
    ring = office.ring.with_new_key()
    write_key_file(key_path(office.settings), ring)
    return ring


@command("key.rotate")
def _reseal(uow: UnitOfWork, turn: "_Turn", progress: Progress) -> Rotated:
    connection = uow.session.connection()
    _knows_every_table(connection)
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    work = [*turn.records(), _Part(_light("search_doc", ["tok"]), turn.document)]
    total, done = sum(_size(connection, part.table) for part in work), 0
    for part in work:
        for rows in _batches(connection, part.table):
            _change(connection, part, rows)
            progress(done := done + len(rows), total)
    if is_sqlite:
        connection.exec_driver_sql(FORGET)
    where = column("name") == KEY_CHECK
    connection.execute(update(Meta).where(where).values(value=key_mark(turn.new)))
    keys = [turn.old.current, turn.new.current]
    change: Changes = {"key": keys, "values": [0, turn.values]}
    uow.lines.append(uow.line("done", about=f"Key/{keys[1]}", changes=change))
    return Rotated(keys[1], turn.values, turn.documents)


def sealed_columns() -> dict[Table, dict[str, str]]:
    """Table -> column -> what it is about, for every column that is sealed."""
    found = {
        one: {c.name: c.type.about for c in one.columns if isinstance(c.type, SealedText)}
        for one in SQLModel.metadata.sorted_tables
    }
    return {one: columns for one, columns in found.items() if columns}


class _Part(NamedTuple):
    """A table as the database sees it, and what becomes of its rows: the new values, or {} for no change."""

    table: TableClause
    change: Callable[[Row], dict[str, Any]]


class _Turn:
    """From the old key to the new one; remembers old mark -> new mark for the search."""

    def __init__(self, old: Keyring, new: Keyring) -> None:
        self.old, self.new = old, new
        self.marks: dict[str, str] = {}
        self.values = self.documents = 0

    def records(self) -> Iterator[_Part]:
        """Every table with sealed columns."""
        for one, columns in sealed_columns().items():
            marks = [f"{name}_{end}" for name in columns for end in ("index", "tail")]
            there = [name for name in (*columns, *marks) if name in one.columns]
            yield _Part(_light(one.name, there), partial(self._record, columns))

    def _record(self, columns: Mapping[str, str], row: Row) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, about in columns.items():
            if row[name] is not None:
                values |= self._value(name, self.old.open(row[name], about), about)
        return {name: values.get(name) for name in row if name != "id"} if values else {}

    def _value(self, name: str, plain: str, about: str) -> dict[str, str]:
        """The sealed text and its marks."""
        self.values += 1
        index, tail = self.new.index(plain, about), self.new.tail(plain, about)
        self.marks[f"={self.old.index(plain, about)}"] = f"={index}"
        self.marks[f"={self.old.tail(plain, about)}"] = f"={tail}"
        return {name: self.new.seal(plain, about), f"{name}_index": index, f"{name}_tail": tail}

    def document(self, row: Row) -> dict[str, Any]:
        """A search document with the new marks."""
        words = MARK.sub(lambda mark: self.marks.get(mark[0], mark[0]), row["tok"])
        if words == row["tok"]:
            return {}
        self.documents += 1
        return {"tok": words}


def _light(name: str, columns: Sequence[str]) -> TableClause:
    """The bare table: values as they stand in the database."""
    return table(name, column("id"), *map(column, columns))


def _size(connection: Connection, one: TableClause) -> int:
    return int(connection.execute(select(func.count()).select_from(one)).scalar_one())


def _batches(connection: Connection, one: TableClause) -> Iterator[Sequence[Row]]:
    """The rows by their number, some thousands at a time."""
    statement = select(one).where(one.c.id > bindparam("last")).order_by(one.c.id).limit(BATCH)
    last = -1
    while rows := connection.execute(statement, {"last": last}).mappings().all():
        yield rows
        last = rows[-1]["id"]


def _change(connection: Connection, part: _Part, rows: Sequence[Row]) -> None:
    changed = [{"_id": row["id"], **values} for row in rows if (values := part.change(row))]
    if changed:
        connection.execute(update(part.table).where(part.table.c.id == bindparam("_id")), changed)


def _knows_every_table(connection: Connection) -> None:
    """RuntimeError when a module with tables was not imported: its values would keep the old key."""
    names = inspect(connection).get_table_names()
    unknown = [n for n in names if n not in SQLModel.metadata.tables and not n.startswith(OUTSIDE)]
    if unknown:
        raise RuntimeError(f"import core.models first: nothing is known of {unknown}")
