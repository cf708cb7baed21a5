"""Everything that may be done with self-reports: handed in and followed at the door, verified in the office."""

from core.claims.commands.deciding import ask_visit, confirm_all, decide, read, reopen, reveal, undo
from core.claims.commands.filing import correct, hand_in, withdraw

__all__ = [
    "ask_visit",
    "confirm_all",
    "correct",
    "decide",
    "hand_in",
    "read",
    "reopen",
    "reveal",
    "undo",
    "withdraw",
]
