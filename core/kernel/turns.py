"""Taking turns: first come, first served. A plain lock lets whoever just had it have it again while others wait."""

from collections import deque
from threading import Lock, get_ident
from types import TracebackType


class Turn:
    """`with turn:` waits behind those who came before. Whoever has the turn may take it again inside."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[tuple[int, Lock]] = deque()
        self._owner, self._depth = 0, 0

    def __enter__(self) -> None:
        me = get_ident()
        with self._guard:
            if self._owner in (0, me):
                self._owner, self._depth = me, self._depth + 1
                return
            gate = Lock()
            gate.acquire()
            self._waiting.append((me, gate))
        try:
            gate.acquire()
        except BaseException:
            self._leave((me, gate))
            raise

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            self._depth -= 1
            if not self._depth:
                self._next()

    def _next(self) -> None:
        """The turn goes to whoever has waited longest; nobody can slip in between."""
        self._owner = 0
        if self._waiting:
            self._owner, gate = self._waiting.popleft()
            self._depth = 1
            gate.release()

    def _leave(self, place: tuple[int, Lock]) -> None:
        """Somebody who waited was interrupted: out of the queue, or on with the turn that had just come."""
        with self._guard:
            if place in self._waiting:
                self._waiting.remove(place)
            else:
                self._depth = 0
                self._next()
