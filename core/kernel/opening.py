"""Opening an office: folder, keys and database fit together and are up to date before anybody works."""

from pathlib import Path

from filelock import FileLock
from sqlalchemy import inspect
from sqlmodel import Session

from core.kernel import crypto, postgresql
from core.kernel.database import Meta, Office, translated
from core.kernel.i18n import _
from core.kernel.migrate import upgrade
from core.kernel.problems import Unavailable
from core.kernel.settings import Settings

KEY_CHECK = "key_check"
KNOWN = "lingrid"


def key_path(chosen: Settings) -> Path:
    """Where the key file of an office stands."""
    return chosen.data / "keys.txt"


def open_office(chosen: Settings) -> Office:
    """The office, its database migrated and its keys checked. Raises Unavailable with what to do."""
    with translated():
        chosen.data.mkdir(parents=True, exist_ok=True)
        if chosen.is_postgresql:
            postgresql.prepare(chosen.url)
        office = Office(chosen, keys_of(chosen))
        try:
            upgrade(office)
            _check_key(office)
        except BaseException:
            office.close()
            raise
    return office


def keys_of(chosen: Settings) -> crypto.Keyring:
    """From the environment, from the file, or fresh ones for a fresh office. Raises Unavailable."""
    given = chosen.keys.get_secret_value()
    if given:
        return crypto.read_keys(given)
    path = key_path(chosen)
    if not path.exists():
        with FileLock(chosen.data / "keys.lock"):
            _first_keys(chosen, path)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return crypto.read_keys(path.read_text(encoding="utf-8"))


def _first_keys(chosen: Settings, path: Path) -> None:
    """The key file of a fresh office, unless another process wrote it a moment ago."""
    ring = crypto.Keyring({}).with_new_key()
    if _holds_data(chosen, ring):
        sentence = _("The key file {path} is missing, but the database holds sealed data. Put the file back.")
        raise Unavailable(sentence.format(path=path))
    if not path.exists():
        crypto.write_key_file(path, ring)


def _holds_data(chosen: Settings, ring: crypto.Keyring) -> bool:
    """Whether there is a database that was sealed with a key."""
    office = Office(chosen, ring)
    try:
        if not inspect(office.reader).has_table("meta"):
            return False
        with Session(office.reader) as session:
            return session.get(Meta, KEY_CHECK) is not None
    finally:
        office.close()


def key_mark(ring: crypto.Keyring) -> str:
    """A known word, sealed: it stands in the database, shows whether keys fit and names the key in use."""
    return ring.seal(KNOWN, KEY_CHECK)


def fitting(ring: crypto.Keyring, mark: str) -> crypto.Keyring:
    """The same keys, sealing with the one that the database is sealed with. Raises Unavailable: no fit."""
    chosen = ring.using(mark.partition(".")[0])
    chosen.open(mark, KEY_CHECK)
    return chosen


def _check_key(office: Office) -> None:
    """The mark in the database opens with our keys; a new office gets its mark."""
    with Session(office.writer) as session:
        mark = session.get(Meta, KEY_CHECK)
        if mark is None:
            session.add(Meta(name=KEY_CHECK, value=key_mark(office.ring)))
            session.commit()
        else:
            office.take(fitting(office.ring, mark.value))
