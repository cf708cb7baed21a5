"""Everything that may be changed among the components."""

from core.components.commands.classes import add_local_class, end_local_class
from core.components.commands.components import (
    EDITABLE,
    add_component,
    edit_component,
    move_component,
    remove_component,
    set_state,
    verify_component,
)
from core.components.commands.importing import Imported, Unmapped, import_components, import_sheet

__all__ = [
    "EDITABLE",
    "Imported",
    "Unmapped",
    "add_component",
    "add_local_class",
    "edit_component",
    "end_local_class",
    "import_components",
    "import_sheet",
    "move_component",
    "remove_component",
    "set_state",
    "verify_component",
]
