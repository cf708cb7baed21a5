"""Everything that may be done to grids on the map."""

from core.gridding.commands.changing import change_grids
from core.gridding.commands.undoing import undo_change

__all__ = ["change_grids", "undo_change"]
