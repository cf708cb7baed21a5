"""The board of completeness: for each area one level below, how many records are as they should be, by measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_
from sqlalchemy import select as choose
from sqlmodel import col, func

from core.completeness.declaring import ITEMS, Ask, Limits, Measure, limits
from core.completeness.measures import ALL
from core.completeness.queries.tallies import Counts, stored
from core.kernel.fields import declared
from core.kernel.lines import reads, sees
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import DeclaredTag
from core.places.queries.of_areas import AreaLine, area, areas
from core.places.queries.shared import below


@dataclass(frozen=True)
class Count:
    """`good` of `all` records."""

    good: int
    all: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when there is nothing to measure."""
        return self.good / self.all if self.all else None

    def __add__(self, other: "Count") -> "Count":
        return Count(self.good + other.good, self.all + other.all)


@dataclass(frozen=True)
class AreaCounts:
    """One area with its counts by measure."""

    area: str
    name: str
    counts: dict[str, Count]

    def item(self, key: str) -> float | None:
        """An item as the mean of the shares of its measures; None when none of them has anything to measure."""
        shares = [count.share for name, count in self.counts.items() if ALL[name].item == key]
        known = [share for share in shares if share is not None]
        return sum(known) / len(known) if known else None


@dataclass(frozen=True)
class Board:
    """The area that was asked for as a whole, those right below it, and the items the actor sees something of.

    `counted_at` is None when everything was counted just now.
    """

    whole: AreaCounts
    parts: list[AreaCounts]
    items: tuple[str, ...]
    limits: Limits
    counted_at: datetime | None


@query("completeness.view")
def board(uow: UnitOfWork, under: str = "") -> Board:
    """The counts at and below a path, as far as the actor's role and line see them. Raises Missing."""
    path = max(under, uow.actor.area, key=len)
    whole, found, moments = area(uow, path), dict[str, Counts](), list[datetime]()
    for kind, measures in _kinds(uow).items():
        kept, at = stored(uow, path, kind.__name__)
        found[kind.__name__] = kept or tally(uow, kind, measures, path)
        moments += [at] if at else []
    keys = [key for key in ALL if visible(uow, ALL[key])]
    rows = [AreaCounts(one.area, one.name, _sums(found, keys, one.area)) for one in parts_of(uow, path)]
    items = tuple(key for key in ITEMS if any(ALL[name].item == key for name in keys))
    total = AreaCounts(path, whole.name, _sums(found, keys, path))
    return Board(total, rows, items, limits(uow.office.settings), min(moments, default=None))


@query("completeness.view")
def tally_kind(uow: UnitOfWork, of: str) -> Counts:
    """Every measure of a kind of record, counted now in each grid of the actor's branch; for the night."""
    kinds = {kind.__name__: (kind, measures) for kind, measures in _kinds(uow).items()}
    return tally(uow, *kinds[of], uow.actor.area) if of in kinds else {}


def stored_kinds() -> list[str]:
    """The kinds of record that are counted in the night; service tags are not, for each line sees its own."""
    return list(dict.fromkeys(m.of.__name__ for m in ALL.values() if m.of is not DeclaredTag))


def parts_of(uow: UnitOfWork, path: str) -> list[AreaLine]:
    """The areas right below a path, industry grids aside, inside a query."""
    depth = path.count("/") + 1
    return [a for a in areas(uow, under=path) if a.area.count("/") == depth and a.kind != "industry"]


def visible(uow: UnitOfWork, measure: Measure) -> bool:
    """Whether the actor may count a measure, by role and by line, inside a query."""
    known, kind = declared(measure.of), measure.of.__name__
    own = [reads(uow.actor, known[n]) if n in known else sees(uow.actor, kind, n) for n in measure.fields]
    return uow.actor.may(measure.needs) and all(own)


def ask_of(uow: UnitOfWork, under: str) -> Ask:
    """What the conditions are made of, inside a query."""
    return Ask(uow, limits(uow.office.settings), under, date.today())


def _kinds(uow: UnitOfWork) -> dict[type[AreaRecord], list[Measure]]:
    """Kind of record -> the measures of it that the actor may count."""
    found: dict[type[AreaRecord], list[Measure]] = {}
    for measure in ALL.values():
        if visible(uow, measure):
            found.setdefault(measure.of, []).append(measure)
    return found


def tally(uow: UnitOfWork, kind: type[AreaRecord], measures: list[Measure], path: str) -> Counts:
    """Grid -> measure -> [good, all], in one walk through the records of a kind, inside a query."""
    ask = ask_of(uow, path)
    columns: list[Any] = [kind.area]
    for measure in measures:
        among = measure.among(ask)
        columns += [func.count().filter(and_(among, measure.good(ask))), func.count().filter(among)]
    rows = uow.session.execute(choose(*columns).where(below(uow, kind, path)).group_by(col(kind.area)))
    return {
        row[0]: {measure.key: list(row[2 * n + 1 : 2 * n + 3]) for n, measure in enumerate(measures)}
        for row in rows
    }


def _sums(found: Mapping[str, Counts], keys: list[str], path: str) -> dict[str, Count]:
    """Measure -> count at and below a path, for the measures that may be shown."""
    sums = dict.fromkeys(keys, Count(0, 0))
    for counts in found.values():
        for grid, numbers in counts.items():
            if grid.startswith(path):
                sums.update((key, sums[key] + Count(*pair)) for key, pair in numbers.items() if key in sums)
    return sums
