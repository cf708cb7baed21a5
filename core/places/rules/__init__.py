"""What must be true of places, as pure functions: the area tree, addresses and rooms, house codes."""

from core.places.rules.areas import (
    LEVELS,
    PARENTS,
    SERIALS,
    level_below,
    level_of,
    may_stand_under,
    path_above,
    path_of,
    paths_to,
    span,
)
from core.places.rules.closing import check_standing
from core.places.rules.codes import HouseCodes
from core.places.rules.rooms import RoomPlan, building_address, door, floor_of, room_plan, short_address

__all__ = [
    "LEVELS",
    "PARENTS",
    "SERIALS",
    "HouseCodes",
    "RoomPlan",
    "building_address",
    "check_standing",
    "door",
    "floor_of",
    "level_below",
    "level_of",
    "may_stand_under",
    "path_above",
    "path_of",
    "paths_to",
    "room_plan",
    "short_address",
    "span",
]
