"""What the care of the office changes."""

from core.upkeep.commands.local_codes import add_code, edit_code, end_code

__all__ = ["add_code", "edit_code", "end_code"]
