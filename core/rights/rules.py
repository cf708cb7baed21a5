"""What must be true of requests and consents."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from difflib import SequenceMatcher

DAYS = 30
"""GB/T 35273-2020 8.7: an answer within thirty days."""
SOON = timedelta(days=7)


def due_on(received: date) -> date:
    """The last day for the answer."""
    return received + timedelta(days=DAYS)


def urgency(state: str, due: date, today: date) -> str:
    """ "" for a request that is answered or has time, "soon", or "overdue"."""
    if state != "open":
        return ""
    return "overdue" if due < today else "soon" if due <= today + SOON else ""


def digest(title: str, text: str) -> str:
    """The mark of a published wording."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()


def compared(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Line by line ("", "-" or "+", text): what stayed, went and came."""
    before, after = old.splitlines(), new.splitlines()
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (("", line) for line in before[a0:a1])
        else:
            yield from (("-", line) for line in before[a0:a1])
            yield from (("+", line) for line in after[b0:b1])
