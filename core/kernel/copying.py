"""Moving the rows of an office from one database into another, counted and compared.

It works on the tables as they are found, not as the models declare them, so it also moves an office whose tables are
of an older revision. Sealed values stay sealed; documents in JSON are moved as the text they are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Dialect,
    TableClause,
    Text,
    cast,
    column,
    func,
    inspect,
    select,
    table,
)

from core.kernel.bare import Heard, bare, hurried, put
from core.kernel.database import Office, opened
from core.kernel.i18n import _
from core.kernel.problems import Unavailable
from core.kernel.revisions import bring, revision_of, unlinked

OUTSIDE = ("alembic_version", "search_fts")
"""Tables that a database keeps for itself."""
MODULUS = 1 << 128


@dataclass(frozen=True)
class Moved:
    """How many rows of a table were moved; the digest is the same whatever order they stand in."""

    table: str
    rows: int
    digest: str


def tables_of(connection: Connection) -> list[TableClause]:
    """The tables there are, with the types their values have in Python."""
    looked = inspect(connection)
    names = [name for name in looked.get_table_names() if not name.startswith(OUTSIDE)]
    return [
        table(name, *(column(c["name"], c["type"].as_generic()) for c in looked.get_columns(name)))
        for name in sorted(names)
    ]


def count(connection: Connection) -> dict[str, int]:
    """Rows of each table."""
    sizes = ((one.name, select(func.count()).select_from(one)) for one in tables_of(connection))
    return {name: int(connection.execute(asked).scalar_one()) for name, asked in sizes}


def copy(source: Connection, target: Connection, done: Heard = lambda share: None) -> list[Moved]:
    """Every row, inside the caller's transactions, into tables of the same shape that hold nothing.

    `done` hears the share. Raises Unavailable when what stands in the target then is not what was read.
    """
    tables, sizes = tables_of(source), count(source)
    steps = _Steps(sum(sizes.values()) * 2, done)
    with bare(target):
        sums = {one.name: _move(source, target, one, steps) for one in tables}
    moved = [Moved(name, each.rows, each.digest) for name, each in sums.items()]
    there = [_look(target, one, steps) for one in tables]
    if moved != there:
        wrong = ", ".join(a.table for a, b in zip(moved, there, strict=True) if a != b)
        raise Unavailable(
            _("These tables did not arrive whole: {tables}. Nothing was kept.").format(tables=wrong)
        )
    return moved


class _Steps:
    """Tells how far it is, every few thousand rows."""

    def __init__(self, total: int, done: Callable[[float], None]) -> None:
        self.total, self.done, self.now = max(total, 1), done, 0

    def one(self) -> None:
        self.now += 1
        if self.now % 5000 == 0:
            self.done(min(self.now / self.total, 1.0))


class _Sum:
    """Rows counted and added up while they pass by."""

    def __init__(self, steps: _Steps) -> None:
        self.rows = self._sum = 0
        self._steps = steps

    @property
    def digest(self) -> str:
        return f"{self._sum:032x}"

    def of(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """The same rows."""
        for row in rows:
            mark = blake2b(repr(tuple(row)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
            self.rows, self._sum = self.rows + 1, (self._sum + int.from_bytes(mark, "big")) % MODULUS
            self._steps.one()
            yield row


def _rows(connection: Connection, one: TableClause) -> Iterator[Sequence[Any]]:
    """Every row, some thousands at a time."""
    columns = [cast(c, Text).label(c.name) if isinstance(c.type, JSON) else c for c in one.columns]
    yield from connection.execute(select(*columns), execution_options={"yield_per": 5000})


def _move(source: Connection, target: Connection, one: TableClause, steps: _Steps) -> _Sum:
    passing = _Sum(steps)
    binds = [_bind(c, target.dialect) for c in one.columns]
    bound = (
        [bind(value) if bind and value is not None else value for bind, value in zip(binds, row, strict=True)]
        for row in passing.of(_rows(source, one))
    )
    put(target, one.name, [c.name for c in one.columns], bound)
    return passing


def _bind(c: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    if isinstance(c.type, JSON):
        return None
    bind: Callable[[Any], Any] | None = c.type.dialect_impl(dialect).bind_processor(dialect)
    return bind


def _look(connection: Connection, one: TableClause, steps: _Steps) -> Moved:
    there = _Sum(steps)
    for _row in there.of(_rows(connection, one)):
        pass
    return Moved(one.name, there.rows, there.digest)


def to_file(office: Office, path: Path) -> None:
    """The whole office of this moment as an SQLite file, of the revision it has; no program of PostgreSQL is needed."""
    with opened(f"sqlite:///{path.as_posix()}") as file:
        with office.reader.connect() as source, file.connect() as target, hurried(target), unlinked(target):
            bring(target, revision_of(source))
            copy(source, target)
        with file.connect() as target, closing(target.connection.cursor()) as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
