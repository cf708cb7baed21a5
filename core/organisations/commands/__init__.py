"""Everything that may be changed among the organisations."""

from core.organisations.commands.grids import assign_grid, unassign_grid
from core.organisations.commands.life import (
    add_inspection,
    add_staff,
    close_organisation,
    end_staff,
    move_organisation,
    reopen_organisation,
)
from core.organisations.commands.organisations import (
    EDITABLE,
    add_organisation,
    edit_organisation,
    name_representative,
    reveal,
    verify_organisation,
)

__all__ = [
    "EDITABLE",
    "add_inspection",
    "add_organisation",
    "add_staff",
    "assign_grid",
    "close_organisation",
    "edit_organisation",
    "end_staff",
    "move_organisation",
    "name_representative",
    "reopen_organisation",
    "reveal",
    "unassign_grid",
    "verify_organisation",
]
