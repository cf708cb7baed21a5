"""What one may look at about staff in the field: one's own shifts and who looked; live and tracks for those who may."""

from core.staff.queries.of_own import LookLine, Own, my_shifts, my_track, own, who_looked, who_may_look
from core.staff.queries.of_staff import LiveLine, live, shifts, track
from core.staff.queries.shared import ShiftLine, Track

__all__ = [
    "LiveLine",
    "LookLine",
    "Own",
    "ShiftLine",
    "Track",
    "live",
    "my_shifts",
    "my_track",
    "own",
    "shifts",
    "track",
    "who_looked",
    "who_may_look",
]
