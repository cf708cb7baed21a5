"""Addresses below the community: understood in many ways of writing, kept in one; and the code of a house.

The parts follow GB/T 39609-2020 (streets and compounds, buildings and doors, units and rooms). How numbers
and words are brought into one form stands in writing.py.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.kernel.i18n import _
from core.kernel.identifiers import clean_text, tidy
from core.places.writing import NAMED_ROOM, arabic, below, half_width
from core.places.writing import normalise as normalise

EXAMPLE = "海滨路12号龙湖苑8幢2单元301室"
LONGEST = 150

_SHORT = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        (r"([路街巷弄道横])([0-9]+)-([0-9]{3,4}[A-Z]?)室?$", r"\1\2号\3室"),
        (r"((?:[路街巷弄道横组队]|(?<!新)村)[0-9]+(?:-[0-9]{1,2})?)$", r"\1号"),
        (r"(?<![0-9A-Z路街巷弄道横-])([0-9A-Z]{1,3})-([0-9]{1,2})-([0-9]{3,4}[A-Z]?)室?$", r"\1幢\2单元\3室"),
        (r"幢([0-9]{1,2})-([0-9]{3,4}[A-Z]?)室?$", r"幢\1单元\2室"),
        (r"(?<![0-9A-Z路街巷弄道横幢元层-])([0-9A-Z]{1,3})-([0-9]{3,4}[A-Z]?)室?$", r"\1幢\2室"),
    )
)

_ROOM = (
    r"(?:[A-Z]{0,2}[0-9]{1,4}[A-Z]{0,2}|[A-Z]{1,2})(?:-[0-9A-Z]{1,3})?(?:铺|车库|杂物间)?"
    rf"|{NAMED_ROOM}"
)
_TAIL = re.compile(
    r"(?P<head>.*?)(?:(?<![0-9A-Z-])|$)"
    r"(?:(?P<building>[0-9A-Z]{1,5}(?:-[0-9A-Z]{1,3})?|[东西南北中前后甲乙丙丁])幢)?"
    r"(?:(?P<unit>[0-9A-Z]{1,3}|[东西南北中甲乙丙丁])单元)?"
    r"(?:(?P<floor>-?[0-9]{1,3})层)?"
    rf"(?:(?P<room>{_ROOM})室?)?"
)
_NUMBER = re.compile(
    r"(?P<road>.*?)(?<![0-9A-Z-])(?P<number>[附临]?[0-9]+[A-Z甲乙丙丁]?(?:[-、][0-9]+[A-Z]?)*(?:附[0-9]+)?)号(?:院$)?"
    r"(?![路线街桥巷])(?P<estate>.*)"
)
_ROAD = re.compile(r"(?P<road>.+(?:大道|公路|路|街(?!道)|巷|弄|胡同))(?P<estate>.*)")
_BARE = re.compile(r"(?:.|小区|花园|新村|大厦|广场|公寓|工业区|综合楼|宿舍楼?|教师楼|家属[院楼]|住宅楼|大院)")
"""Words too general to be the name of an estate without the road before them."""
_STRANGE = re.compile(
    r"[^\u3400-\u9fff\U00020000-\U0003ffff〇0-9A-Z·、-]+|[0-9A-Z-]+(?:幢|单元|层|室).*|(?:[0-9A-Z]+-){2}.*"
)


@dataclass(frozen=True)
class Address:
    """One address below the community: parts without the word beside them ("8", not "8幢") or empty.

    `road` is all that stands before the door number (village, lane), `estate` what stands after it; `floor`
    may be negative; `room` may be a name ("东户", "3铺").
    """

    road: str = ""
    number: str = ""
    estate: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""

    def text(self) -> str:
        """The standard text, such as 海滨路12号龙湖苑8幢2单元301室."""
        parts = (self.road, self.number, self.estate, self.building, self.unit, self.floor, self.room)
        words = ("", "号", "", "幢", "单元", "层", "室" if self.room.isascii() else "")
        return "".join(part + word for part, word in zip(parts, words, strict=True) if part)

    def key(self, community: str) -> str:
        """What must be unique: community, street and number (or else estate), building, unit, room."""
        return "|".join((community, self._place(), self.building, self.unit, self._door()))

    def _place(self) -> str:
        place = self.estate or self.road
        if self.number:
            place = f"{self.road}{self.number}号" if self.road else f"{self.number}号{self.estate}"
        return arabic(place)

    def _door(self) -> str:
        """The room, with its floor where the room alone does not tell it: 12层03 and 1203 are one door."""
        room = re.sub(r"(?<![0-9])0+(?=[0-9])", "", self.room)
        if not self.floor or (re.match(r"[0-9]{3,4}", room) and not self.floor.startswith("-")):
            return room
        if re.fullmatch(r"[0-9]{1,2}", room) and not self.floor.startswith("-"):
            return self.floor + room.zfill(2)
        return f"{self.floor}层{room}"


def _places(head: str) -> dict[str, str]:
    if numbered := _NUMBER.fullmatch(head):
        return numbered.groupdict()
    road = _ROAD.fullmatch(head)
    return road.groupdict() if road and not _BARE.fullmatch(road["estate"]) else {"estate": head}


def _refuse_half(address: Address, whole: str) -> None:
    """ValueError that names the part that was not understood or is missing."""
    sentence, part = "", whole
    if strange := _STRANGE.search(address.road) or _STRANGE.search(address.estate):
        part = whole[whole.index(strange[0]) :]
        sentence = _('In this address "{part}" was not understood; a right one looks like {example}.')
    elif not (address.number or address.building or address.floor or address.room):
        sentence = _('"{part}" names no door: add a door number, building or room, such as {example}.')
    elif not (address.road or address.number or address.estate or address.building):
        sentence = _('"{part}" says no street, estate or building; a right address looks like {example}.')
    if sentence:
        raise ValueError(sentence.format(part=part, example=EXAMPLE))


def _spelt_out(text: str) -> str:
    """Short forms with the words that they leave out: 3-2-501 -> 3幢2单元501室, 海滨路12 -> 海滨路12号."""
    for pattern, becomes in _SHORT:
        text = pattern.sub(becomes, text)
    return text


def _split(whole: str) -> Address:
    tail = _TAIL.fullmatch(whole)
    parts = {name: part or "" for name, part in tail.groupdict().items()} if tail else {"head": whole}
    for name in {"building", "unit", "floor"} & parts.keys():
        parts[name] = re.sub(r"^(-?)0+(?=[0-9])", r"\1", parts[name])
    return Address(**_places(parts.pop("head")), **parts)


def parse_address(text: str, *, strip: Iterable[str] = ()) -> Address:
    """The parts of an address; `strip` are the names of the areas above it. ValueError says why not."""
    whole = _spelt_out(normalise(below(half_width(clean_text(text, longest=LONGEST)), strip)))
    if not whole:
        raise ValueError(_("The address is empty; a right one looks like {example}.").format(example=EXAMPLE))
    address = _split(whole)
    _refuse_half(address, whole)
    return address


# --- the code of a house: community 12 + building 5 + unit 2 + room 4 + check digit


def _house_check(digits: str) -> str:
    """ISO 7064 MOD 11,10."""
    carry = 10
    for digit in digits:
        carry = ((carry + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - carry) % 10)


def house_code(community: str, building: int, unit: int, room: int) -> str:
    """The 24 digits of a house: 12-digit community, building 1-99999, unit 0-99, room 0-9999, check digit."""
    if not re.fullmatch(r"[0-9]{12}", community):
        raise ValueError(_('The code of a community has 12 digits; "{code}" is none.').format(code=community))
    if not (1 <= building <= 99_999 and 0 <= unit <= 99 and 0 <= room <= 9_999):
        sentence = _("A house code needs a building from 1 to 99999, a unit up to 99 and a room up to 9999.")
        raise ValueError(sentence)
    digits = f"{community}{building:05}{unit:02}{room:04}"
    return digits + _house_check(digits)


def check_house_code(code: str) -> str:
    """A house code as it is stored; ValueError names the digit that would fit at its end."""
    code = tidy(code).replace("-", "")
    if not re.fullmatch(r"[0-9]{24}", code):
        raise ValueError(_("A house code has 24 digits, not {count}.").format(count=len(code)))
    if (right := _house_check(code[:-1])) != code[-1]:
        sentence = _(
            "The last digit of this house code does not fit: with these 23 digits it would be {digit}."
        )
        raise ValueError(sentence.format(digit=right))
    return code
