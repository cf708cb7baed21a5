"""Files of labels that were drawn to be printed."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.labels.printing import clear
from core.labels.queries.of_runs import long_made

PRINT_FILES = DataKind(
    title=N_("Printed labels, the files"),
    counts_from=N_("From the day they were drawn."),
    due=long_made,
    remove=clear,
    is_listed=False,
)
