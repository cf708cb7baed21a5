"""When somebody lived where: periods whose ends may be unknown (from) or open (to)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.kernel.i18n import _


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; None: not known since when, or still."""

    from_on: date | None = None
    to_on: date | None = None


def lives_on(period: Period, day: date) -> bool:
    """Whether the period holds the day; the days of moving in and out belong to it."""
    return (period.from_on or date.min) <= day <= (period.to_on or date.max)


def overlaps(one: Period, other: Period) -> bool:
    """Whether two periods share more than the day on which one ends and the other begins."""
    start = max(one.from_on or date.min, other.from_on or date.min)
    return start < min(one.to_on or date.max, other.to_on or date.max)


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
