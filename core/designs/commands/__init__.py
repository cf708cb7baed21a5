"""Everything that may be changed among the designs."""

from core.designs.commands.designing import (
    add_design,
    approve_design,
    end_design,
    publish_design,
    reopen_design,
    save_draft,
)
from core.designs.commands.switching import switch_field

__all__ = [
    "add_design",
    "approve_design",
    "end_design",
    "publish_design",
    "reopen_design",
    "save_draft",
    "switch_field",
]
