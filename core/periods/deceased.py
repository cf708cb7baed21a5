"""People who died."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.people.commands.erasing import erase_person
from core.people.queries import over

DECEASED = DataKind(
    title=N_("People who died"),
    counts_from=N_("From the end of the last home."),
    due=lambda uow, before, limit: over.gone(uow, "dead", before, limit),
    remove=erase_person,
)
