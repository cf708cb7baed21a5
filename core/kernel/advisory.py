"""Locks of the database between processes and machines; they end with the process that holds them."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import psycopg
from filelock import Timeout

from core.kernel.postgresql import SPACE, connect

SERVING, MIGRATING = 2, 3
"""What a lock is for, besides the turn of a writer."""
HEARTBEAT = 5.0
"""Seconds between two looks at whether a lock is still held."""


@contextmanager
def locked(url: str, number: int, *, shared: bool = False, patience: float | None = None) -> Iterator[None]:
    """Hold one of our locks on a connection of its own. Raises Timeout after `patience` seconds; None: for ever."""
    lock = _Lock(url, f"pg_try_advisory_lock{'_shared' if shared else ''}({SPACE}, {number})")
    lock.acquire(patience)
    try:
        yield
    finally:
        lock.release()


class _Lock:
    """An advisory lock that is taken again when the server was away for a while."""

    def __init__(self, url: str, how: str) -> None:
        self.url, self.how = url, how
        self._over = Event()
        self._connection: psycopg.Connection[Any] | None = None
        self._watch = Thread(target=self._keep, daemon=True, name="lease")

    def acquire(self, patience: float | None) -> None:
        """Wait for the lock and keep it."""
        until = monotonic() + (patience or 0)
        while not self._try():
            if patience is not None and monotonic() >= until:
                self._close()
                raise Timeout(self.how)
            sleep(0.1)
        self._watch.start()

    def release(self) -> None:
        """Give it back."""
        self._over.set()
        self._watch.join(timeout=1)
        self._close()

    def _try(self) -> bool:
        self._connection = self._connection or connect(self.url)
        row = self._connection.execute(f"SELECT {self.how}").fetchone()
        return bool(row and row[0])

    def _keep(self) -> None:
        while not self._over.wait(HEARTBEAT):
            with suppress(psycopg.Error):
                if self._connection is None and not self._try():
                    self._close()
                self._ping()

    def _ping(self) -> None:
        try:
            if self._connection is not None:
                self._connection.execute("SELECT 1")
        except psycopg.Error:
            self._close()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error):
                connection.close()
