"""Starting and cancelling jobs; and what whoever does the work writes down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import SQLModel

from core.kernel import access
from core.kernel.access import Actor
from core.kernel.checking import name_of
from core.kernel.i18n import _
from core.kernel.jobs.declaring import WORKS, Work, work
from core.kernel.jobs.models import OPEN, Job, State
from core.kernel.problems import Clash, Missing
from core.kernel.unit_of_work import UnitOfWork, command


@command("job.start")
def start(uow: UnitOfWork, name: str, arguments: Mapping[str, Any] | None = None) -> int:
    """Want a job done; its number. Raises Refused, Invalid for a kind that there is not."""
    work(uow, name)
    actor = uow.actor
    facts = {"area": actor.area, "name": name, "arguments": dict(arguments or {}), "made_at": uow.now}
    found = uow.add(Job, **facts, made_by=actor.login, role=actor.role)
    _say(uow, "done", found, "waiting")
    return found.id


@command("job.start")
def cancel(uow: UnitOfWork, job_id: int) -> None:
    """Not wanted any more: a waiting job is over at once, a running one at its next step. Mine, or any in my branch
    for who may cancel jobs. Raises Missing, Clash for one that has ended."""
    found = uow.get(Job, job_id)
    if found.made_by != uow.actor.login and not uow.actor.may("job.cancel"):
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    if found.state not in OPEN:
        raise Clash(_("This job has ended already."))
    found.is_unwanted = True
    if found.state == State.WAITING:
        found.state, found.ended_at = State.CANCELLED, uow.now
    _say(uow, "done", found, "cancelled")


# --- for whoever does the work ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Claimed:
    """A job that this process, and no other, is to do now."""

    id: int
    work: Work | None
    arguments: Mapping[str, Any]
    actor: Actor


@command("job.run")
def claim(uow: UnitOfWork, job_id: int, runner: str) -> Claimed | None:
    """Take a waiting job; None when another process was faster."""
    table = SQLModel.metadata.tables["job"]
    mine = update(table).where(table.c.id == job_id, table.c.state == State.WAITING)
    values = {"state": State.RUNNING, "started_at": uow.now, "beat_at": uow.now, "runner": runner}
    if uow.session.connection().execute(mine.values(**values, version=table.c.version + 1)).rowcount != 1:
        return None
    found = uow.get(Job, job_id)
    known = WORKS.get(found.name)
    as_machine = known is None or known.is_machines
    actor = access.job(found.name) if as_machine else Actor(found.made_by, found.role, found.area)
    return Claimed(found.id, known, found.arguments, actor)


@command("job.run")
def beat(uow: UnitOfWork, job_id: int, progress: float | None = None, words: str = "") -> bool:
    """Still at work, and how far; False when nobody wants it any more or another process was given up for dead."""
    found = uow.get(Job, job_id)
    if found.state != State.RUNNING:
        return False
    found.beat_at = uow.now
    if progress is not None:
        found.progress, found.words = min(1.0, max(0.0, progress)), words[:200]
    return not found.is_unwanted


@command("job.run")
def finish(
    uow: UnitOfWork, job_id: int, state: State, result: Mapping[str, Any] | None = None, error: str = ""
) -> None:
    """How a job ended. One that was given up already stays as it is."""
    found = uow.get(Job, job_id)
    if found.state == State.RUNNING:
        found.state, found.ended_at, found.error = state, uow.now, error[:300]
        found.result = dict(result) if result is not None else None
        found.progress = 1.0 if state is State.DONE else found.progress
        _say(uow, "done", found, state)


@command("job.run")
def plan(uow: UnitOfWork, name: str, slot: str) -> int:
    """The machine's own turn of a job. Raises Clash when another process planned it."""
    facts = {"area": "", "name": name, "slot": f"{name}/{slot}", "made_at": uow.now}
    return uow.add(Job, **facts, made_by=uow.actor.login, role=uow.actor.role).id


@command("job.run")
def give_up(uow: UnitOfWork, job_id: int, before: datetime) -> None:
    """Nobody works on it any more: its process stopped or was killed."""
    found = uow.get(Job, job_id)
    if found.state == State.RUNNING and found.beat_at and found.beat_at < before:
        said = _("The process that worked on it has stopped. Start it again.")
        finish(uow, job_id, State.FAILED, error=said)


@command("job.run")
def forget(uow: UnitOfWork, job_id: int) -> None:
    """Take an ended job out of the list."""
    uow.remove(uow.get(Job, job_id))


def _say(uow: UnitOfWork, outcome: str, found: Job, state: str) -> None:
    change = {"name": [None, found.name], "state": [None, str(state)]}
    uow.lines.append(uow.line(outcome, about=name_of(found), area=found.area, changes=change))
