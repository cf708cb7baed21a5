"""Visits to the own page: when somebody came in by a code."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.selfservice.commands import forget_visit
from core.selfservice.queries.of_visits import old_visits

OWN_VISITS = DataKind(
    title=N_("Visits to the own page"),
    counts_from=N_("From the visit; the audit log keeps its own line."),
    due=old_visits,
    remove=forget_visit,
    is_listed=False,
)
