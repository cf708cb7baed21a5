"""Answers kept in memory: the least used ones go when room is short. Nothing in it may outlive the data it tells of, so
keys carry data versions (stamps.py) and whom the answer is for."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """Values by their keys, of so many bytes in all; threads may share it."""

    def __init__(self, room: int = 96_000_000) -> None:
        self.room, self.used = room, 0
        self._values: OrderedDict[str, tuple[Any, int]] = OrderedDict()
        self._making: dict[str, Lock] = {}
        self._lock = Lock()

    def get(self, key: str) -> Any:
        """The value, or None."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def put(self, key: str, value: Any, size: int) -> None:
        """Keep a value of about so many bytes."""
        with self._lock:
            _old, before = self._values.pop(key, (None, 0))
            self._values[key] = value, size
            self.used += size - before
            while self.used > self.room and len(self._values) > 1:
                _key, (_value, freed) = self._values.popitem(last=False)
                self.used -= freed

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._values.clear()
            self.used = 0

    def once(self, key: str, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """The value kept under a key, made when there is none; of several who ask at once one makes it."""
        found: T | None = self.get(key)
        if found is not None:
            return found
        with self._turn(key):
            found = self.get(key)
            if found is None:
                found = make()
                self.put(key, found, size(found))
            return found

    @contextmanager
    def _turn(self, key: str) -> Iterator[None]:
        """One at a time for a key."""
        with self._lock:
            turn = self._making.setdefault(key, Lock())
        with turn:
            try:
                yield
            finally:
                with self._lock:
                    self._making.pop(key, None)
