"""Where staff were during a shift."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.staff.commands import forget_positions
from core.staff.queries.records import tracks_over

STAFF_POSITIONS = DataKind(
    title=N_("Positions of staff"),
    counts_from=N_("From the end of the shift."),
    due=tracks_over,
    remove=forget_positions,
    is_listed=False,
)
