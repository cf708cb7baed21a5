"""Numbers for records."""

import secrets
from threading import Lock
from time import time_ns

_EPOCH_MS = 1_735_689_600_000  # 2025-01-01 UTC
_lock = Lock()
_last = 0


def new_id() -> int:
    """A number that sorts by birth, is known before it is saved, and is exact in a browser (below 2**53).

    40 bits of milliseconds and 13 bits of chance; within one process numbers never repeat, between
    processes the primary key refuses the rare twin.
    """
    global _last
    with _lock:
        fresh = (time_ns() // 1_000_000 - _EPOCH_MS) << 13 | secrets.randbits(13)
        _last = max(fresh, _last + 1)
        return _last
