"""What a worker does at a door; each act is one deed and can be taken back as one."""

from core.visits.commands.at_door import confirm_home, nobody_home, note, undo
from core.visits.commands.correcting import (
    add_person,
    confirm_person,
    correct_house,
    correct_person,
    moved_out,
)
from core.visits.commands.forgetting import forget_act
from core.visits.commands.planning import set_period

__all__ = [
    "add_person",
    "confirm_home",
    "confirm_person",
    "correct_house",
    "correct_person",
    "forget_act",
    "moved_out",
    "nobody_home",
    "note",
    "set_period",
    "undo",
]
