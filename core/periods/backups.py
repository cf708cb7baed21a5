"""Backups."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_

BACKUPS = DataKind(
    title=N_("Backups"),
    counts_from=N_(
        "From their making; the nightly backup clears old ones away, the newest seven always stay."
    ),
    is_listed=False,
)
