"""Shifts of staff: when somebody was out, no longer where. Kept as long as the log says who looked."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.staff.commands import forget_shift
from core.staff.queries.records import shifts_over

STAFF_SHIFTS = DataKind(
    title=N_("Shifts of staff"),
    counts_from=N_("From the end of the shift; its positions go much earlier."),
    due=shifts_over,
    remove=forget_shift,
    is_listed=False,
)
