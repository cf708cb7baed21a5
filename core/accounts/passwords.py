"""Passwords and other secrets: how they are made, judged, kept and compared."""

import hashlib
import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.accounts.models import Account
from core.kernel.i18n import _
from core.kernel.problems import Invalid

HASHER = PasswordHasher()
LONGEST = 200
_TRIED_FIRST = """
    password passw0rd p@ssword p@ssw0rd password1 password123 passw0rd! p@ssw0rd1 p@ssw0rd123 admin123
    admin@123 admin888 root1234 root@123 test1234 test@123 abc12345 abcd1234 abcd@1234 abc@1234 abc123456
    a123456789 aa123456 aa123456. aa123456! aa@123456 a1234567 qwer1234 qwer@1234 qwe123456 1qaz2wsx
    1qaz@wsx !qaz2wsx !qaz@wsx q1w2e3r4 zaq12wsx woaini520 woaini1314 iloveyou1 shantou123 shequ123
    shequ@123 wangge123 wangge@123 lingrid123 lingrid@123 welcome1 welcome@123 huawei@123 12345678a
    123456abc 88888888a"""
COMMON = frozenset(_TRIED_FIRST.split())


def _normal(password: str) -> str:
    """Full-width letters from a Chinese keyboard count as the plain ones; what is too long stays too long."""
    return unicodedata.normalize("NFKC", password[: LONGEST + 1])


def hashed(password: str) -> str:
    """The argon2id hash of a password; takes some 50 ms, so never call it while the database waits."""
    return HASHER.hash(_normal(password))


@cache
def _nobody() -> str:
    return hashed(secrets.token_hex())


def fits(stored: str, password: str) -> bool:
    """Whether the password belongs to the hash; takes as long when there is no hash."""
    try:
        return HASHER.verify(stored or _nobody(), _normal(password)) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def digest(secret: str) -> str:
    """How tickets and tokens stand in the database: 64 hex digits. They are long and random, so no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _kinds(password: str) -> int:
    tests = (str.islower, str.isupper, str.isdecimal, lambda c: not (c.isascii() and c.isalnum()))
    return sum(any(test(c) for c in password) for test in tests)


def _names(word: str, own: str, from_length: int) -> bool:
    """Whether somebody's own word is in the password; a very short one may be there by chance."""
    return len(own) >= from_length and own.lower() in word


def faults(password: str, login: str, name: str, shortest: int) -> list[str]:
    """Every rule the password breaks, as sentences; GB/T 22239-2019 §8.1.4.1 asks for such rules."""
    word, lower = _normal(password), _normal(password).lower()
    checks = (
        (len(word) < shortest, _("Use at least {count} characters.").format(count=shortest)),
        (len(word) > LONGEST, _("Use at most {count} characters.").format(count=LONGEST)),
        (_kinds(word) < 3, _("Mix at least three of: small letters, capital letters, digits, other signs.")),
        (
            _names(lower, login, 3) or _names(lower, name, 2),
            _("The password must not contain your sign-in name or your name."),
        ),
        (lower in COMMON, _("This password is among the first that others would try.")),
    )
    return [sentence for broken, sentence in checks if broken]


def check(password: str, account: Account, shortest: int) -> None:
    """Raises Invalid when the account's new password breaks a rule or is the one it has."""
    found = faults(password, account.login, account.name, shortest)
    if not found and account.password_hash and fits(account.password_hash, password):
        found = [_("The new password must differ from the old one.")]
    if found:
        raise Invalid(_("This password is too weak or cannot be used."), new=" ".join(found))


def fresh(shortest: int) -> str:
    """A first password that is easy to read out: "Kd7m-Rt4q-Xe9w-Bn6c", 16 bits a group, no look-alikes."""
    big, small, digits = "ABCDEFGHJKLMNPQRTUVWXYZ", "abcdefghijkmnpqrtuvwxyz", "2346789"
    groups = max(4, -(-shortest // 5) + 1)
    shape = (big, small, digits, small)
    return "-".join("".join(secrets.choice(kind) for kind in shape) for _n in range(groups))
