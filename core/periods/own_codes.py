"""One-time codes for the own page: when they were given, by whom, and whether they were used."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.selfservice.commands import forget_code
from core.selfservice.queries.of_visits import old_codes

OWN_CODES = DataKind(
    title=N_("One-time codes for the own page"),
    counts_from=N_("From the day they were given."),
    due=old_codes,
    remove=forget_code,
    is_listed=False,
)
