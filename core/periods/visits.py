"""What was done at doors, with the notes: who visited which home when."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.visits.commands import forget_act
from core.visits.queries.records import old_acts

VISITS = DataKind(
    title=N_("Visits at doors"),
    counts_from=N_("From the day of the visit."),
    due=old_acts,
    remove=forget_act,
    is_listed=False,
)
