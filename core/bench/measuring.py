"""Numbers and how they are taken: a clock, the middle and the slow end of many, one row of the table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

SLOW_END = 0.95


@dataclass(frozen=True)
class Row:
    """One line of the table. `name` is a marked message, `scope` a level of the area tree or "".

    `value` is in `unit`: the 95th percentile where there are many, with their `median`. `wish` is what the
    product wants of a whole district: at most that, or with `at_least` at least that. `ratio` says how many
    times as long the plain way takes (its 95th percentile to ours, same questions, same run).
    """

    name: str
    value: float | None
    unit: str = "ms"
    scope: str = ""
    median: float | None = None
    wish: float | None = None
    at_least: bool = False
    ratio: float | None = None

    @property
    def is_missed(self) -> bool:
        """Whether the wish was not reached."""
        if self.wish is None or self.value is None:
            return False
        return self.value < self.wish if self.at_least else self.value > self.wish


def taken(work: Callable[[], Any]) -> float:
    """Milliseconds that a piece of work takes."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def percentile(values: Sequence[float], share: float = SLOW_END) -> float:
    """The value below which this share of the values lies: the nearest of them, none made up between two."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def of_many(name: str, times: Sequence[float], *, scope: str = "", wish: float | None = None) -> Row:
    """A row from milliseconds."""
    return Row(name, percentile(times), scope=scope, median=percentile(times, 0.5), wish=wish)


Timed = tuple[float, float | None]
"""Milliseconds of ours and, where there is one, of the plain way."""


def beside_plain(name: str, pairs: Iterable[Timed], *, scope: str, wish: float | None = None) -> Row:
    """A row from pairs; the ratio comes from those pairs that have both."""
    known = list(pairs)
    row = of_many(name, [ours for ours, _plain in known], scope=scope, wish=wish)
    both = [(ours, plain) for ours, plain in known if plain is not None]
    if not both:
        return row
    ratio = percentile([plain for _ours, plain in both]) / percentile([ours for ours, _plain in both])
    return Row(row.name, row.value, scope=scope, median=row.median, wish=wish, ratio=ratio)
