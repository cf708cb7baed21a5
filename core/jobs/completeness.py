"""The night's counts of completeness and freshness, so that a district opens as fast as a grid."""

from collections.abc import Mapping
from typing import Any

from core.completeness.commands import count_everything
from core.kernel.i18n import N_
from core.kernel.jobs import Progress, job
from core.kernel.unit_of_work import UnitOfWork


@job(
    "completeness", title=N_("Count completeness"), needs="completeness.count", every="day", is_machines=True
)
def count_completeness(uow: UnitOfWork, progress: Progress) -> Mapping[str, Any]:
    """Count every measure in every grid."""
    return {"grids": count_everything(uow, progress)}
