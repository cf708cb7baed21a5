"""Loading many rows at once, for demo data and imports: by jobs only, one line in the log for each table."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import groupby, islice, repeat
from typing import Any

from sqlalchemy import Connection, Dialect, select
from sqlmodel import SQLModel, col

from core.kernel import audit, stamps
from core.kernel.bare import BATCH, bare, hurried, measure, put
from core.kernel.database import Office
from core.kernel.i18n import _
from core.kernel.problems import Clash, Refused
from core.kernel.session import scoped_kinds
from core.kernel.unit_of_work import UnitOfWork

Rows = Iterable[tuple[type[SQLModel], Iterable[Mapping[str, Any]]]]
"""Tables with rows of plain column values; a table may come several times, after those it leans on."""


def load(uow: UnitOfWork, tables: Rows) -> dict[str, int]:
    """Insert the rows of each table in one transaction; table name -> rows. Jobs only."""
    _jobs_only(uow)
    office: Office = uow.office
    with office.writing(), office.writer.begin() as connection:
        counts = _insert_all(uow, connection, tables)
        measure(connection, counts)
        return counts


def fill(uow: UnitOfWork, tables: Rows, done: Callable[[float], None] = lambda share: None) -> dict[str, int]:
    """`load` into an office that holds nothing yet, several times faster: indexes and search come at the end.

    `done` hears the share of that last part. Raises Clash when there is anything; afterwards, also when it
    failed, everything is as safe as before.
    """
    _jobs_only(uow)
    office: Office = uow.office
    office.close()
    with office.writing(), office.writer.connect() as connection, hurried(connection):
        with connection.begin():
            _check_empty(connection)
            with bare(connection, done):
                counts = _insert_all(uow, connection, tables)
        return counts


def _jobs_only(uow: UnitOfWork) -> None:
    if uow.actor.role != "job":
        raise Refused(_("Bulk loading is for jobs."))


# --- rows -----------------------------------------------------------------------------------------------


def _insert_all(uow: UnitOfWork, connection: Connection, tables: Rows) -> dict[str, int]:
    """Every row, and one line of the log for each table with its count and a digest."""
    counts: dict[str, int] = {}
    digests: dict[str, Any] = {}
    kinds: set[str] = set()
    for kind, rows in tables:
        kinds.add(kind.__name__)
        name, waiting = str(kind.__tablename__), iter(rows)
        digest = digests.setdefault(name, hashlib.sha256())
        while batch := list(islice(waiting, BATCH)):
            _insert(connection, kind, batch)
            counts[name] = counts.get(name, 0) + len(batch)
            digest.update(repr(batch[-1]).encode())
    lines = []
    for name, count in counts.items():
        changes = {"rows": [0, count], "digest": [None, digests[name].hexdigest()[:16]]}
        lines.append(uow.line("loaded", about=name, changes=changes))
    audit.append(connection, lines)
    stamps.move(connection, kinds)
    return counts


def _insert(connection: Connection, kind: type[SQLModel], batch: list[Mapping[str, Any]]) -> None:
    """Rows with the same keys go in together, column by column: the driver gets tuples, nothing is built
    twice."""
    for keys, rows in groupby(batch, key=tuple):
        columns = _prepared(kind, keys, connection.dialect)
        columnwise = dict(zip(keys, zip(*(row.values() for row in rows), strict=True), strict=True))
        count = len(columnwise[keys[0]])
        values = [column(columnwise, count) for column in columns.values()]
        put(connection, str(kind.__tablename__), list(columns), zip(*values, strict=False))


Column = Callable[[Mapping[str, Sequence[Any]], int], Iterable[Any]]


@cache
def _prepared(kind: type[SQLModel], keys: tuple[str, ...], dialect: Dialect) -> dict[str, Column]:
    """For rows with these keys: the columns they fill, and how the values of each come about."""
    columns = SQLModel.metadata.tables[str(kind.__tablename__)].columns
    wanted = [c for c in columns if c.name in keys or c.default is not None]
    return {c.name: _column(c, c.name in keys, dialect) for c in wanted}


def _column(column: Any, given: bool, dialect: Dialect) -> Column:
    """Values as the driver takes them: given ones through the column's type, others from its default."""
    bind: Any = column.type.dialect_impl(dialect).bind_processor(dialect)
    if bind and issubclass(column.type.python_type, date):
        bind = lru_cache(maxsize=100_000)(bind)
    name, default = column.name, column.default
    if given:
        return (lambda rows, count: map(bind, rows[name])) if bind else (lambda rows, count: rows[name])
    if follows := column.info.get("follows"):
        rule, *sources = follows
        return lambda rows, count: map(rule, *(rows.get(source, repeat(None, count)) for source in sources))
    if default.is_callable:
        make: Any = default.arg
        return lambda rows, count: [bind(make(None)) if bind else make(None) for _row in range(count)]
    constant = bind(default.arg) if bind else default.arg
    return lambda rows, count: repeat(constant, count)


# --- an empty database ----------------------------------------------------------------------------------


def _check_empty(connection: Connection) -> None:
    """Raises Clash when any record but the audit log's is there."""
    for kind in scoped_kinds():
        if kind is not audit.AuditEntry and connection.execute(select(col(kind.id)).limit(1)).first():
            raise Clash(_("This office holds data already; demo data go only into an empty one."))
