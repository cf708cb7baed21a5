"""Everything one may look at among the registers; results are plain values, masked for the person who asked."""

from core.entries.queries.of_entries import (
    AboutLine,
    EntryDetail,
    EntryLine,
    about,
    entry,
    find_entries,
    trail,
)
from core.entries.queries.of_registers import BatchLine, RegisterCard, RegisterView, batches, cards, register
from core.entries.queries.of_sheets import plan, template
from core.entries.queries.walking import COMING, OVERDUE, RANGE, EntryFilter

__all__ = [
    "COMING",
    "OVERDUE",
    "RANGE",
    "AboutLine",
    "BatchLine",
    "EntryDetail",
    "EntryFilter",
    "EntryLine",
    "RegisterCard",
    "RegisterView",
    "about",
    "batches",
    "cards",
    "entry",
    "find_entries",
    "plan",
    "register",
    "template",
    "trail",
]
