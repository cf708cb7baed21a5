"""The night's look at the people: who may be filed twice, and what is left behind."""

from collections.abc import Mapping
from typing import Any

from core.kernel.i18n import N_
from core.kernel.jobs import Progress, job
from core.kernel.unit_of_work import UnitOfWork
from core.people.commands import count_checks, find_duplicates


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


@job(
    "people.checks",
    title=N_("Count what is left behind in the register"),
    needs="check.count",
    every="day",
    is_machines=True,
)
def count_what_is_left(uow: UnitOfWork, progress: Progress) -> Mapping[str, Any]:
    """Count every check of the register in every grid."""
    return {"count": count_checks(uow, progress)}
