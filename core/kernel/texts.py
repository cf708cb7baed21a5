"""Plain text, phone numbers and area paths in their one stored form; masks for what not everybody may see.

Each function gives the stored form or raises ValueError with a sentence in the reader's language.
"""

import re
import unicodedata

from core.kernel.i18n import _

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad\u200e\u200f"))
_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘－"), "-")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of writing: with them a text can look like another one."""


def tidy(text: str) -> str:
    """Half-width, upper case, without blanks and invisible characters; every kind of dash becomes "-"."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_UNSEEN).translate(_JOINERS)).translate(_DASHES)
    return "".join(text.upper().split())


def clean_text(text: str, *, longest: int) -> str:
    """One line in NFC without outer, doubled and invisible blanks.

    ValueError for a control character (says its place) or more than `longest` characters (says how many).
    """
    for place, found in enumerate(text, 1):
        if found in _TURNING or (unicodedata.category(found) in ("Cc", "Cs") and not found.isspace()):
            sentence = _("Character {place} is a control character ({code}) that cannot be seen; delete it.")
            raise ValueError(sentence.format(place=place, code=f"U+{ord(found):04X}"))
    clean = " ".join(unicodedata.normalize("NFC", text.translate(_UNSEEN)).split())
    if len(clean) > longest:
        sentence = _("This text is too long by {count}: at most {longest} characters fit.")
        raise ValueError(sentence.format(count=len(clean) - longest, longest=longest))
    return clean


def area_path(text: str) -> str:
    """A branch of the area tree, "440599/001/002/003/": digits and capital letters, "/" after each part."""
    path = tidy(text)
    if not re.fullmatch(r"(?:[0-9A-Z]+/)+", path):
        sentence = _(
            '"{path}" is not an area path; it is made of digits and letters with a "/" after each part, '
            "such as 440599/001/002/."
        )
        raise ValueError(sentence.format(path=path))
    return path


# --- phones

_LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))-?([2-9][0-9]{6,7})(?:-([0-9]{1,6}))?")


def _dialled(text: str) -> str:
    """Digits and dashes as one dials them inside the country."""
    word = re.sub(r"转|EXT\.?|#|,", "-", tidy(text).translate(dict.fromkeys(map(ord, "()."))))
    inside = re.sub(r"^(?:\+|00)?86-?(?=1[3-9]|0|[2-9][0-9]{2})", "", word) if len(word) > 11 else word
    abroad = inside != word and not inside.startswith(("0", "1", "400", "800"))
    return "0" + inside if abroad else inside


def _not_a_phone(digits: str) -> str:
    """Why this is no phone number."""
    if strange := re.search(r"[^0-9]", digits):
        return _('A phone number has digits only; "{found}" does not belong there.').format(found=strange[0])
    if re.match(r"1[3-9]", digits):
        return _("A mobile number has 11 digits; this one has {count}.").format(count=len(digits))
    if len(digits) == 11 and digits.startswith("1"):
        return _("No mobile number begins with {start}; they begin with 13 to 19.").format(start=digits[:2])
    if len(digits) in (7, 8):
        return _("This looks like a landline number without its area code; write it like 0754-88000000.")
    return _("This is not a phone number; right ones look like 19900001234, 0754-88000000 or 4008000000.")


def mobile(text: str) -> str:
    """A phone number of the country: "19900001234", "0754-88000000", "0754-88000000-12" or "4008000000"."""
    word = _dialled(text)
    digits = word.replace("-", "")
    if re.fullmatch(r"1[3-9][0-9]{9}|[48]00[0-9]{7}", digits):
        return digits
    joined = re.sub(r"(?<=[0-9]{4})-(?=[0-9]{4}$)", "", word)
    if landline := _LANDLINE.fullmatch(word) or _LANDLINE.fullmatch(joined):
        return "-".join(part for part in landline.groups() if part)
    raise ValueError(_not_a_phone(digits))


# --- masks


def mask_name(name: str) -> str:
    """ "张三" -> "张*"; the parts of "阿依古丽·买买提" and "John Smith" keep their first letter each."""
    if len(name) == 1:
        return "*"
    return re.sub(r"([^\s·•.]{1})([^\s·•.]*)", lambda part: part[1] + "*" * len(part[2]), name)


def mask_identity(number: str) -> str:
    """First three and last four of an identity number; other documents as `mask_other`.

    Of a longer certificate only the first three are left: its end tells about health.
    """
    if len(number) > 18:
        return number[:3] + "*" * (len(number) - 3)
    if len(number) in (15, 18):
        return number[:3] + "*" * (len(number) - 7) + number[-4:]
    return mask_other(number)


def mask_phone(number: str) -> str:
    """ "19900001234" -> "199****1234", "0754-88001234" -> "0754-****1234"."""
    code, dash, rest = number.partition("-")
    if dash:
        return f"{code}-****{rest.partition('-')[0][-4:]}"
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 10 else mask_other(number)


def mask_other(text: str) -> str:
    """At most two characters at each end, and never more than half of the text."""
    shown = min(2, len(text) // 4)
    return text[:shown] + "*" * (len(text) - 2 * shown) + text[len(text) - shown :]
