"""Restoring a backup: it is looked at first, and the database it replaces moves aside whole."""

import os
import re
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.kernel import postgresql
from core.kernel.backup import DATABASE, FILES, KEYS, Manifest, digest, folder, fresh_folder, read_manifest
from core.kernel.copying import copy
from core.kernel.crypto import read_keys, write_key_file
from core.kernel.database import opened, translated
from core.kernel.files import store
from core.kernel.i18n import _
from core.kernel.lease import alone
from core.kernel.opening import fitting, key_path, keys_of
from core.kernel.problems import Invalid, Problem
from core.kernel.revisions import EMPTY, bring, revision_of, revisions, unlinked
from core.kernel.settings import Settings
from core.kernel.snapshot import Look, database_path, is_sound, look_at
from core.kernel.unit_of_work import UnitOfWork, command

STORED = re.compile(FILES + r"/([0-9a-f]{2})/\1[0-9a-f]{62}")
"""What the name of a stored photo or document looks like in a backup."""


@dataclass(frozen=True)
class Restored:
    """Where the database stands now, where the old one went, and what is still to be done, if anything."""

    database: str
    aside: str
    warning: str


def restore(chosen: Settings, source: Path, *, replace: bool = False) -> Restored:
    """Put a backup (or a copy taken before a change of the tables) in place of the database.

    Raises Invalid for a wrong or damaged file, or when a database is there and `replace` is not said;
    Unavailable while the office is served. With `replace` the old database moves aside first, whole.
    """
    source = source if source.exists() else folder(chosen) / source.name
    if not source.is_file():
        raise Invalid(_("There is no file {file}.").format(file=source))
    place = _schema if chosen.is_postgresql else _file
    with translated(), fresh_folder(_beside(chosen)) as work, alone(chosen):
        look = _unpack(source, work)
        database, aside = place(chosen, work / DATABASE, replace)
        _bring_files(chosen, work / FILES)
        return Restored(database, aside, _keys_for(chosen, look, work / KEYS))


def _beside(chosen: Settings) -> Path:
    """The folder to work in: on the disk of the database, where that is a file. A missing database is made."""
    if chosen.is_postgresql:
        postgresql.prepare(chosen.url)
    beside = chosen.data if chosen.is_postgresql else database_path(chosen).parent
    beside.mkdir(parents=True, exist_ok=True)
    return beside


def _is_there(database: Path) -> bool:
    return database.exists() and database.stat().st_size > 0


def _occupied(database: object) -> Invalid:
    sentence = _("There is a database already: {file}. Say --replace to move it aside first.")
    return Invalid(sentence.format(file=database))


def _file(chosen: Settings, fresh: Path, replace: bool) -> tuple[str, str]:
    database = database_path(chosen)
    if _is_there(database) and not replace:
        raise _occupied(database)
    aside = _put_aside(chosen, database)
    fresh.replace(database)
    return str(database), str(aside or "")


def _schema(chosen: Settings, fresh: Path, replace: bool) -> tuple[str, str]:
    """Into PostgreSQL: the tables that are there move into a schema of their own, all in one transaction."""
    shown = postgresql.shown(chosen.url)
    with opened(f"sqlite:///{fresh.as_posix()}") as file, opened(chosen.url) as database:
        with file.connect() as source, unlinked(source):
            bring(source)
        with file.connect() as source, database.begin() as target:
            is_there = revision_of(target) != EMPTY
            if is_there and not replace:
                raise _occupied(shown)
            aside = postgresql.put_aside(target, _stamp()) if is_there else ""
            bring(target)
            copy(source, target)
    return shown, aside and _("schema {name} of the database").format(name=aside)


def _unpack(source: Path, work: Path) -> Look:
    """The database of a backup in the folder, and its keys; sound, ours and of a revision we know."""
    if source.suffix == ".db" and source.is_file():
        shutil.copyfile(source, work / DATABASE)
    else:
        _unzip(source, work, read_manifest(source))
    if not is_sound(work / DATABASE):
        raise Invalid(_("{file} is not a backup of LinGrid, or it is damaged.").format(file=source.name))
    look = look_at(work / DATABASE)
    if look.revision not in revisions():
        sentence = _("{file} was made by a newer LinGrid (revision {found}). Restore it with that program.")
        raise Invalid(sentence.format(file=source.name, found=look.revision))
    return look


def _unzip(source: Path, work: Path, manifest: Manifest) -> None:
    """Only the parts we know, whatever else the archive holds."""
    try:
        with zipfile.ZipFile(source) as archive:
            for name in (DATABASE, KEYS) if manifest.with_keys else (DATABASE,):
                with archive.open(name) as packed, (work / name).open("wb") as file:
                    shutil.copyfileobj(packed, file, 1 << 20)
                    os.fsync(file.fileno())
            archive.extractall(work, [name for name in archive.namelist() if STORED.fullmatch(name)])
        is_whole = digest(work / DATABASE) == manifest.sha256
    except (zipfile.BadZipFile, KeyError, EOFError, zlib.error):
        is_whole = False
    if not is_whole:
        sentence = _("{file} is damaged: its content is not what was saved. Use another backup.")
        raise Invalid(sentence.format(file=source.name))


def _bring_files(chosen: Settings, unpacked: Path) -> None:
    """Photos and documents into their folder; one that is there already is the same, for its name is its digest."""
    for path in sorted(unpacked.glob("??/*")):
        place = store.folder(chosen) / path.parent.name / path.name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            path.chmod(0o600)
            shutil.move(path, place)


def _stamp() -> str:
    return f"replaced-{datetime.now():%Y%m%d-%H%M%S-%f}"


def _put_aside(chosen: Settings, database: Path) -> Path | None:
    """The old database with its log, in a folder of its own; None when there was none."""
    parts = [database.with_name(database.name + end) for end in ("-shm", "-wal", "")]
    if not _is_there(database):
        for part in parts:
            part.unlink(missing_ok=True)
        return None
    aside = folder(chosen) / _stamp()
    aside.mkdir(parents=True)
    for part in parts:
        if part.exists():
            shutil.move(part, aside / part.name)
    return aside


def _keys_for(chosen: Settings, look: Look, packed: Path) -> str:
    """Keep the keys that fit, else take those of the backup; the warning when neither do."""
    path, given = key_path(chosen), chosen.keys.get_secret_value()
    if not look.key_check or ((given or path.exists()) and _fits(chosen, look)):
        return ""
    if packed.exists() and not given:
        if path.exists():
            path.rename(path.with_name(f"keys-{_stamp()}.txt"))
        write_key_file(path, read_keys(packed.read_text(encoding="utf-8")))
        return ""
    sentence = _("This backup is sealed with other keys. Before you start, put its key file here: {file}")
    return sentence.format(file=path)


def _fits(chosen: Settings, look: Look) -> bool:
    try:
        fitting(keys_of(chosen), look.key_check)
    except Problem:
        return False
    return True


@command("backup.restore")
def write_down(uow: UnitOfWork, name: str) -> None:
    """Say in the restored office's own log where its records come from."""
    uow.lines.append(uow.line("done", about=f"Backup/{name}"[:80]))
