"""Work that takes longer than a click: declared with `@job`, kept in a table, done by one process at a time."""

from core.kernel.jobs.declaring import WORKS, Cancelled, Progress, Work, job, work
from core.kernel.jobs.models import Job, State

__all__ = ["WORKS", "Cancelled", "Job", "Progress", "State", "Work", "job", "work"]
