"""Who has the office: servers share it; restoring, changing keys and making the demo want nobody in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import ReadWriteLock, Timeout

from core.kernel import advisory
from core.kernel.database import translated
from core.kernel.i18n import N_, _
from core.kernel.problems import Unavailable
from core.kernel.settings import Settings

FILE = "serving.lock"
PATIENCE = 2.0  # seconds, so that somebody who only asks `is_held` keeps no server from starting
BUSY = {
    True: N_("This office is being made, restored or given new keys. Try again in a minute."),
    False: N_("LinGrid is running in this folder. Stop it first, then run the command again."),
}


@contextmanager
def _locked(chosen: Settings, *, shared: bool) -> Iterator[None]:
    """In PostgreSQL a lock of the database, which holds between machines too; else one of the data folder."""
    if chosen.is_postgresql:
        patience = PATIENCE if shared else 0
        with advisory.locked(chosen.url, advisory.SERVING, shared=shared, patience=patience):
            yield
        return
    chosen.data.mkdir(parents=True, exist_ok=True)
    lock = ReadWriteLock(chosen.data / FILE, is_singleton=False)
    try:
        lock.acquire_read(timeout=PATIENCE) if shared else lock.acquire_write(timeout=0)
        try:
            yield
        finally:
            lock.release()
    finally:
        lock.close()


@contextmanager
def _or_sentence(chosen: Settings, *, shared: bool) -> Iterator[None]:
    try:
        with translated(), _locked(chosen, shared=shared):
            yield
    except Timeout as trouble:
        raise Unavailable(_(BUSY[shared])) from trouble


@contextmanager
def hold(chosen: Settings) -> Iterator[None]:
    """Serve the office for the length of the block, beside other servers. Raises Unavailable: see `alone`."""
    with _or_sentence(chosen, shared=True):
        yield


@contextmanager
def alone(chosen: Settings) -> Iterator[None]:
    """Have the office to oneself. Raises Unavailable while it is served; a crash gives it back."""
    with _or_sentence(chosen, shared=False):
        yield


def is_held(chosen: Settings) -> bool:
    """Whether a server runs in this data folder, on whatever port."""
    try:
        with _locked(chosen, shared=False):
            return False
    except Timeout:
        return True
