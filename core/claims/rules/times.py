"""Until when a self-report is to be verified, and what is urgent."""

from collections.abc import Iterable
from datetime import date, timedelta

from core.claims.rules.kinds import ADD, OUT
from core.people.rules import age_on

YOUNG, OLD = 14, 80
"""Below and from these ages on, somebody who comes or goes may need care at once."""
SOON = timedelta(days=1)


def needs_haste(kinds: Iterable[str], births: Iterable[date], today: date, house_state: str) -> bool:
    """Urgent: a child or an old person comes or goes, or people live in a home that is registered as vacant."""
    moves = [kind for kind in kinds if kind in (ADD, OUT)]
    frail = [born for born in births if not YOUNG <= age_on(born, today) < OLD]
    return bool(moves and frail) or (ADD in moves and house_state == "vacant")


def due_on(today: date, days: int, *, is_urgent: bool) -> date:
    """The last day to verify it: tomorrow for an urgent one."""
    return today + (SOON if is_urgent else timedelta(days=days))


def urgency(due: date, today: date, *, is_open: bool) -> str:
    """ "" while there is time or when it is decided, "soon" on the last days, "overdue" afterwards."""
    if not is_open:
        return ""
    return "overdue" if due < today else "soon" if due <= today + SOON else ""
