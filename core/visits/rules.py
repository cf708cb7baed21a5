"""The way round a grid, and the mark of what somebody had before them: pure functions."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import cos, radians

Spot = tuple[int, float | None, float | None]
"""A building: its number, longitude and latitude in degrees."""
DOOR_ACTS = ("confirmed", "nobody")
"""After these a home is done for the day."""
SILENT = "note"
"""A note alone is no visit: the home stays on the list."""


@lru_cache(maxsize=256)
def walk(spots: tuple[Spot, ...]) -> dict[int, int]:
    """Building -> its turn on a walk: from the north-west on always to the nearest one; those without a place last.

    All buildings of a grid take part, so that the order stays the same while homes are done.
    """
    left = {number: (lon, lat) for number, lon, lat in spots if lon is not None and lat is not None}
    order: list[int] = []
    if left:
        here = min(left, key=lambda number: (left[number][0] - left[number][1], number))
        wide = cos(radians(left[here][1])) ** 2
        while left:
            at = left.pop(here)
            order.append(here)
            here = min(left, key=lambda number: (_far(at, left[number], wide), number), default=here)
    placeless = [number for number, lon, lat in spots if lon is None or lat is None]
    return {number: turn for turn, number in enumerate([*order, *placeless])}


def _far(one: tuple[float, float], other: tuple[float, float], wide: float) -> float:
    """The square of a short way, in degrees of latitude."""
    return (one[0] - other[0]) ** 2 * wide + (one[1] - other[1]) ** 2


def counted(name: str) -> tuple[tuple[int, str], ...]:
    """2单元 before 10单元: runs of digits as numbers."""
    return tuple((int(run), "") if run.isdecimal() else (-1, run) for run in re.findall(r"\d+|\D+", name))


def mark(versions: Iterable[tuple[str, int, int]]) -> str:
    """Sixteen characters that change when one of the records does: (kind, number, version) of each."""
    text = "|".join(f"{kind}/{number}:{version}" for kind, number, version in sorted(versions))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def nearest(paths: Sequence[str], grid: str) -> str | None:
    """Of some areas the closest one around a grid; None when none is around it."""
    around = [path for path in paths if grid.startswith(path)]
    return max(around, key=len, default=None)
