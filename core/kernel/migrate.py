"""Bringing the tables of an office up to date: at start-up, one process at a time, after a copy."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, inspect, text

from core.kernel.database import Office, translated
from core.kernel.i18n import _
from core.kernel.problems import Unavailable
from core.kernel.snapshot import copy_to

MIGRATIONS = Path(__file__).parents[1] / "migrations"
EMPTY = ""


def revisions() -> tuple[str, ...]:
    """Every revision this program knows, oldest first: the numbers that begin the names of the files.

    Alembic itself takes most of a second to import, so nothing here touches it until there is work to do.
    """
    return tuple(sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")))


def revision(office: Office) -> str:
    """The revision of the database; EMPTY for one without tables. Raises Unavailable for tables not ours."""
    with office.reader.connect() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" in tables:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return str(found or EMPTY)
    if tables:
        raise Unavailable(_("The database holds tables that are not from LinGrid. Choose another folder."))
    return EMPTY


def is_current(office: Office) -> bool:
    """Whether there is nothing to do."""
    return revision(office) == revisions()[-1]


def upgrade(office: Office) -> Path | None:
    """Bring the tables up to date; the path of the copy taken before, if there was anything to copy.

    Raises Unavailable for a database that a newer program made, and for a full disk. All of it or nothing.
    """
    if is_current(office):
        return None
    office.settings.data.mkdir(parents=True, exist_ok=True)
    with FileLock(office.settings.data / "migrate.lock"):
        before = revision(office)
        if before == revisions()[-1]:
            return None
        if before not in (EMPTY, *revisions()):
            raise Unavailable(_newer(before))
        copy = _copy_before(office, before) if before else None
        with translated(), _migrating(office) as connection:
            _run(connection)
        return copy


def _newer(found: str) -> str:
    return _(
        "A newer LinGrid made this database (revision {found}; this program knows up to {known}). "
        "Nothing was changed: start the newer program again."
    ).format(found=found, known=revisions()[-1])


def _copy_before(office: Office, before: str) -> Path:
    name = f"before-{revisions()[-1]}-{datetime.now():%Y%m%d-%H%M%S}.db"
    logging.getLogger(__name__).info("database copied before its change from %s: %s", before, name)
    return copy_to(office, office.settings.data / "backups" / name)


@contextmanager
def _migrating(office: Office) -> Iterator[Connection]:
    """One transaction in which tables may be made anew; links between records are checked at its end."""
    with office.writer.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise Unavailable(_("The database holds links to nowhere. Restore the last backup."))
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
