"""What must be true of self-reports: pure functions, no database."""

from core.claims.rules.checking import Checked, checked
from core.claims.rules.codes import grouped, new_code, read_code
from core.claims.rules.kinds import (
    ADD,
    CHANGE,
    FIRM,
    HOUSE,
    NOTE,
    NOTHING,
    OUT,
    SPOTS,
    TITLES,
    Spot,
    fields_of,
)
from core.claims.rules.times import due_on, needs_haste, urgency

__all__ = [
    "ADD",
    "CHANGE",
    "FIRM",
    "HOUSE",
    "NOTE",
    "NOTHING",
    "OUT",
    "SPOTS",
    "TITLES",
    "Checked",
    "Spot",
    "checked",
    "due_on",
    "fields_of",
    "grouped",
    "needs_haste",
    "new_code",
    "read_code",
    "urgency",
]
