"""Receipt codes: long enough that nobody guesses one, without signs that look alike."""

import secrets

from core.kernel.identifiers import tidy

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12


def new_code() -> str:
    """Twelve signs by chance: 59 bits."""
    return "".join(secrets.choice(SIGNS) for _place in range(LENGTH))


def read_code(typed: str) -> str:
    """A code as somebody typed it, with blanks, hyphens or small letters; "" for what cannot be one."""
    code = tidy(typed[:60]).replace("-", "")
    return code if len(code) == LENGTH and set(code) <= set(SIGNS) else ""


def grouped(code: str) -> str:
    """As it is shown: XXXX-XXXX-XXXX."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
