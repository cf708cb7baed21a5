"""What holds for every position of staff: inside a shift, not from the future, and good enough to be of use."""

import itertools
from datetime import datetime, timedelta
from math import cos, hypot, radians

from core.kernel.extensions import Fix
from core.places.rules.position import METRES, position_problems

LONGEST_HOURS = 16
"""No office can let a shift last longer."""
LONGEST_SECONDS = LONGEST_HOURS * 3600
POOREST = 500.0
"""Metres of uncertainty beyond which a position says nothing."""
GAP = 300
"""Seconds without a position after which nobody knows the way between."""
STAY, NEAR = 240, 30.0
"""Seconds within so many metres that make a stay."""
AHEAD = timedelta(minutes=2)
"""By so much the clock of a phone may be fast."""

Spot = tuple[float, float, int]
"""Longitude and latitude (WGS-84), and seconds since the shift began."""


def second_of(at: datetime, started_at: datetime, ends_at: datetime, now: datetime) -> int | None:
    """Whole seconds since the start of a shift; None for a moment outside of it or still to come."""
    if not started_at <= at < ends_at or at > now + AHEAD:
        return None
    return int((at - started_at).total_seconds())


def is_poor(fix: Fix) -> bool:
    """Whether a position is impossible or too uncertain to be kept."""
    return bool(position_problems(fix.lon, fix.lat)) or not 0 <= (fix.accuracy or 0) <= POOREST


def metres(track: list[Spot]) -> float:
    """Length of a track; what lies between two positions with a gap is not counted."""
    pairs = itertools.pairwise(track)
    return sum(_between(one, other) for one, other in pairs if other[2] - one[2] <= GAP)


def stays(track: list[Spot]) -> list[tuple[int, int, float, float]]:
    """Where somebody stayed for some minutes: first and last second, longitude and latitude, in order."""
    found, first = [], 0
    while first < len(track):
        last = first
        while last + 1 < len(track) and _is_here(track[first], track[last], track[last + 1]):
            last += 1
        if track[last][2] - track[first][2] >= STAY:
            found.append((track[first][2], track[last][2], *track[first][:2]))
        first = last + 1
    return found


def _is_here(start: Spot, before: Spot, spot: Spot) -> bool:
    return _between(start, spot) <= NEAR and spot[2] - before[2] <= GAP


def _between(one: Spot, other: Spot) -> float:
    east = (other[0] - one[0]) * METRES * cos(radians(one[1]))
    return hypot(east, (other[1] - one[1]) * METRES)
