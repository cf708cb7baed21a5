"""What removed records said: register entries, merged people and others that were taken out."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.retention.commands.past import forget_past
from core.retention.queries.of_past import long_gone

REMOVED_RECORDS = DataKind(
    title=N_("What removed records said"),
    counts_from=N_("From the day they were taken out; until then they can be put back."),
    due=long_gone,
    remove=forget_past,
    is_listed=False,
)
