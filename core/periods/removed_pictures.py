"""Photos and documents that somebody removed."""

from core.attachments.queries.over import long_removed
from core.attachments.taking import clear
from core.kernel.extensions import DataKind
from core.kernel.i18n import N_

REMOVED_PICTURES = DataKind(
    title=N_("Removed photos and documents"),
    counts_from=N_("From the day they were removed."),
    due=long_removed,
    remove=clear,
    is_listed=False,
)
