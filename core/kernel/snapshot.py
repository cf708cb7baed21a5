"""Copies of the database: taken while people work, and looked at without opening an office."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url, text

from core.kernel import postgresql
from core.kernel.copying import to_file
from core.kernel.database import Office, opened, translated
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.revisions import revision_of
from core.kernel.settings import Settings

PAGES = 4096


def database_path(chosen: Settings) -> Path:
    """The file in which the office keeps its records."""
    return Path(make_url(chosen.url).database or "")


def copy_to(office: Office, target: Path) -> Path:
    """A consistent copy while others read and write, whole or not at all: an SQLite file from either database.

    Raises Unavailable: disk full.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with translated():
            to_file(office, part) if office.settings.is_postgresql else _copy(office, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _copy(office: Office, part: Path) -> None:
    """The open transaction pins one moment, so that writers neither wait nor make the copy start again."""
    with office.reader.connect() as connection, closing(sqlite3.connect(part)) as copy:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema")
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy, pages=PAGES)
        copy.execute("PRAGMA journal_mode=DELETE")


@dataclass(frozen=True)
class Look:
    """What a database file says of itself."""

    revision: str
    key_check: str
    counts: dict[str, int]

    @property
    def key(self) -> str:
        """Name of the key that sealed it; empty for an office that was never opened."""
        return self.key_check.partition(".")[0]


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The file for looking only. Raises Invalid when it is no sound database of ours."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            yield connection
    except sqlite3.DatabaseError as trouble:
        sentence = _("{file} is not a database of LinGrid, or it is damaged.")
        raise Invalid(sentence.format(file=path.name)) from trouble


def is_sound(path: Path) -> bool:
    """Whether every page of the file is as SQLite left it and every record's links lead somewhere."""
    try:
        with _reading(path) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return whole and not connection.execute("PRAGMA foreign_key_check").fetchall()
    except Invalid:
        return False


def look_at(path: Path, *, count: bool = False) -> Look:
    """Revision, key mark and, when asked, rows of each table. Raises Invalid for a file that is not ours."""
    with _reading(path) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
        (mark,) = connection.execute("SELECT value FROM meta WHERE name = 'key_check'").fetchone() or ("",)
        counts = {name: _rows(connection, name) for name in _tables(connection)} if count else {}
        return Look(revision, mark, counts)


def look(chosen: Settings) -> Look:
    """What the database of an office says of itself, wherever it stands. Raises Invalid for a file that is not ours."""
    if not chosen.is_postgresql:
        return look_at(database_path(chosen))
    with opened(chosen.url) as engine, postgresql.only_reading(engine).connect() as connection:
        found = revision_of(connection)
        asked = text("SELECT value FROM meta WHERE name = 'key_check'")
        return Look(found, str(connection.execute(asked).scalar() or "") if found else "", {})


def is_well(chosen: Settings) -> bool:
    """Whether the database of an office is as its program left it, wherever it stands."""
    if not chosen.is_postgresql:
        return is_sound(database_path(chosen))
    with opened(chosen.url) as engine, postgresql.only_reading(engine).connect() as connection:
        return not connection.execute(text(postgresql.BROKEN)).scalar_one()


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' "
        "AND name NOT GLOB 'search_fts*' AND name <> 'alembic_version' ORDER BY name"
    )
    return [name for (name,) in found]


def _rows(connection: sqlite3.Connection, table: str) -> int:
    (number,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    return int(number)
