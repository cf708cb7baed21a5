"""The shapes that the tables have had, and bringing a database from one to the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from core.kernel.i18n import _
from core.kernel.problems import Unavailable

MIGRATIONS = Path(__file__).parents[1] / "migrations"
EMPTY = ""


def revisions() -> tuple[str, ...]:
    """Every revision this program knows, oldest first: the numbers that begin the names of the files.

    Alembic itself takes most of a second to import, so nothing here touches it until there is work to do.
    """
    return tuple(sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")))


def revision_of(connection: Connection) -> str:
    """The revision of a database; EMPTY for one without tables. Raises Unavailable for tables not ours."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found or EMPTY)
    if tables:
        raise Unavailable(_("The database holds tables that are not from LinGrid. Choose another one."))
    return EMPTY


def bring(connection: Connection, to: str = "head") -> None:
    """Change the tables, in the caller's transaction, until they have the shape of a revision."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, to)


@contextmanager
def unlinked(connection: Connection) -> Iterator[None]:
    """One transaction in which tables may be made anew; links between records are checked at its end.

    PostgreSQL checks them with every statement and needs nothing of this.
    """
    if connection.dialect.name == "postgresql":
        with connection.begin():
            yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise Unavailable(_("The database holds links to nowhere. Restore the last backup."))
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
