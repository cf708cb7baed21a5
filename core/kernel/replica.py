"""A streaming replica of the database answers what people look up, while it is in step.

It is asked once a second how far it has come. Whoever has saved something is answered by the database itself until the
replica has that too, so nobody misses their own change. Others' changes may be a second or two late. When the replica
is behind or away the database answers everything; nobody notices but by the speed.
"""

from contextlib import suppress
from threading import Lock
from time import monotonic

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, TimeoutError

from core.kernel import postgresql

LOOK, REST, STALE = 1.0, 10.0, 5.0
"""Seconds between two looks, before one that is away is asked again, and that a look is worth comparing with."""
WRITTEN = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
REPLAYED = "SELECT pg_last_wal_replay_lsn() - '0/0'::pg_lsn"


class Replica:
    """How far a replica has come, as one process knows it."""

    def __init__(self, url: str, primary: Engine) -> None:
        engine = postgresql.make_engine(url)
        self.reader = postgresql.only_reading(engine)
        self._ask = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._primary = primary.execution_options(isolation_level="AUTOCOMMIT")
        self._wrote: dict[str, int] = {}
        self._replayed = self._written = 0
        self._looked, self._next = 0.0, 0.0
        self._in_step = False
        self._turn = Lock()

    def wrote(self, login: str) -> None:
        """Somebody has just saved something."""
        self._wrote[login] = self._number(self._primary, WRITTEN)

    def serves(self, login: str) -> bool:
        """Whether it may answer this person now."""
        if monotonic() >= self._next and self._turn.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._turn.release()
        return self._in_step and self._has(self._wrote.get(login, 0))

    def lost(self) -> None:
        """It broke off in the middle of a query: leave it alone for a while."""
        self._in_step, self._next = False, monotonic() + REST

    def close(self) -> None:
        """Give back every connection."""
        self.reader.dispose()

    def _look(self) -> None:
        """In step: it has all that the database had written at the look before, or has written now."""
        try:
            written = self._number(self._primary, WRITTEN)
            self._replayed = self._number(self._ask, REPLAYED)
        except (DBAPIError, TimeoutError):
            self.lost()
            return
        now = monotonic()
        wanted = self._written if now - self._looked < STALE else written
        self._in_step = self._replayed >= wanted
        self._written, self._looked, self._next = written, now, now + LOOK

    def _has(self, position: int) -> bool:
        if position > self._replayed:
            with suppress(DBAPIError, TimeoutError):
                self._replayed = self._number(self._ask, REPLAYED)
        return position <= self._replayed

    def _number(self, engine: Engine, asked: str) -> int:
        with engine.connect() as connection:
            return int(connection.execute(text(asked)).scalar() or 0)
