"""When an organisation was open and where, and when it must be looked at again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.kernel.i18n import _

GONE = ("closed", "moved")
"""States of an organisation that is no longer here."""


@dataclass(frozen=True)
class Seen:
    """One inspection: what was looked at, when, and when the next one is due."""

    kind: str
    on: date
    next_due: date | None


def as_day(value: object) -> date | None:
    """A day, also one that was written as 2026-01-31; None for anything else, which its field will complain about."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None


def next_due(inspections: Iterable[Seen]) -> date | None:
    """The earliest day on which the latest inspection of a kind must be repeated; None when there is none."""
    latest: dict[str, Seen] = {}
    for one in sorted(inspections, key=lambda each: each.on):
        latest[one.kind] = one
    return min((one.next_due for one in latest.values() if one.next_due), default=None)


def period_problems(first: date | None, last: date | None, today: date) -> dict[str, str]:
    """Field -> sentence for a day in the future, or an end before the beginning."""
    late = _("This day is in the future.")
    found = {name: late for name, day in (("opened_on", first), ("closed_on", last)) if day and day > today}
    if first and last and last < first:
        found["closed_on"] = _("The closing day is before the opening day ({day}).").format(day=first)
    return found


def move_problem(day: date, began: date | None, today: date) -> str:
    """A sentence when a move on that day cannot be: in the future, or before the present premises began."""
    if day > today:
        return _("This day is in the future.")
    if began and day < began:
        return _("The present premises began later, on {day}.").format(day=began)
    return ""
