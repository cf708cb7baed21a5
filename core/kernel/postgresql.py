"""PostgreSQL as the office needs it. What differs from SQLite in types, locks and faults stands here, so that models,
migrations, queries and commands need not know which of the two they talk to.

Reads see one moment (REPEATABLE READ); writers take turns at a lock of the database, as they do in SQLite, so a rule
that a command has checked still holds when it writes.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL, Connection, Engine, Enum, Integer, create_engine, event, inspect, make_url
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import ExceptionContext

from core.kernel.i18n import _
from core.kernel.problems import Unavailable

NAMES = ("postgresql", "postgres", "postgresql+psycopg")
OLDEST = 130000
SPACE, WRITING = 0x4C47, 1
"""Our advisory locks: a number of our own, and the turn of a writer among them (others: `advisory`)."""
OPTIONS = "-c timezone=UTC -c lock_timeout=15000 -c jit=off -c idle_in_transaction_session_timeout=3600000"


class _Types(PGTypeCompiler):
    """Every whole number has 64 bits, as in SQLite: keys need them, and no column has to be marked."""

    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:
        """The word for a whole number in DDL and casts."""
        return "BIGINT"


class Dialect(PGDialect_psycopg):
    """psycopg 3 with 64-bit numbers, and choices kept as text, so that they sort and change as in SQLite.

    Whole numbers and choices go to the server without a cast: psycopg sends a number with the size it has.
    """

    supports_statement_cache = True
    supports_native_enum = False
    type_compiler_cls = _Types
    colspecs = {  # noqa: RUF012  (SQLAlchemy's own way to say it)
        **PGDialect_psycopg.colspecs,
        Enum: Enum,
        Integer: Integer,
    }


registry.register("postgresql.lingrid", __name__, "Dialect")


def speaks(url: str) -> bool:
    """Whether an address is one of PostgreSQL."""
    return url.partition("://")[0] in NAMES


def shown(url: str) -> str:
    """An address as it may be printed: without its password."""
    return make_url(url).render_as_string()


def _address(url: str, driver: str) -> URL:
    return make_url(url).set(drivername=driver)


def make_engine(url: str) -> Engine:
    """A pool for one process. Statements are planned for their values: a branch may be a grid or a city."""
    engine = create_engine(
        _address(url, "postgresql+lingrid"),
        pool_size=10,
        max_overflow=10,
        pool_timeout=15,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "application_name": "lingrid",
            "connect_timeout": 5,
            "keepalives_idle": 30,
            "tcp_user_timeout": 20000,
            "prepare_threshold": None,
            "options": OPTIONS,
        },
    )
    event.listen(engine, "begin", _take_turn)
    event.listen(engine, "handle_error", _without_values)
    return engine


def only_reading(engine: Engine) -> Engine:
    """The same pool for queries: one moment for all of their statements, and nothing can change."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _take_turn(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SPACE}, {WRITING})")


BROKEN = (
    "SELECT (SELECT count(*) FROM pg_index WHERE NOT indisvalid) "
    "+ (SELECT count(*) FROM pg_constraint WHERE NOT convalidated)"
)
"""Indexes and links that PostgreSQL itself does not trust."""
STATES = {
    "53100": "disk is full",
    "53300": "too many clients",
    "25006": "refuses writing",
    "40": "is locked",
    "55P03": "is locked",
    "57": "is gone",
    "08": "is gone",
    "XX00": "malformed",
    "58": "disk i/o error",
    "28": "unable to open",
    "3D": "unable to open",
}
"""SQLSTATE or its beginning -> the fault in `core.kernel.database.FAULTS`."""


def sign(trouble: object) -> str:
    """Which fault an error is; "" when it is none or not PostgreSQL's. Failed connections carry no SQLSTATE."""
    if not isinstance(trouble, psycopg.Error):
        return ""
    if trouble.sqlstate is None:
        text = str(trouble)
        broken = isinstance(trouble, psycopg.OperationalError)
        return (
            "too many clients"
            if "too many" in text or "remaining connection slots" in text
            else "is gone" * broken
        )
    return next((found for state, found in STATES.items() if trouble.sqlstate.startswith(state)), "")


def _without_values(context: ExceptionContext) -> None:
    """The detail of an error quotes the row, and a row is about somebody: it must not reach a log."""
    told = getattr(context.original_exception, "diag", None)
    if told and told.message_detail:
        for each in (context.original_exception, context.sqlalchemy_exception):
            if each is not None:
                each.args = (told.message_primary,)


# --- the database itself ----------------------------------------------------------------------------------


def prepare(url: str) -> None:
    """Make the database if the role may and it is not there. Raises Unavailable when it cannot be ours."""
    try:
        connection = connect(url)
    except psycopg.OperationalError:
        if not _create(url):
            raise
        connection = connect(url)
    with connection:
        _check(connection, url)


def connect(url: str) -> "psycopg.Connection[Any]":
    """A connection of one's own, beside the pool; every statement stands for itself."""
    plain = _address(url, "postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, connect_timeout=5, application_name="lingrid")


def _check(connection: "psycopg.Connection[Any]", url: str) -> None:
    asked = "SELECT current_setting('server_encoding'), 'a' > 'B' AND '1/' < '10'"
    encoding, sorts = connection.execute(asked).fetchone() or ("", False)
    if connection.info.server_version < OLDEST:
        raise Unavailable(_("LinGrid needs PostgreSQL 13 or newer."))
    if encoding != "UTF8" or not sorts:
        sentence = _("The database must be UTF-8 and sort by the C locale. Make it with: {command}")
        command = f"createdb --template=template0 --encoding=UTF8 --locale=C {make_url(url).database}"
        raise Unavailable(sentence.format(command=command))


def _create(url: str) -> bool:
    """Whether the database was missing and could be made."""
    name = str(make_url(url).database)
    maintenance = make_url(url).set(database="postgres").render_as_string(hide_password=False)
    with suppress(psycopg.Error), connect(maintenance) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return False
        made = SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
        with suppress(psycopg.errors.UniqueViolation, psycopg.errors.DuplicateDatabase):
            connection.execute(made.format(Identifier(name)))
        return True
    return False


def put_aside(connection: Connection, name: str) -> str:
    """Move every table, with its indexes and rows, into a schema of its own; the schema's name."""
    connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
    for table in inspect(connection).get_table_names():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" SET SCHEMA "{name}"')
    return name


def forget(engine: Engine, tables: Iterable[str]) -> None:
    """Write tables anew without what was deleted or changed in them, so that old content is in no file of theirs."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for table in tables:
            connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{table}"')
