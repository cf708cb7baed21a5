"""Which two records may be about one person, and why: reasons in words, never a score shown of somebody."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

from core.kernel.i18n import N_
from core.people.rules.numbers import CARDS

VARIANTS = Path(__file__).parents[3] / "data" / "names" / "variants.txt"
CROWD = 12
"""Of more people than this who share a mark, only neighbours are compared: a default date or phone is no reason."""
SHORTEST = 3
"""Characters a name must have before one that differs is no more than a slip."""

REASONS: dict[str, tuple[int, str]] = {
    "number_name": (9, N_("Same name and last four of the document number")),
    "name_birth": (8, N_("Same name and birth date")),
    "name_phone": (7, N_("Same name and phone")),
    "name_house": (7, N_("Same name and house")),
    "former_name": (6, N_("Former name and birth date or phone")),
    "similar_birth": (5, N_("Similar names, same birth date")),
    "similar_phone": (5, N_("Similar names, same phone")),
    "similar_house": (4, N_("Similar names, same house")),
    "numbers_differ": (-6, N_("But different identity numbers")),
}
"""Reason -> how far up the pair stands in the list, and its words. One that speaks against it stands last."""
AGAINST = ("numbers_differ",)


class Facts(NamedTuple):
    """What is compared of somebody; marks of sealed numbers instead of the numbers, None where there is none."""

    id: int
    area: str
    name: str
    former_name: str
    sex: str
    birth: date
    phone: str | None
    document: str | None
    tail: str | None
    document_kind: str
    household_id: int | None
    house_id: int | None


Pair = tuple[int, int]


@cache
def _variants() -> dict[int, str]:
    lines = VARIANTS.read_text(encoding="utf-8").splitlines()
    groups = (group for line in lines if not line.startswith("#") for group in line.split())
    return {ord(variant): group[0] for group in groups for variant in group[1:]}


@lru_cache(maxsize=200_000)
def plain_name(name: str) -> str:
    """A name in the characters of today, without dots and blanks."""
    return "".join(name.translate(_variants()).replace("·", "").split()).casefold()


def similar(one: str, other: str) -> bool:
    """Whether two names differ by no more than a slip: one character, two swapped, or an old form of writing."""
    a, b = plain_name(one), plain_name(other)
    if a == b or len(a) != len(b):
        return a == b
    apart = sum(x != y for x, y in zip(a, b, strict=True))
    return sorted(a) == sorted(b) or (apart == 1 and len(a) >= SHORTEST)


def reasons(one: Facts, other: Facts) -> tuple[str, ...]:
    """Why two records may be about one person, the strongest reason first; empty when nothing says so."""
    found = set(_same(one, other))
    if not _are_two(one, other):
        found |= set(_nearly(one, other))
    elif found:
        found.add("numbers_differ")
    return tuple(reason for reason in REASONS if reason in found)


def weight(found: Iterable[str]) -> int:
    """How far up a pair stands in the list."""
    return sum(REASONS[reason][0] for reason in found if reason in REASONS)


def _are_two(one: Facts, other: Facts) -> bool:
    """Two right identity numbers that differ, or two members of one household, are two people."""
    if one.document and other.document and one.document_kind in CARDS and other.document_kind in CARDS:
        return one.document != other.document
    return one.household_id is not None and one.household_id == other.household_id


def _same(one: Facts, other: Facts) -> Iterator[str]:
    if plain_name(one.name) == plain_name(other.name) and one.birth == other.birth:
        yield "name_birth"


def _nearly(one: Facts, other: Facts) -> Iterator[str]:
    same_birth, same_phone = one.birth == other.birth, bool(one.phone and one.phone == other.phone)
    same_house = bool(one.house_id and one.house_id == other.house_id)
    if plain_name(one.name) == plain_name(other.name):
        found = {"number_name": one.tail and one.tail == other.tail, "name_phone": same_phone}
        yield from (reason for reason, holds in {**found, "name_house": same_house}.items() if holds)
    elif similar(one.name, other.name):
        found = {"similar_birth": same_birth, "similar_phone": same_phone}
        found["similar_house"] = same_house and one.sex == other.sex
        yield from (reason for reason, holds in found.items() if holds)
    if (same_birth or same_phone) and _once_called(one, other):
        yield "former_name"


def _once_called(one: Facts, other: Facts) -> bool:
    a, b = (plain_name(each.former_name) for each in (one, other))
    return bool((a and a == plain_name(other.name)) or (b and b == plain_name(one.name)))


# --- among many -------------------------------------------------------------------------------------------


def pairs(
    people: Sequence[Facts], tell: Callable[[float], None] = lambda share: None
) -> dict[Pair, tuple[str, ...]]:
    """Every two people with a reason, by their numbers, the smaller one first.

    Only those who share a birth date, phone, house or last four are compared, and of these only those whose names
    share a mark: about 15 seconds for 300,000 people. `tell` hears the share that is done.
    """
    marks: list[Callable[[Facts], object]] = [
        lambda one: one.birth,
        lambda one: one.phone,
        lambda one: one.house_id,
        lambda one: one.tail and (one.tail, plain_name(one.name)),
    ]
    found: dict[Pair, tuple[str, ...]] = {}
    for step, mark in enumerate(marks):
        for group in _groups(people, mark):
            for one, other in _near(group):
                pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
                if pair not in found and (why := reasons(one, other)):
                    found[pair] = why
        tell((step + 1) / len(marks))
    return found


def _groups(people: Iterable[Facts], mark: Callable[[Facts], object]) -> Iterator[list[Facts]]:
    """The people who share a mark, but for those of one household; who has none shares it with nobody."""
    groups: dict[object, list[Facts]] = defaultdict(list)
    for one in people:
        if value := mark(one):
            groups[value].append(one)
    return (group for group in groups.values() if len(group) > 1 and not _is_one_home(group))


def _is_one_home(group: list[Facts]) -> bool:
    """Members of one household are two people, unless name and birth are the same."""
    home = group[0].household_id
    return home is not None and all(one.household_id == home for one in group) and not _is_born_at_once(group)


def _is_born_at_once(group: list[Facts]) -> bool:
    return len({one.birth for one in group}) < len(group)


def _near(group: list[Facts]) -> Iterator[tuple[Facts, Facts]]:
    """Those of a group whose names share a signature."""
    if len(group) == 2:
        yield group[0], group[1]
        return
    signed: dict[str, list[Facts]] = defaultdict(list)
    for one in group:
        for signature in _signatures(one):
            signed[signature].append(one)
    for alike in signed.values():
        yield from combinations(alike, 2) if len(alike) <= CROWD else pairwise(alike)


def _signatures(one: Facts) -> Iterable[str]:
    signs = _signs(plain_name(one.name))
    return signs if not one.former_name else {*signs, plain_name(one.former_name)}


@lru_cache(maxsize=200_000)
def _signs(name: str) -> frozenset[str]:
    """A name, its characters in order, and the name with each character left open in turn."""
    open_ones = (f"{name[:n]}*{name[n + 1 :]}" for n in range(len(name))) if len(name) >= SHORTEST else ()
    return frozenset([name, "".join(sorted(name)) + "~", *open_ones])
