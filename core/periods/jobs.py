"""Jobs that have ended."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.kernel.jobs.commands import forget
from core.kernel.jobs.queries import long_ended

JOBS = DataKind(
    title=N_("Jobs that have ended"),
    counts_from=N_("From their end."),
    due=long_ended,
    remove=forget,
    is_listed=False,
)
