"""When somebody lived where: periods whose ends may be unknown (from) or open (to), and which cannot both be true.

One person has one usual home at a time (owner, family, tenant); temporary stays may lie beside it, and nobody is in one
house twice at once. An unknown beginning contradicts nothing before the day on which the period ended: nobody said when
it began. The database keeps the same rule (core/people/apart.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.kernel.i18n import _

TEMPORARY = "temporary"
LAST, BEYOND = date(9999, 12, 30), date(9999, 12, 31)
"""Where a period without any day stands, and where one without an end ends."""


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; None: not known since when, or still."""

    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class Stay:
    """What is said of a person and a house; `id` is the number of the record, 0 for one that is not filed yet."""

    house_id: int
    kind: str
    period: Period
    id: int = 0

    @property
    def is_usual(self) -> bool:
        """Whether it is somebody's usual home, not a visit to a house of others."""
        return self.kind != TEMPORARY


def lives_on(period: Period, day: date) -> bool:
    """Whether the period holds the day; the days of moving in and out belong to it."""
    return (period.from_on or date.min) <= day <= (period.to_on or date.max)


def overlaps(one: Period, other: Period) -> bool:
    """Whether two periods may share more than the day on which one ends and the other begins."""
    start = max(one.from_on or date.min, other.from_on or date.min)
    return start < min(one.to_on or date.max, other.to_on or date.max)


def contradict(one: Period, other: Period) -> bool:
    """Whether two periods share more than such a day for certain: an unknown beginning is no statement."""
    return max(_first(one), _first(other)) < min(one.to_on or BEYOND, other.to_on or BEYOND)


def clash(one: Stay, other: Stay) -> bool:
    """Whether two stays of one person cannot both be true."""
    same = one.house_id == other.house_id
    return (same or (one.is_usual and other.is_usual)) and contradict(one.period, other.period)


def _first(period: Period) -> date:
    return period.from_on or period.to_on or LAST


def period_problems(new: Period, others: Iterable[Period], today: date) -> dict[str, str]:
    """Field -> sentence for what is wrong with a period of somebody in a house where `others` are known."""
    found = {}
    for name, day in (("from_on", new.from_on), ("to_on", new.to_on)):
        if day and day > today:
            found[name] = _("This day is in the future.")
    if new.from_on and new.to_on and new.to_on < new.from_on:
        found["to_on"] = _("The last day is before the first one ({day}).").format(day=new.from_on)
    if not found and any(overlaps(new, other) for other in others):
        found["from_on"] = _("This person is registered in this house at that time already.")
    return found


def stay_problems(new: Stay, others: Sequence[Stay], today: date) -> dict[str, str]:
    """Field -> sentence for what is wrong with a stay of somebody whose other stays are known."""
    here = [other.period for other in others if other.house_id == new.house_id]
    found = period_problems(new.period, here, today)
    twin = next((other for other in others if clash(new, other)), None)
    if twin and not found:
        said = _(
            "At that time ({days}) this person's usual home was elsewhere. Correct that period first, or enter a "
            "temporary stay."
        )
        found["from_on"] = said.format(days=spoken(twin.period))
    return found


def spoken(period: Period) -> str:
    """A period in figures, such as 2020-01-01 – 2024-06-30."""
    last = period.to_on or _("now")
    return f"{period.from_on or '?'} – {last}"


def without(period: Period, taken: Period, today: date) -> list[Period]:
    """What is left of a period beside another one that stands: all of it, a part, two parts or nothing."""
    if not contradict(period, taken):
        return [period]
    until = taken.from_on or taken.to_on or today
    left = [replace(period, to_on=until)] if (period.from_on or date.min) < until else []
    after = taken.to_on is not None and taken.to_on < (period.to_on or BEYOND)
    return [*left, replace(period, from_on=taken.to_on)] if after else left


def reconcile(right: Sequence[Stay], wrong: Sequence[Stay], today: date) -> tuple[list[Stay], list[Stay]]:
    """Two accounts of where one person lived, made one: those that stand, and what is left of the others beside them.

    What both say of a house becomes one stay. A stay that is cut in two comes back twice under its number.
    """
    standing, left = list(right), list[Stay]()
    for stay in wrong:
        pieces = [stay.period]
        for other in standing:
            if other.house_id == stay.house_id or (other.is_usual and stay.is_usual):
                pieces = [part for piece in pieces for part in without(piece, other.period, today)]
        for piece in pieces:
            part = replace(stay, period=piece)
            twin = next((one for one in standing if _is_told_twice(one, part)), None)
            if twin is None:
                left.append(part)
            else:
                standing[standing.index(twin)] = _longer(twin, part, standing)
    return standing, left


def _is_told_twice(one: Stay, other: Stay) -> bool:
    """Whether two stays speak of one time in a house."""
    if one.house_id != other.house_id:
        return False
    return overlaps(one.period, other.period) or (
        one.kind == other.kind and _touches(one.period, other.period)
    )


def _touches(one: Period, other: Period) -> bool:
    """Whether one period ends on the day on which the other begins."""
    ends = ((one.to_on, other.from_on), (other.to_on, one.from_on))
    return any(last is not None and last == first for last, first in ends)


def _longer(stays: Stay, other: Stay, standing: Sequence[Stay]) -> Stay:
    """The stay that stands with the days that the other one knows more, unless they speak against what stands."""
    period = stays.period
    known = [day for day in (period.from_on, other.period.from_on) if day]
    last = other.period.to_on if period.to_on and period.to_on == other.period.from_on else period.to_on
    longer = replace(stays, period=Period(min(known, default=None), last))
    return stays if any(clash(longer, one) for one in standing if one is not stays) else longer


def tenancies(periods: Iterable[Period]) -> list[Period]:
    """Stays of tenants in one house as tenancies, oldest first: those who lived there together are one."""
    found: list[Period] = []
    for period in sorted(periods, key=lambda one: (one.from_on or date.min, one.to_on or date.max)):
        if found and overlaps(found[-1], period):
            last = max(found[-1].to_on or date.max, period.to_on or date.max)
            found[-1] = replace(found[-1], to_on=None if last == date.max else last)
        else:
            found.append(period)
    return found
