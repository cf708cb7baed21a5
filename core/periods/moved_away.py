"""People who moved away."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.people.commands.erasing import erase_person
from core.people.queries import over

MOVED_AWAY = DataKind(
    title=N_("People who moved away"),
    counts_from=N_("From the end of the last home."),
    due=lambda uow, before, limit: over.gone(uow, "away", before, limit),
    remove=erase_person,
)
