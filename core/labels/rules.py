"""Tokens and short codes: pure functions.

A short code is what somebody reads out when a label cannot be scanned: seven random signs and one that checks them.
There are 23 signs, a prime, of which none looks like another one (no 0 O, 1 I L, 5 S, 8 B, 2 Z, U V, G Q D): the check
finds every single wrong sign and every two that changed places.
"""

import re
import secrets
from itertools import pairwise
from urllib.parse import urlsplit

from core.kernel.i18n import _
from core.kernel.identifiers import tidy

SIGNS = "23456789ACEFHJKMNPRTWXY"
LENGTH = 8
TOKEN_BYTES = 16
PATH = "/h/"
_TOKEN = re.compile(r"[0-9A-Za-z_-]{22}")
_WORD = re.compile(r"[A-Z]{4}")
_WEIGHTS = range(1, LENGTH + 1)


def new_token() -> str:
    """128 bits of chance in 22 signs that an address may hold."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_short_code() -> str:
    """Seven signs by chance and the one that checks them; never four letters in a row, so that none spells a word."""
    while True:
        code = checked_by("".join(secrets.choice(SIGNS) for _sign in range(LENGTH - 1)))
        if not _WORD.search(code):
            return code


def checked_by(signs: str) -> str:
    """Seven signs with the eighth: the sum of place times sign is a multiple of 23."""
    total = sum(n * SIGNS.index(sign) for n, sign in zip(_WEIGHTS, signs, strict=False))
    last = -total * pow(LENGTH, -1, len(SIGNS)) % len(SIGNS)
    return signs + SIGNS[last]


def is_short_code(text: str) -> bool:
    """Whether it is a short code whose check fits."""
    return len(text) == LENGTH and set(text) <= set(SIGNS) and checked_by(text[:-1]) == text


def typed_code(text: str) -> str:
    """What was typed, without blanks and dashes and in capitals."""
    return tidy(text).replace("-", "")


def read_short_code(text: str) -> str:
    """A short code as it is kept, from however it was typed; "" for what is none."""
    code = typed_code(text)
    return code if is_short_code(code) else ""


def read_token(text: str) -> str:
    """The token in the address of a label, or a token alone; "" for what is none."""
    path = urlsplit(text.strip()).path
    last = path[path.rindex(PATH) + len(PATH) :] if PATH in path else path
    return last if _TOKEN.fullmatch(last) else ""


def trouble_with(origin: str) -> str:
    """Why labels that lead to this address would be useless, or unsafe; "" when they are neither."""
    parts = urlsplit(origin)
    if parts.hostname in ("localhost", "127.0.0.1", "::1"):
        said = _(
            "Labels would lead to this machine itself (`{origin}`): no phone finds it. Set the public address first."
        )
    elif parts.scheme != "https":
        said = _(
            "Labels would lead to `{origin}`, without https: phones warn, and others can read what people type."
        )
    else:
        return ""
    return said.format(origin=origin)


def spoken_code(code: str) -> str:
    """A short code as it is printed: A3C4-7K9X."""
    return f"{code[:4]}-{code[4:]}"


def grouped(code: str) -> str:
    """A house code as it is printed: community, building, unit, room, check."""
    cuts = (0, 6, 12, 17, 19, 23, 24)
    return " ".join(code[a:b] for a, b in pairwise(cuts)).strip()


PRESETS: dict[str, dict[str, float]] = {
    "70 × 42 mm, 3 × 6": dict(width=70, height=42, columns=3, rows=6, left=0, top=22.5, gap_x=0, gap_y=0),
    "105 × 74 mm, 2 × 4": dict(width=105, height=74, columns=2, rows=4, left=0, top=0.5, gap_x=0, gap_y=0),
    "99.1 × 67.7 mm, 2 × 4": dict(
        width=99.1, height=67.7, columns=2, rows=4, left=4.6, top=13.1, gap_x=2.5, gap_y=0
    ),
    "63.5 × 38.1 mm, 3 × 7": dict(
        width=63.5, height=38.1, columns=3, rows=7, left=7.2, top=15.1, gap_x=2.5, gap_y=0
    ),
    "50 × 70 mm, 4 × 4": dict(width=50, height=70, columns=4, rows=4, left=5, top=8.5, gap_x=0, gap_y=0),
}
"""Common sheets: plain paper to be cut, and self-adhesive ones of the shops."""
