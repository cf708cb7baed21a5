"""Bringing the tables of an office up to date: at start-up, one process at a time, after a copy."""

import logging
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from core.kernel import advisory
from core.kernel.database import Office, translated
from core.kernel.i18n import _
from core.kernel.problems import Unavailable
from core.kernel.revisions import EMPTY, bring, revision_of, revisions, unlinked
from core.kernel.settings import Settings
from core.kernel.snapshot import copy_to


def revision(office: Office) -> str:
    """The revision of the database; EMPTY for one without tables. Raises Unavailable for tables not ours."""
    with office.reader.connect() as connection:
        return revision_of(connection)


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
    with _one_at_a_time(office.settings):
        before = revision(office)
        if before == revisions()[-1]:
            return None
        if before not in (EMPTY, *revisions()):
            raise Unavailable(_newer(before))
        copy = _copy_before(office, before) if before else None
        with translated(), office.writer.connect() as connection, unlinked(connection):
            bring(connection)
        return copy


def _one_at_a_time(chosen: Settings) -> AbstractContextManager[Any]:
    if chosen.is_postgresql:
        return advisory.locked(chosen.url, advisory.MIGRATING)
    return FileLock(chosen.data / "migrate.lock")


def _newer(found: str) -> str:
    return _(
        "A newer LinGrid made this database (revision {found}; this program knows up to {known}). "
        "Nothing was changed: start the newer program again."
    ).format(found=found, known=revisions()[-1])


def _copy_before(office: Office, before: str) -> Path:
    name = f"before-{revisions()[-1]}-{datetime.now():%Y%m%d-%H%M%S}.db"
    logging.getLogger(__name__).info("database copied before its change from %s: %s", before, name)
    return copy_to(office, office.settings.data / "backups" / name)
