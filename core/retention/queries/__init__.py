"""What may be looked at of periods, holds and lists; results are plain values."""

from core.retention.queries.of_holds import HoldLine, holds
from core.retention.queries.of_lists import (
    ItemLine,
    ListLine,
    disposal,
    disposals,
    due_now,
    items,
    night_work,
    open_items,
)
from core.retention.queries.of_periods import PeriodLine, period_lines

__all__ = [
    "HoldLine",
    "ItemLine",
    "ListLine",
    "PeriodLine",
    "disposal",
    "disposals",
    "due_now",
    "holds",
    "items",
    "night_work",
    "open_items",
    "period_lines",
]
