"""Everything that may be done with labels."""

from core.labels.commands.issuing import issue, report_lost, retire, revoke
from core.labels.commands.printing import (
    end_run,
    forget_run,
    mark_printed,
    prepare,
    record_file,
    start_run,
    stop_run,
)
from core.labels.commands.sheets import drop_sheet, save_sheet

__all__ = [
    "drop_sheet",
    "end_run",
    "forget_run",
    "issue",
    "mark_printed",
    "prepare",
    "record_file",
    "report_lost",
    "retire",
    "revoke",
    "save_sheet",
    "start_run",
    "stop_run",
]
