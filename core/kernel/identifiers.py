"""Values that check themselves: identity numbers, other documents, credit codes (and those of texts.py).

Every function takes what somebody typed and gives the one form that is stored, or raises ValueError with a
sentence in the reader's language: what is wrong, why, and what would be right. No database.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from core.kernel.codes import code_name, codes
from core.kernel.i18n import _, language
from core.kernel.texts import area_path as area_path
from core.kernel.texts import clean_text as clean_text
from core.kernel.texts import mask_identity as mask_identity
from core.kernel.texts import mask_name as mask_name
from core.kernel.texts import mask_other as mask_other
from core.kernel.texts import mask_phone as mask_phone
from core.kernel.texts import mobile as mobile
from core.kernel.texts import tidy as tidy

PERMITS = ("810000", "820000", "830000")
"""First six digits of the residence permits for people of Hong Kong, Macau and Taiwan."""
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DIGITS = "0123456789"
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_PASSPORT = (r"(?=.*[0-9])[A-Z0-9]{5,15}", "E01234567")
_FORMS = {
    **dict.fromkeys(("411", "412", "413", "414", "420", "421"), _PASSPORT),
    "511": (r"[0-9]{8}|[0-9]{10}[A-Z]?", "01234567"),
    "513": (r"[A-Z]{1,2}[0-9]{7,8}", "C01234567"),
    "516": (r"[HM][0-9]{8}(?:[0-9]{2})?", "H01234567"),
    "517": (r"[A-Z]{1,2}[0-9]{7,8}", "L01234567"),
}
"""GA/T 517 kind -> form and an example; loose where the issuer has changed the form over the years."""


@dataclass(frozen=True)
class IdentityFacts:
    """What an identity number says.

    `sex` after GB/T 2261.1: "1" male, "2" female. `division`: six digits of the first registration, which may
    exist no more; on a foreign card its first six places.
    """

    birth: date
    sex: Literal["1", "2"]
    division: str


def _refuse_strange(
    number: str, allowed: Callable[[int], str], fits: Callable[[str], bool], say: str, hint: str
) -> None:
    """Refuse a character outside the alphabet of its place; if it is the only one, name what would fit."""
    strange = [at for at, found in enumerate(number) if found not in allowed(at)]
    if not strange:
        return
    at = strange[0]
    right = next((c for c in allowed(at) if fits(number[:at] + c + number[at + 1 :])), "")
    sentence = hint if right else say
    raise ValueError(sentence.format(place=at + 1, found=number[at], digit=right))


# --- identity number, GB 11643-1999


def _identity_check(first17: str) -> str:
    total = sum(int(c) * w for c, w in zip(first17, _IDENTITY_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def _identity_fits(number: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{17}[0-9X]", number)) and _identity_check(number[:17]) == number[17]


def _identity_shape(number: str) -> None:
    if re.fullmatch(r"[0-9](\.[0-9]+)?E\+?[0-9]+", number):
        sentence = _(
            "A spreadsheet has rounded this identity number ({found}) and its digits are lost; "
            "format the column as text and enter the number again."
        )
        raise ValueError(sentence.format(found=number))
    if len(number) != 18:
        raise ValueError(_("An identity number has 18 places, not {count}.").format(count=len(number)))
    _refuse_strange(
        number,
        lambda at: _DIGITS + "X" * (at == 17),
        _identity_fits,
        _('Place {place} of this identity number is "{found}"; only digits fit there (X only at the end).'),
        _('Place {place} of this identity number is "{found}"; the digit {digit} would fit there.'),
    )


def _birth(number: str) -> date:
    """The birth date in an 18-place number; ValueError when it is no day, before 1800 or in the future."""
    digits = number[6:14]
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        day = date.min
    if day.year < 1800:
        sentence = _(
            'Places 7 to 14 of an identity number are the birth date, but "{digits}" is not a real date; '
            "1 March 1980 would be 19800301."
        )
        raise ValueError(sentence.format(digits=digits))
    if day > date.today():
        sentence = _("This identity number says born on {day}, which is in the future; check places 7 to 14.")
        raise ValueError(sentence.format(day=day))
    return day


def _identity_last(number: str) -> None:
    digit = _identity_check(number[:17])
    if digit == number[17]:
        return
    said = _("The last digit of this identity number does not fit: with these 17 digits it would be {digit}.")
    if number.endswith("000"):
        said += _(" It ends in 000: a spreadsheet may have lost the last three digits.")
    raise ValueError(said.format(digit=digit))


def upgrade_15(text: str) -> str:
    """The 18-place form of a 15-digit number (issued until 1999; serials 996-999 mean born in the 1800s)."""
    old = tidy(text)
    if not re.fullmatch(r"[0-9]{15}", old):
        raise ValueError(_("An old identity number has 15 digits and nothing else."))
    first17 = old[:6] + ("18" if old[12:] >= "996" else "19") + old[6:]
    _birth(first17)
    return first17 + _identity_check(first17)


def identity_number(text: str, *, from_15: bool = False) -> str:
    """An 18-place number after GB 11643-1999, in capital letters.

    Also the 8x0000 residence permits and the 2023 foreign permanent resident card. An old 15-digit number is
    refused with its new form, or converted when `from_15` (imports).
    """
    number = tidy(text)
    if re.fullmatch(r"[0-9]{15}", number):
        number, old = upgrade_15(number), number
        if not from_15:
            sentence = _("{old} is an old number with 15 digits; the 18-digit number would be {number}.")
            raise ValueError(sentence.format(old=old, number=number))
    _identity_shape(number)
    _birth(number)
    _identity_last(number)
    return number


def identity_facts(number: str) -> IdentityFacts:
    """Birth, sex and division of an identity number (checked again: ValueError when it is none)."""
    number = identity_number(number)
    return IdentityFacts(_birth(number), "1" if int(number[16]) % 2 else "2", number[:6])


# --- other documents, GA/T 517 with two local codes


def _document_name(kind: str) -> str:
    return code_name("gat517_documents", kind, lang=language.get())


def _holder(number: str) -> str:
    """The document kind an 18-place number belongs to."""
    return "L01" if number.startswith(PERMITS) else "L02" if number.startswith("9") else "111"


def _card(kind: str, text: str) -> str:
    """An identity-like card: the number must belong to that kind of holder."""
    number = tidy(text)
    if kind in ("L02", "553") and re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        return number
    number, fits = identity_number(number), {"112": "111", "553": "L02"}.get(kind, kind)
    if _holder(number) != fits:
        sentence = _("This is the number of another kind of document: {right}, not {chosen}.")
        right, chosen = _document_name(_holder(number)), _document_name(kind)
        raise ValueError(sentence.format(right=right, chosen=chosen))
    return number


def _disability(text: str) -> str:
    if not (parts := re.fullmatch(r"(.{18})[1-7][1-4](B[0-9])?", tidy(text))):
        sentence = _(
            "A disability certificate has 20 places: identity number, kind (1 to 7), grade (1 to 4)."
        )
        raise ValueError(sentence)
    identity_number(parts[1])
    return parts[0]


def document_number(kind: str, text: str) -> str:
    """A document number of a GA/T 517 kind, checked as far as its form is known (data/codes/README.md)."""
    if kind not in codes("gat517_documents"):
        raise ValueError(_('There is no kind of document with the code "{kind}".').format(kind=kind))
    if kind in ("111", "112", "553", "L01", "L02"):
        return _card(kind, text)
    if kind == "217":
        return _disability(text)
    number = clean_text(tidy(text), longest=30)
    form, example = _FORMS.get(kind, (".+", "A01234567"))
    number = re.sub("[()]", "", number) if kind == "511" else number
    if not re.fullmatch(form, number):
        sentence = _(
            "This is not a number of this kind of document ({kind}); a right one looks like {example}."
        )
        raise ValueError(sentence.format(kind=_document_name(kind), example=example))
    return number


# --- unified social credit code, GB 32100-2015


def _credit_check(first17: str) -> str:
    total = sum(CREDIT_ALPHABET.index(c) * w for c, w in zip(first17, _CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[-total % 31]


def _credit_fits(code: str) -> bool:
    return all(c in CREDIT_ALPHABET for c in code) and _credit_check(code[:17]) == code[17]


def credit_code(text: str) -> str:
    """A code after GB 32100-2015: 18 places without I, O, S, V, Z; places 3 to 8 are digits."""
    code = tidy(text)
    if len(code) != 18:
        raise ValueError(
            _("A unified social credit code has 18 places, not {count}.").format(count=len(code))
        )
    _refuse_strange(
        code,
        lambda at: _DIGITS if 2 <= at < 8 else CREDIT_ALPHABET,
        _credit_fits,
        _('Place {place} of this credit code is "{found}"; I, O, S, V, Z never occur, 3 to 8 are digits.'),
        _('Place {place} of this credit code is "{found}"; "{digit}" would fit there.'),
    )
    if (right := _credit_check(code[:17])) != code[17]:
        sentence = _(
            'The last place of this credit code does not fit: with these 17 places it would be "{digit}".'
        )
        raise ValueError(sentence.format(digit=right))
    return code


def credit_code_kind(code: str) -> str:
    """Registering body and kind: the first two characters, named by the code list `org_type_uscc`."""
    return credit_code(code)[:2]
