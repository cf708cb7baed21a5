"""Lists of what was deleted."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.retention.commands.lists import forget_list
from core.retention.queries.of_lists import old_lists

DISPOSAL_LISTS = DataKind(
    title=N_("Lists of what was deleted"),
    counts_from=N_("From the decision."),
    due=old_lists,
    remove=forget_list,
    is_listed=False,
)
