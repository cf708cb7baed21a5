"""What must be true of the boundaries of grids, as pure functions over shapes in metres; no database."""

from core.gridding.rules.assign import NOWHERE, assign
from core.gridding.rules.checks import Checked, Trouble, drawn
from core.gridding.rules.cutting import Shapes, merge, redraw, snapped, split
from core.gridding.rules.draft import KINDS, NEW, Draft, Ground, Outcome, Part, Turn, adjusted, outcome
from core.gridding.rules.sheet import Metres, Rings, Sheet, pieces, sheet_of

__all__ = [
    "KINDS",
    "NEW",
    "NOWHERE",
    "Checked",
    "Draft",
    "Ground",
    "Metres",
    "Outcome",
    "Part",
    "Rings",
    "Shapes",
    "Sheet",
    "Trouble",
    "Turn",
    "adjusted",
    "assign",
    "drawn",
    "merge",
    "outcome",
    "pieces",
    "redraw",
    "sheet_of",
    "snapped",
    "split",
]
