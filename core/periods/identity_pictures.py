"""Pictures of identity documents, and others that were taken in for some days only."""

from core.attachments.queries.over import past_their_day
from core.attachments.taking import clear
from core.kernel.extensions import DataKind
from core.kernel.i18n import N_

IDENTITY_PICTURES = DataKind(
    title=N_("Pictures of identity documents"),
    counts_from=N_("From the day they were added; the day stands on each of them."),
    due=past_their_day,
    remove=clear,
    is_listed=False,
)
