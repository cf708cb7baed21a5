"""Everything that may be changed in the registers."""

from core.entries.commands.sheets import export_entries, import_sheet, undo_import
from core.entries.commands.writing import (
    add_entry,
    edit_entry,
    refile_entries,
    remove_entry,
    restore_entry,
    reveal_entry,
    verify_entry,
)

__all__ = [
    "add_entry",
    "edit_entry",
    "export_entries",
    "import_sheet",
    "refile_entries",
    "remove_entry",
    "restore_entry",
    "reveal_entry",
    "undo_import",
    "verify_entry",
]
