"""Tokens and short codes: pure functions.

A short code is what somebody reads out when a label cannot be scanned: seven random signs and one that checks them.
There are 23 signs, a prime, of which none looks like another one (no 0 O, 1 I L, 5 S, 8 B, 2 Z, U V, G Q D): the check
finds every single wrong sign and every two that changed places.
"""

import re
import secrets
from itertools import pairwise
from urllib.parse import urlsplit

from core.kernel.identifiers import tidy

SIGNS = "23456789ACEFHJKMNPRTWXY"
LENGTH = 8
TOKEN_BYTES = 16
PATH = "/h/"
CLOSED = "closed"
"""The state of a house that is no more."""
_TOKEN = re.compile(r"[0-9A-Za-z_-]{22}")
_WEIGHTS = range(1, LENGTH + 1)


def new_token() -> str:
    """128 bits of chance in 22 signs that an address may hold."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_short_code() -> str:
    """Seven signs by chance and the one that checks them."""
    return checked_by("".join(secrets.choice(SIGNS) for _sign in range(LENGTH - 1)))


def checked_by(signs: str) -> str:
    """Seven signs with the eighth: the sum of place times sign is a multiple of 23."""
    total = sum(n * SIGNS.index(sign) for n, sign in zip(_WEIGHTS, signs, strict=False))
    last = -total * pow(LENGTH, -1, len(SIGNS)) % len(SIGNS)
    return signs + SIGNS[last]


def is_short_code(text: str) -> bool:
    """Whether it is a short code whose check fits."""
    return len(text) == LENGTH and set(text) <= set(SIGNS) and checked_by(text[:-1]) == text


def read_short_code(text: str) -> str:
    """A short code as it is kept, from however it was typed; "" for what is none."""
    code = tidy(text).replace("-", "").upper()
    return code if is_short_code(code) else ""


def read_token(text: str) -> str:
    """The token in the address of a label, or a token alone; "" for what is none."""
    path = urlsplit(text.strip()).path
    last = path[path.rindex(PATH) + len(PATH) :] if PATH in path else path
    return last if _TOKEN.fullmatch(last) else ""


def spoken_code(code: str) -> str:
    """A short code as it is printed: A3C4-7K9X."""
    return f"{code[:4]}-{code[4:]}"


def grouped(code: str) -> str:
    """A house code as it is printed: community, building, unit, room, check."""
    cuts = (0, 6, 12, 17, 19, 23, 24)
    return " ".join(code[a:b] for a, b in pairwise(cuts)).strip()
