"""Numbers of invented people: identity numbers of a county that never was, phones of a range of their own."""

from collections import Counter
from datetime import date
from functools import lru_cache
from itertools import count

from core.kernel.identifiers import CREDIT_ALPHABET

DIVISION = "440599"
PHONES = "199000"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_INNER = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = tuple(3**n % 31 for n in range(17))


def _sum(digits: str, start: int) -> int:
    return sum(int(d) * w for d, w in zip(digits, _WEIGHTS[start:], strict=False))


_SERIALS = tuple(_sum(f"{n:03}", 14) for n in range(1000))


@lru_cache(maxsize=50_000)
def _born(day: int) -> tuple[str, int]:
    """The first 14 digits of everybody born on a day, and their part of the check sum."""
    digits = DIVISION + date.fromordinal(day).isoformat().replace("-", "")
    return digits, _sum(digits, 0)


class Numbers:
    """Gives out every number of a town."""

    def __init__(self) -> None:
        self._given: Counter[int] = Counter()
        self._phones, self._households, self._permits = count(1), count(1), count(1)
        self._ids, self._organisations = count(1000), count(1)

    def id(self) -> int:
        """The next record number: small ones, which `new_id` never gives."""
        return next(self._ids)

    def identity(self, born: int, sex: str) -> str:
        """An identity number nobody has yet (GB 11643-1999); `born` is an ordinal, `sex` "1" or "2"."""
        odd = sex == "1"
        turn = self._given[2 * born + odd]
        self._given[2 * born + odd] += 1
        serial = (turn * 137 + born * 31) % 500 * 2 + odd
        digits, total = _born(born)
        return f"{digits}{serial:03}{'10X98765432'[(total + _SERIALS[serial]) % 11]}"

    def permit(self, nationality: str) -> tuple[str, str]:
        """Kind (GA/T 517) and number of a document of somebody from abroad."""
        serial = f"{next(self._permits) % 10_000:04}"
        if nationality in ("HKG", "MAC"):
            return "516", f"{nationality[0]}{DIVISION}{serial}"
        return ("511", DIVISION + serial) if nationality == "TWN" else ("414", f"P{DIVISION}{serial}")

    def phone(self) -> str:
        """A phone number; the range has 100,000, so a large town uses some twice."""
        return f"{PHONES}{next(self._phones) * 61_803 % 100_000:05}"

    def household(self) -> str:
        """A household number of nine digits."""
        return f"{next(self._households):09}"

    def credit(self, begins: str) -> str:
        """A credit code nobody has yet (GB 32100-2015); `begins`: body and kind, such as "91"."""
        inner = f"MA{next(self._organisations):06}"
        check = -sum(int(c, 36) * w for c, w in zip(inner, _INNER, strict=True)) % 11
        first17 = f"{begins}{DIVISION}{inner}{'X' if check == 10 else check}"
        total = sum(CREDIT_ALPHABET.index(c) * w for c, w in zip(first17, _CREDIT, strict=True))
        return first17 + CREDIT_ALPHABET[-total % 31]
