"""The words of the demo, from data/demo: names of people and places, where people come from, accounts."""

import csv
import tomllib
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Generic, TypeVar

DEMO = Path(__file__).parents[2] / "data" / "demo"
BEFORE = ("", "新", "东", "西", "南", "北", "上", "下")
ABROAD = ("HKG", "MAC", "TWN")
T = TypeVar("T")


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of data/demo."""
    return tomllib.loads((DEMO / f"{name}.toml").read_text(encoding="utf-8"))


class Weighted(Generic[T]):
    """Things to draw by weight; one draw costs one random number."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.things, self.sums = list(weights), list(accumulate(weights.values()))

    def draw(self, random: Random) -> T:
        """One of the things."""
        return self.things[bisect(self.sums, random.random() * self.sums[-1])]


@cache
def surnames(elsewhere: bool = False) -> Weighted[str]:
    """Surnames of the town, or of the whole country."""
    words = (word.split("=") for word in table("names")["elsewhere" if elsewhere else "surnames"].split())
    return Weighted({surname: float(weight) for surname, weight in words})


@dataclass(frozen=True)
class Generation:
    """How parents of some years named their children."""

    until: int
    whole: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    single: tuple[str, ...]

    def given(self, random: Random) -> str:
        """A given name of one or two characters."""
        turn = random.random()
        if turn < 0.22:
            return random.choice(self.whole)
        if turn < 0.3 and self.single:
            return random.choice(self.single)
        first, last = random.choice(self.first), random.choice(self.last)
        return first + last if first != last else first + random.choice(self.last).replace(first, "文")


@cache
def _generations(sex: str) -> tuple[Generation, ...]:
    rows, lists = table("names")["male" if sex == "1" else "female"], ("whole", "first", "last", "single")
    return tuple(Generation(row["until"], *(tuple(row[name].split()) for name in lists)) for row in rows)


@cache
def generation(sex: str, year: int) -> Generation:
    """The generation of somebody of GB/T 2261.1 `sex` born in `year`."""
    return next(g for g in _generations(sex) if year < g.until)


@dataclass(frozen=True)
class Origin:
    """Where somebody is registered: six digits and the name."""

    code: str
    name: str


@cache
def origins() -> Weighted[Origin]:
    """The divisions newcomers are from."""
    with (DEMO / "origins.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return Weighted({Origin(row["code"], row["name"]): float(row["weight"]) for row in rows})


@cache
def foreigners(sex: str) -> tuple[tuple[str, str, str], ...]:
    """(nationality, name in Latin letters, name in Chinese) of people from abroad."""
    groups, own = table("names")["abroad"], "male" if sex == "1" else "female"
    return tuple((group["nationality"], *name.split("=")) for group in groups for name in group[own])


def endless(stems: Sequence[str], random: Random) -> Iterator[str]:
    """The names in a random order; when they are used up, once more with a word before them, and so on."""
    shuffled = random.sample(stems, len(stems))
    return (before + stem for before in BEFORE for stem in shuffled)


def stems(name: str) -> list[str]:
    """A list of names of places."""
    return str(table("places")[name]).split()


def road_stems() -> list[str]:
    """Every road name that two characters make."""
    words = table("places")["roads"]
    return [a + b for a in words["first"] for b in words["last"] if a != b]


def estate_names() -> list[str]:
    """Every name of an estate."""
    words = table("places")["estates"]
    return [stem + ending for ending in words["ending"].split() for stem in words["stem"].split()]
