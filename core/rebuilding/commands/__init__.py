"""Everything that may be done with applications to build, pull down, split or merge."""

from core.rebuilding.commands.applying import amend, apply, assign, withdraw
from core.rebuilding.commands.deciding import decide, review, take_back

__all__ = ["amend", "apply", "assign", "decide", "review", "take_back", "withdraw"]
