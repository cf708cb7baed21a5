"""What must be true of the boundaries of grids, as pure functions over shapes in metres; no database."""

from core.gridding.rules.assign import NOWHERE, assign
from core.gridding.rules.checks import Checked, Trouble, drawn
from core.gridding.rules.cutting import Shapes, merge, redraw, snapped, split
from core.gridding.rules.sheet import Metres, Rings, Sheet, pieces, sheet_of

__all__ = [
    "NOWHERE",
    "Checked",
    "Metres",
    "Rings",
    "Shapes",
    "Sheet",
    "Trouble",
    "assign",
    "drawn",
    "merge",
    "pieces",
    "redraw",
    "sheet_of",
    "snapped",
    "split",
]
