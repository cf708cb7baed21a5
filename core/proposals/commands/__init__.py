"""Everything that may be done with changes of shared records: made at once, proposed, decided."""

from core.proposals.commands.deciding import ask_back, decide
from core.proposals.commands.proposing import HandedIn, answer, hand_in, withdraw

__all__ = ["HandedIn", "answer", "ask_back", "decide", "hand_in", "withdraw"]
