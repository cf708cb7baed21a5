"""Everything that may be done with labels."""

from core.labels.commands.issuing import issue, report_lost, retire, revoke

__all__ = ["issue", "report_lost", "retire", "revoke"]
