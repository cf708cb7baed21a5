"""The audit log."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_

AUDIT_LOG = DataKind(
    title=N_("Audit log"),
    counts_from=N_(
        "It only grows: a chain without its beginning would prove nothing. This program deletes no line."
    ),
)
