"""Looking at jobs."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import col, select

from core.kernel.extensions import Due
from core.kernel.fields import CHINA
from core.kernel.i18n import _
from core.kernel.jobs.declaring import WORKS
from core.kernel.jobs.models import OPEN, Job, State
from core.kernel.paging import Page, after, column, write_key
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork, query


@dataclass(frozen=True)
class JobLine:
    """A job as lists show it; `title` in the reader's language."""

    id: int
    area: str
    name: str
    title: str
    state: str
    progress: float
    words: str
    made_at: datetime
    made_by: str
    started_at: datetime | None
    ended_at: datetime | None
    result: dict[str, Any] | None
    error: str
    is_unwanted: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return (
            (self.ended_at - self.started_at).total_seconds() if self.ended_at and self.started_at else None
        )


def line(uow: UnitOfWork, found: Job) -> JobLine:
    """A job for a reader, inside a query."""
    return uow.show(JobLine, found, title=title(found.name))


def title(name: str) -> str:
    """What a kind of job is called; its name when this program does not know it any more."""
    return _(WORKS[name].title) if name in WORKS else name


@query("job.view")
def jobs(uow: UnitOfWork, *, state: str = "", start: str | None = None, limit: int = 30) -> Page[JobLine]:
    """The jobs of the branch and the machine's own, newest first."""
    wanted = select(Job).where(Job.state == state) if state else select(Job)
    rows = uow.session.exec(after(wanted, [column(Job.id)], start, down=True).limit(limit + 1)).all()
    shown = [line(uow, row) for row in rows[:limit]]
    return Page(shown, write_key(shown[-1].id) if len(rows) > limit else None)


@query("job.own")
def job_line(uow: UnitOfWork, job_id: int | str) -> JobLine:
    """One job: my own, or any in sight for who sees jobs. Raises Missing."""
    found = uow.get(Job, job_id)
    if found.made_by != uow.actor.login and not uow.actor.may("job.view"):
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    return line(uow, found)


@query("job.view")
def latest(uow: UnitOfWork, name: str, *, state: str = "") -> JobLine | None:
    """The newest job of a kind in sight; None when there never was one."""
    wanted = select(Job).where(Job.name == name)
    wanted = wanted.where(Job.state == state) if state else wanted
    found = uow.session.exec(wanted.order_by(col(Job.id).desc()).limit(1)).first()
    return line(uow, found) if found else None


def long_ended(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Jobs that ended before a day, inside a query: for their period."""
    over = col(Job.ended_at) < datetime.combine(before, time(), CHINA)
    found = uow.session.exec(select(Job).where(over).order_by(col(Job.id)).limit(limit))
    return [Due(one.id, one.area, (one.ended_at or uow.now).date(), "Job", one.id) for one in found]


# --- for whoever does the work ----------------------------------------------------------------------------


@query("job.run")
def next_waiting(uow: UnitOfWork) -> int | None:
    """The job that has waited longest."""
    wanted = select(Job.id).where(Job.state == State.WAITING).order_by(col(Job.id)).limit(1)
    return uow.session.exec(wanted).first()


@query("job.run")
def stalled(uow: UnitOfWork, before: datetime) -> list[int]:
    """Running jobs that nobody has been heard to work on since then."""
    silent = (col(Job.state) == State.RUNNING) & (col(Job.beat_at) < before)
    return list(uow.session.exec(select(Job.id).where(silent)))


@query("job.run")
def last_turn(uow: UnitOfWork, name: str) -> datetime | None:
    """When a kind of job was last planned by the machine."""
    wanted = select(Job.made_at).where(Job.name == name, col(Job.slot).is_not(None))
    return uow.session.exec(wanted.order_by(col(Job.id).desc()).limit(1)).first()
