"""A database without its indexes, checks and triggers while very many rows go in; they come back at the end.

Making an index over rows that are there is several times faster than keeping it up row by row, and a link is checked
once instead of a million times. All of it happens in the caller's transaction: a failure leaves everything as it was.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from sqlite3 import OperationalError
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

Heard = Callable[[float], None]
BATCH = 5000

# --- rows ------------------------------------------------------------------------------------------------


def put(connection: Connection, table: str, names: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    """Rows as the driver takes them into a table: by COPY in PostgreSQL, else some thousands at a time."""
    raw = connection.connection.driver_connection
    if isinstance(raw, psycopg.Connection):
        into = SQL("COPY {} ({}) FROM STDIN").format(
            Identifier(table), SQL(", ").join(map(Identifier, names))
        )
        try:
            with raw.cursor() as cursor, cursor.copy(into) as copy:
                for row in rows:
                    copy.write_row(row)
        except psycopg.IntegrityError as trouble:
            raise IntegrityError(table, None, trouble) from trouble
        return
    columns = ", ".join(f'"{name}"' for name in names)
    sql = f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(names))})'
    while batch := list(islice(rows, BATCH)):
        connection.exec_driver_sql(sql, [tuple(row) for row in batch])


def measure(connection: Connection, tables: Iterable[str]) -> None:
    """Let PostgreSQL's planner know at once of many new rows: it would plan as if there were none. SQLite plans better
    without such numbers."""
    raw = connection.connection.driver_connection
    if isinstance(raw, psycopg.Connection):
        for table in tables:
            raw.execute(SQL("ANALYZE {}").format(Identifier(table)))


# --- the tables ------------------------------------------------------------------------------------------


@contextmanager
def bare(connection: Connection, done: Heard = lambda share: None) -> Iterator[None]:
    """Tables without what costs time for each row; `done` hears the share of bringing it back."""
    raw: Any = connection.connection.driver_connection
    if isinstance(raw, psycopg.Connection):
        taken = _taken_away(raw)
        yield
        for step, statement in enumerate(taken):
            done(step / len(taken))
            raw.execute(statement)
        raw.execute("ANALYZE")
        return
    kept = connection.exec_driver_sql(SQLITE).all()
    for kind, name, _sql in kept:
        connection.exec_driver_sql(f'DROP {kind} "{name}"')
    yield
    for step, (_kind, _name, sql) in enumerate(kept):
        done(0.5 * step / len(kept))
        connection.exec_driver_sql(sql)
    done(0.5)
    connection.exec_driver_sql("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
    done(0.95)


SQLITE = (
    "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL "
    "AND tbl_name NOT LIKE 'audit%' ORDER BY type, tbl_name, name"
)
CONSTRAINTS = (
    "SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', relname, conname), "
    "format('ALTER TABLE %I ADD CONSTRAINT %I %s', relname, conname, pg_get_constraintdef(c.oid)) "
    "FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid "
    "WHERE relnamespace = current_schema()::regnamespace AND contype = '{kind}' AND relname NOT LIKE 'audit%' "
    "ORDER BY relname, conname"
)
INDEXES = (
    "SELECT format('DROP INDEX %I', indexname), indexdef FROM pg_indexes WHERE schemaname = current_schema() "
    "AND tablename NOT LIKE 'audit%' AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY indexname"
)


def _taken_away(raw: Any) -> list[str]:
    """Drop links, unique and exclusion constraints, and indexes; the statements that make them again, links last."""
    raw.execute("SET LOCAL maintenance_work_mem = '256MB'")
    links, twins, apart = (raw.execute(CONSTRAINTS.replace("{kind}", kind)).fetchall() for kind in "fux")
    indexes = raw.execute(INDEXES).fetchall()
    for drop, _make in (*links, *twins, *apart, *indexes):
        raw.execute(drop)
    return [make for _drop, make in (*indexes, *twins, *apart, *links)]


# --- the disk --------------------------------------------------------------------------------------------


@contextmanager
def hurried(connection: Connection) -> Iterator[None]:
    """Do not wait for the disk while nothing can be lost; in the end everything is on it.

    In SQLite a rollback journal holds only pages that were there before: next to nothing here, where a write-ahead
    log would write everything twice. Others who have the database open keep it from changing; then the log stays.
    PostgreSQL needs no help.
    """
    raw: Any = connection.connection.driver_connection
    if isinstance(raw, psycopg.Connection):
        yield
        return
    _try(raw, "busy_timeout=100", "journal_mode=DELETE", "busy_timeout=15000", "mmap_size=0")
    _try(raw, "synchronous=OFF")
    try:
        yield
    finally:
        _try(raw, "busy_timeout=100", "synchronous=FULL", "journal_mode=WAL", "wal_checkpoint(TRUNCATE)")
        connection.invalidate()


def _try(raw: Any, *pragmas: str) -> None:
    for pragma in pragmas:
        with suppress(OperationalError):
            raw.execute(f"PRAGMA {pragma}")
