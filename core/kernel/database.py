"""The office: where its data are, and how a unit of work is opened in it."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, TimeoutError
from sqlmodel import Field, SQLModel

from core.kernel import crypto, postgresql
from core.kernel.access import Actor, roles
from core.kernel.i18n import N_, _
from core.kernel.keeping import Kept
from core.kernel.problems import Lost, Unavailable
from core.kernel.replica import Replica
from core.kernel.settings import Settings, settings
from core.kernel.turns import Turn
from core.kernel.unit_of_work import UnitOfWork


class Meta(SQLModel, table=True):
    """A few facts about the database itself, such as the mark that shows whether a key file fits it."""

    name: str = Field(primary_key=True, max_length=40)
    value: str = Field(max_length=400)


def _tune(connection: Any, _record: Any) -> None:
    """SQLite as a server: write-ahead log, nothing acknowledged is lost even when the power goes."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=15000",
        "foreign_keys=ON",
        "cache_size=-64000",
        "temp_store=MEMORY",
        "mmap_size=268435456",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Writers take their place at once: a reader that turns writer cannot be helped by waiting."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def make_engine(url: str) -> Engine:
    """An engine with this product's settings for the kind of database."""
    if postgresql.speaks(url):
        return postgresql.make_engine(url)
    if not url.startswith("sqlite"):
        raise Unavailable(_("LINGRID_DATABASE_URL must begin with sqlite:/// or postgresql://."))
    engine = create_engine(
        url, pool_size=20, max_overflow=40, connect_args={"check_same_thread": False}, hide_parameters=True
    )
    event.listen(engine, "connect", _tune)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine for writing, for the length of a block."""
    engine = make_engine(url)
    try:
        yield engine.execution_options(writes=True)
    finally:
        engine.dispose()


class Office:
    """One database with its keys. Keep one for a process; open a unit of work for each piece of work."""

    def __init__(self, chosen: Settings, ring: crypto.Keyring) -> None:
        self.settings = chosen
        self.take(ring)
        engine = make_engine(chosen.url)
        self.reader = postgresql.only_reading(engine) if chosen.is_postgresql else engine
        self.writer = engine.execution_options(writes=True)
        self.replica = Replica(chosen.replica_url, engine) if chosen.replica_url else None
        self._turn = Turn()
        self.kept = Kept()

    def take(self, ring: crypto.Keyring) -> None:
        """Use these keys from now on."""
        self.ring = ring
        crypto.use(ring)

    def uow(self, actor: Actor) -> UnitOfWork:
        """A piece of work by somebody."""
        return UnitOfWork(self, actor)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time in this process; other processes wait in the database."""
        with self._turn, translated():
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Readers never wait."""
        with translated():
            yield

    def reader_for(self, actor: Actor) -> Engine:
        """What answers a query of somebody: the replica for people while it is in step, else the database."""
        is_person = not roles()[actor.role].internal
        return (
            self.replica.reader
            if self.replica and is_person and self.replica.serves(actor.login)
            else self.reader
        )

    def wrote(self, actor: Actor) -> None:
        """Somebody's command is done; their next look must show it."""
        if self.replica:
            self.replica.wrote(actor.login)

    def lost(self) -> None:
        """A query broke off; whatever answered it is left alone for a while."""
        if self.replica:
            self.replica.lost()

    def close(self) -> None:
        """Give back every connection."""
        self.reader.dispose()
        if self.replica:
            self.replica.close()


FAULTS = {
    "disk is full": N_("The disk is full. Nothing was saved; free some space and try again."),
    "readonly database": N_("The data folder is read-only. Nothing was saved; ask the system administrator."),
    "disk i/o error": N_("The disk does not answer. Nothing was saved; ask the system administrator."),
    "malformed": N_("The database is damaged. Ask the system administrator to restore the last backup."),
    "not a database": N_("The database is damaged. Ask the system administrator to restore the last backup."),
    "unable to open": N_("The database cannot be opened. Ask the system administrator."),
    "is locked": N_("Too many people are saving at this moment. Nothing was saved; try again."),
    "too many clients": N_(
        "Too many people are at work in the database at this moment. Try again in a minute."
    ),
    "refuses writing": N_(
        "The database takes no changes now. Nothing was saved; ask the system administrator."
    ),
    "is gone": N_("The database does not answer. Nothing was saved; try again in a minute."),
}
AGAIN = ("is gone", "is locked")
"""Faults after which whoever only looked may look once more."""
SIGNS = {errno.ENOSPC: "disk is full", errno.EROFS: "readonly database", errno.EACCES: "readonly database"}


def _sign(trouble: Exception) -> str:
    """Which of FAULTS an error of the database is; "" for none of them."""
    if isinstance(trouble, TimeoutError):
        return "too many clients"
    found = postgresql.sign(getattr(trouble, "orig", trouble))
    text = str(getattr(trouble, "orig", trouble)).lower()
    return found or next((sign for sign in FAULTS if sign in text), "")


@contextmanager
def translated() -> Iterator[None]:
    """Turn the faults of disk and database into a sentence; other errors stay what they are.

    Raises Lost, a kind of Unavailable, when the connection broke: whoever only read may ask again.
    """
    try:
        yield
    except (DBAPIError, TimeoutError, sqlite3.Error, psycopg.Error) as trouble:
        sign = _sign(trouble)
        if not sign:
            raise
        raise (Lost if sign in AGAIN else Unavailable)(_(FAULTS[sign])) from trouble
    except OSError as trouble:
        if trouble.errno in SIGNS:
            raise Unavailable(_(FAULTS[SIGNS[trouble.errno]])) from trouble
        raise


_office: Office | None = None


def office() -> Office:
    """The office of this process, opened (and its database brought up to date) on first use."""
    global _office
    if _office is None:
        from core.kernel.opening import open_office

        _office = open_office(settings())
    return _office


def current() -> Office | None:
    """The office of this process as far as one is open."""
    return _office


def use(chosen: Office | None) -> None:
    """Set the office of this process: for tests and for the command line."""
    global _office
    _office = chosen
