"""Declaring a job: a function with a name, a title and, for the night's work, how often."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork

Progress = Callable[[float, str], None]
"""Tell the share that is done and what is being done; raises Cancelled when nobody wants it any more."""
Run = Callable[..., Mapping[str, Any] | None]


class Cancelled(Exception):
    """Somebody cancelled the job: leave everything as it was and go."""


@dataclass(frozen=True)
class Work:
    """A kind of job. `needs` is what a role must include to start it; "" is for the machine only. `every` is "day" or
    nothing; `is_machines`: the job works as the machine, not as whoever started it."""

    name: str
    title: str
    needs: str
    every: str
    is_machines: bool
    run: Run


WORKS: dict[str, Work] = {}


def job(
    name: str, *, title: str, needs: str = "", every: str = "", is_machines: bool = False
) -> Callable[[Run], Run]:
    """Declare a job: `def work(uow: UnitOfWork, progress: Progress, **arguments) -> Mapping | None`.

    Arguments and result are plain JSON; the result holds numbers and names of files, nothing about a person.
    """

    def mark(run: Run) -> Run:
        WORKS[name] = Work(name, title, needs, every, is_machines or not needs, run)
        return run

    return mark


def work(uow: UnitOfWork, name: str) -> Work:
    """The kind of job, inside the command that starts one. Raises Invalid for an unknown name, Refused."""
    found = WORKS.get(name)
    if found is None:
        raise Invalid(_("There is no job of that name."))
    if uow.actor.role != "job":
        uow.require(found.needs)
    return found
