"""Everything one may look at among the applications; results are plain values."""

from core.rebuilding.queries.of_change import ChangeDetail, DoorLine, StepLine, Whose, change
from core.rebuilding.queries.of_lists import ChangeLine, about_house, changes, todo, waiting

__all__ = [
    "ChangeDetail",
    "ChangeLine",
    "DoorLine",
    "StepLine",
    "Whose",
    "about_house",
    "change",
    "changes",
    "todo",
    "waiting",
]
