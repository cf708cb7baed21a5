"""The night's look at the people: who may be filed twice."""

from collections.abc import Mapping
from typing import Any

from core.kernel.i18n import N_
from core.kernel.jobs import Progress, job
from core.kernel.unit_of_work import UnitOfWork
from core.people.commands import find_duplicates


@job(
    "people.duplicates",
    title=N_("Search for people filed twice"),
    needs="person.merge",
    every="day",
    is_machines=True,
)
def search_duplicates(uow: UnitOfWork, progress: Progress) -> Mapping[str, Any]:
    """Compare everybody of the office with everybody."""
    return {"pairs": find_duplicates(uow, progress)}
