"""What gives codes, opens visits and is done at the own page."""

from core.selfservice.commands.asking import ask, compare, no_longer_agree, take_back
from core.selfservice.commands.codes import Message, Slip, give_code, send_code
from core.selfservice.commands.visits import Entry, enter, forget_code, forget_visit, leave, touch

__all__ = [
    "Entry",
    "Message",
    "Slip",
    "ask",
    "compare",
    "enter",
    "forget_code",
    "forget_visit",
    "give_code",
    "leave",
    "no_longer_agree",
    "send_code",
    "take_back",
    "touch",
]
