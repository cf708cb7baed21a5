"""Drawing many labels."""

from collections.abc import Mapping
from typing import Any

from core.kernel.i18n import N_
from core.kernel.jobs import Progress, job
from core.kernel.unit_of_work import UnitOfWork
from core.labels import queries
from core.labels.commands.printing import JOB
from core.labels.printing import draw


@job(JOB, title=N_("Draw labels"), needs="label.print")
def draw_labels(uow: UnitOfWork, progress: Progress, run_id: int) -> Mapping[str, Any]:
    """The files of a printing, as whoever asked for it."""
    draw(uow, run_id, progress)
    found = queries.run(uow, run_id)
    return {"labels": found.labels, "files": found.files}
