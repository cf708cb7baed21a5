"""Whether an office is well: what `check` looks at. Nothing here changes anything."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from core.kernel import audit
from core.kernel.crypto import Keyring, read_keys
from core.kernel.database import Office, translated
from core.kernel.i18n import N_, _
from core.kernel.lease import is_held
from core.kernel.opening import fitting, key_path
from core.kernel.problems import Problem
from core.kernel.revisions import revisions
from core.kernel.settings import Settings
from core.kernel.snapshot import database_path, look
from core.kernel.snapshot import is_well as is_database_well

ROOM = 1_000_000_000
"""Bytes that should be free besides room for two copies of the database."""
Found = tuple[bool, str]


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `name` is a marked message, `said` a sentence."""

    name: str
    is_well: bool
    said: str


def all_of(chosen: Settings) -> list[Finding]:
    """Everything there is to look at; when there is no database yet, only that."""
    is_there = chosen.is_postgresql or database_path(chosen).exists()
    looks = LOOKS if is_there else {N_("Database"): _absent}
    return [_finding(name, look, chosen) for name, look in looks.items()]


def _finding(name: str, look: Callable[[Settings], Found], chosen: Settings) -> Finding:
    """What was found, also when looking itself fails."""
    try:
        with translated():
            return Finding(name, *look(chosen))
    except Problem as trouble:
        return Finding(name, False, trouble.sentence)


def _absent(chosen: Settings) -> Found:
    sentence = _("There is no office here yet: {file}. Start it once, or set LINGRID_DATA.")
    return False, sentence.format(file=database_path(chosen))


def _folder(chosen: Settings) -> Found:
    is_open = os.access(chosen.data, os.W_OK)
    return is_open, str(chosen.data) if is_open else _("cannot be written to")


def _room(chosen: Settings) -> Found:
    free = shutil.disk_usage(chosen.data).free
    wanted = ROOM + (0 if chosen.is_postgresql else 2 * database_path(chosen).stat().st_size)
    said = _("{free:.1f} GB free, {wanted:.1f} GB wanted")
    return free >= wanted, said.format(free=free / 1e9, wanted=wanted / 1e9)


def _key_file(chosen: Settings) -> Found:
    path = key_path(chosen)
    if chosen.keys.get_secret_value():
        return True, _("the keys come from LINGRID_KEYS")
    if not path.exists():
        return False, _("is missing: {file}").format(file=path)
    if os.name != "nt" and path.stat().st_mode & 0o077:
        return False, _("others can read it; run: chmod 600 {file}").format(file=path)
    return True, _("only its owner reads it")


def _ring(chosen: Settings) -> Keyring:
    return read_keys(chosen.keys.get_secret_value() or key_path(chosen).read_text(encoding="utf-8"))


def _keys(chosen: Settings) -> Found:
    if not chosen.keys.get_secret_value() and not key_path(chosen).exists():
        return False, _("cannot be checked without the key file")
    ring = fitting(_ring(chosen), look(chosen).key_check)
    return True, _("fit the database; in use: {key}").format(key=ring.current)


def _tables(chosen: Settings) -> Found:
    found, wanted = look(chosen).revision, revisions()[-1]
    said = _("revision {found}; this program wants {wanted}")
    return found == wanted, said.format(found=found, wanted=wanted)


def _database(chosen: Settings) -> Found:
    is_well = is_database_well(chosen)
    return is_well, _("sound") if is_well else _("damaged: restore the last backup")


def _log(chosen: Settings) -> Found:
    if not _keys(chosen)[0]:
        return False, _("cannot be checked without the key file")
    office = Office(chosen, _ring(chosen))
    try:
        is_well = audit.head_holds(office.reader)
    finally:
        office.close()
    return is_well, _("its end is as written") if is_well else _("its end was changed; run: audit verify")


def _address(chosen: Settings) -> Found:
    return True, f"{chosen.origin} ({chosen.address}:{chosen.port})"


def _server(chosen: Settings) -> Found:
    return True, _("is running") if is_held(chosen) else _("is not running")


LOOKS: dict[str, Callable[[Settings], Found]] = {
    N_("Data folder"): _folder,
    N_("Disk"): _room,
    N_("Key file"): _key_file,
    N_("Keys"): _keys,
    N_("Tables"): _tables,
    N_("Database"): _database,
    N_("Audit log"): _log,
    N_("Address"): _address,
    N_("Server"): _server,
}
