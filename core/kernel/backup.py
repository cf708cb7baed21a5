"""Backups: one zip with the database, the photos and documents, and a manifest; made while people work."""

import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

import core
from core.kernel.access import job
from core.kernel.database import FAULTS, Office, translated
from core.kernel.files.store import all_paths
from core.kernel.i18n import _
from core.kernel.problems import Invalid, Unavailable
from core.kernel.settings import Settings
from core.kernel.snapshot import copy_to, is_sound, look_at
from core.kernel.unit_of_work import UnitOfWork, command

DATABASE, KEYS, MANIFEST, FILES = "office.db", "keys.txt", "manifest.json", "files"
FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says of itself. `made_at` is UTC in ISO 8601, `size` is bytes of the database, `files` the number
    of photos and documents, which lie in it as sealed as they are in the office."""

    revision: str
    sha256: str
    size: int
    counts: dict[str, int]
    key: str
    with_keys: bool
    files: int = 0
    made_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    version: str = core.__version__
    format: int = FORMAT
    product: str = "LinGrid"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One copy in the backup folder; `manifest` is None for a plain copy taken before the tables changed."""

    path: Path
    made_at: datetime
    size: int
    manifest: Manifest | None
    is_damaged: bool = False


def folder(chosen: Settings) -> Path:
    """Where backups go when nobody says otherwise."""
    return chosen.data / "backups"


# --- making ------------------------------------------------------------


def backup(office: Office, target: Path | None = None, *, with_keys: bool = False) -> Path:
    """Write a backup to the file or folder `target` and say so in the audit log; safe while people work.

    Without the key file nobody can read the sealed numbers in it; keep that file elsewhere. Raises Invalid
    when the backup is there already, Unavailable when the database is damaged or the disk full.
    """
    path = _target(office.settings, target)
    with translated(), fresh_folder(path.parent) as work:
        copy = copy_to(office, work / DATABASE)
        if not is_sound(copy):
            damaged = FAULTS["malformed"]
            raise Unavailable(_(damaged))
        packed = _pack(office, copy, with_keys=with_keys)
        os.chmod(packed, 0o600)
        packed.replace(path)
    _write_down(office.uow(job("backup")), path.name)
    return path


def _target(chosen: Settings, wanted: Path | None) -> Path:
    path = wanted or folder(chosen)
    if wanted is None or path.is_dir():
        path = path / f"lingrid-{datetime.now():%Y%m%d-%H%M%S}.zip"
    if path.exists():
        raise Invalid(_("{file} is there already; choose another name.").format(file=path))
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def fresh_folder(beside: Path) -> Iterator[Path]:
    """A folder on the same disk, gone afterwards."""
    with TemporaryDirectory(prefix=".lingrid-", dir=beside) as name:
        yield Path(name)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return str(file_digest(file, "sha256").hexdigest())


def _pack(office: Office, copy: Path, *, with_keys: bool) -> Path:
    look, stored = look_at(copy, count=True), all_paths(office)
    manifest = Manifest(
        revision=look.revision,
        sha256=digest(copy),
        size=copy.stat().st_size,
        counts=look.counts,
        key=look.key,
        with_keys=with_keys,
        files=len(stored),
    )
    packed = copy.with_name("packed.zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        if with_keys:
            archive.writestr(KEYS, office.ring.text())
        archive.write(copy, DATABASE)
        for path in stored:
            with suppress(FileNotFoundError):  # somebody took the photo away a moment ago
                archive.write(path, f"{FILES}/{path.parent.name}/{path.name}", zipfile.ZIP_STORED)
    return packed


@command("backup.make")
def _write_down(uow: UnitOfWork, name: str) -> None:
    uow.lines.append(uow.line("done", about=f"Backup/{name}"[:80]))


# --- looking ------------------------------------------------------------


def read_manifest(path: Path) -> Manifest:
    """What a backup says of itself. Raises Invalid for a file that is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            told = json.loads(archive.read(MANIFEST))
        manifest = Manifest(**told)
        if (manifest.product, manifest.format) != ("LinGrid", FORMAT):
            raise ValueError
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as trouble:
        sentence = _("{file} is not a backup of LinGrid, or it is damaged.")
        raise Invalid(sentence.format(file=path.name)) from trouble
    return manifest


def list_backups(chosen: Settings) -> list[Kept]:
    """The copies in the backup folder, newest first; only their names and manifests are read."""
    found = [*folder(chosen).glob("*.zip"), *folder(chosen).glob("*.db")]
    return sorted((_kept(path) for path in found), key=lambda one: one.made_at, reverse=True)


def _kept(path: Path) -> Kept:
    made, size = datetime.fromtimestamp(path.stat().st_mtime, UTC), path.stat().st_size
    try:
        manifest = read_manifest(path) if path.suffix == ".zip" else None
    except Invalid:
        return Kept(path=path, made_at=made, size=size, manifest=None, is_damaged=True)
    return Kept(path=path, made_at=made, size=size, manifest=manifest)
