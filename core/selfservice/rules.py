"""What must be true of one-time codes and own visits. Pure: no database, and the clock comes from outside."""

import secrets
from datetime import datetime, timedelta
from typing import Protocol

from core.kernel.i18n import _
from core.kernel.problems import Invalid, Refused

DIGITS = {"paper": 8, "sms": 6}
LIFE = {"paper": timedelta(days=7), "sms": timedelta(minutes=10)}
TRIES = 5
"""Wrong codes after which a code is good for nothing."""
SENT_A_DAY = 3
"""Messages to one person in a day: a stranger must not be able to pester a phone."""
IDLE, WHOLE = timedelta(minutes=15), timedelta(minutes=60)
"""How long a visit lasts without a click, and at all."""
COMPARED = 5
"""Numbers that may be typed for comparison in one visit."""
OPEN_REQUESTS = 10
"""Requests of one person that may wait at once."""
SLIP = 8
"""Signs of the number on a slip of paper; receipt numbers are longer."""
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Signs that nobody mistakes for one another."""
CHILD = 14
"""Below this age a guardian acts (个人信息保护法 31)."""
LOOKED_DAYS = 90
ASKS = ("correct", "supplement", "object", "delete", "copy", "explain")
"""What may be asked for at the own page."""


class Code(Protocol):
    """What is asked of a code that somebody gave."""

    tries: int
    good_until: datetime
    used_at: datetime | None
    ended_at: datetime | None


def fresh_code(channel: str) -> str:
    """A new code: digits only, because it is read out and typed on a phone."""
    return "".join(secrets.choice("0123456789") for _n in range(DIGITS[channel]))


def fresh_slip() -> str:
    """A new number for a slip of paper, of 8 signs."""
    return "".join(secrets.choice(LETTERS) for _n in range(SLIP))


def plain(text: str) -> str:
    """What was typed, without blanks, dashes and small letters."""
    return "".join(c for c in text.upper() if c.isascii() and c.isalnum())[:40]


def grouped(text: str) -> str:
    """ "12345678" -> "1234 5678": as it stands on paper."""
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))


def is_live(code: Code, now: datetime) -> bool:
    """Whether a code can still open something."""
    return code.used_at is None and code.ended_at is None and code.good_until > now and code.tries < TRIES


def is_awake(started_at: datetime, seen_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Whether a visit goes on."""
    return ended_at is None and seen_at + IDLE > now and started_at + WHOLE > now


def check_receiver(state: str, age: int, guardian: str) -> None:
    """Raises Refused when nobody may get a code for this person, Invalid when a child's guardian is not named."""
    if state == "dead":
        raise Refused(_("Near relatives of the dead ask at the office: take their request in."))
    if state == "merged":
        raise Refused(_("This record was merged into another one."))
    if age < CHILD and len(guardian.strip()) < 2:
        said = _("For a child under 14 the guardian gets the code: name them and what they are to the child.")
        raise Invalid(said, guardian=said)
