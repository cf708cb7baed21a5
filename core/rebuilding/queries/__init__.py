"""Everything one may look at among the applications; results are plain values."""

from core.rebuilding.queries.of_changes import (
    ChangeDetail,
    ChangeLine,
    DoorLine,
    StepLine,
    Whose,
    about_house,
    change,
    changes,
    todo,
    waiting,
)

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
