"""Doing jobs: one at a time in each process, with a heart that beats, so that a killed one is found."""

import logging
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from pkgutil import iter_modules
from threading import Event, Thread
from time import monotonic
from typing import Any

from core.kernel import access
from core.kernel.database import Office
from core.kernel.fields import CHINA
from core.kernel.i18n import _, speak
from core.kernel.jobs import commands, queries
from core.kernel.jobs.declaring import WORKS, Cancelled, Work
from core.kernel.jobs.models import State
from core.kernel.problems import Clash, Problem
from core.kernel.unit_of_work import UnitOfWork

PACKAGE = "core.jobs"
"""Where the jobs stand: every module of it is imported before any work is done."""
POLL, HEART, ROUND = 1.0, 10.0, 60.0
SILENCE = timedelta(seconds=90)
NIGHT = time(2, 0, tzinfo=CHINA)
SETTLING = 1800.0
"""Seconds after the start before a night's turn is made up for: nobody wants a backup while the office opens."""

_log = logging.getLogger(__name__)


def load() -> None:
    """Make every job known."""
    for info in iter_modules(import_module(PACKAGE).__path__):
        import_module(f"{PACKAGE}.{info.name}")


def run_next(office: Office) -> bool:
    """Do the job that has waited longest; whether there was one."""
    uow = office.uow(access.job("jobs"))
    waiting = queries.next_waiting(uow)
    taken = commands.claim(uow, waiting, f"{socket.gethostname()}/{os.getpid()}") if waiting else None
    if taken is None:
        return False
    state, error = State.DONE, ""
    result: Mapping[str, Any] | None = None
    try:
        with _heart(office, taken.id):
            result = _done(office, taken)
    except Cancelled:
        state = State.CANCELLED
    except Problem as trouble:
        state, error = State.FAILED, trouble.sentence
    except Exception:  # whatever it is, the job has failed and the next one waits
        _log.exception("job %s failed", taken.id)
        state, error = State.FAILED, _("Something went wrong; the log of the server says what.")
    commands.finish(uow, taken.id, state, result, error)
    return True


def _done(office: Office, taken: commands.Claimed) -> Mapping[str, Any] | None:
    if taken.work is None:
        raise Clash(_("This program does not know this kind of job."))
    return taken.work.run(office.uow(taken.actor), Teller(office, taken.id), **taken.arguments)


class Teller:
    """What a job tells its progress to; writes it down at most once a second."""

    def __init__(self, office: Office, job_id: int) -> None:
        self.uow, self.job_id, self.next = office.uow(access.job("jobs")), job_id, 0.0

    def __call__(self, share: float, words: str = "") -> None:
        """So much is done. Raises Cancelled when nobody wants it any more."""
        if monotonic() >= self.next:
            self.next = monotonic() + 1.0
            if not commands.beat(self.uow, self.job_id, share, words):
                raise Cancelled


@contextmanager
def _heart(office: Office, job_id: int) -> Iterator[None]:
    """Beat beside the work, also through a long step."""
    over = Event()

    def beating() -> None:
        uow = office.uow(access.job("jobs"))
        while not over.wait(HEART):
            try:
                commands.beat(uow, job_id)
            except Problem:
                _log.warning("the heart of job %s missed a beat", job_id)

    Thread(target=beating, name=f"heart-{job_id}", daemon=True).start()
    try:
        yield
    finally:
        over.set()


# --- the night --------------------------------------------------------------------------------------------


def look_round(office: Office, awake: float) -> None:
    """Give up jobs whose process died, and plan the night's turns that are due; `awake` is seconds since the start."""
    uow = office.uow(access.job("jobs"))
    for job_id in queries.stalled(uow, uow.now - SILENCE):
        commands.give_up(uow, job_id, uow.now - SILENCE)
    for one in [w for w in WORKS.values() if w.every == "day"]:
        turn = last_night(uow.now)
        if _is_due(uow, one, turn, awake):
            _plan(uow, one, turn)


def last_night(now: datetime) -> datetime:
    """The latest moment at which a night's turn began, in UTC."""
    here = now.astimezone(CHINA)
    tonight = datetime.combine(here.date(), NIGHT)
    return (tonight if tonight <= here else tonight - timedelta(days=1)).astimezone(UTC)


def _is_due(uow: UnitOfWork, one: Work, turn: datetime, awake: float) -> bool:
    """Not done since that night; a night the machine slept through is made up for once it has settled."""
    last = queries.last_turn(uow, one.name)
    return (last is None or last < turn) and (uow.now - turn < timedelta(hours=1) or awake > SETTLING)


def _plan(uow: UnitOfWork, one: Work, turn: datetime) -> None:
    try:
        commands.plan(uow, one.name, f"{turn.astimezone(CHINA):%Y-%m-%d}")
    except Clash:
        return  # another process planned it


class Runner:
    """The worker of a serving process: a thread that does jobs until it is stopped."""

    def __init__(self, office: Office) -> None:
        self.office, self.over = office, Event()
        self.thread = Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to look for work."""
        load()
        self.thread.start()

    def stop(self) -> None:
        """Stop after the present step; a job that is cut short is found by its silence."""
        self.over.set()
        self.thread.join(timeout=5)

    def _run(self) -> None:
        speak(self.office.settings.language)
        begun, looked = monotonic(), 0.0
        while not self.over.wait(POLL):
            try:
                if monotonic() - looked > ROUND or not looked:
                    looked = monotonic()
                    look_round(self.office, looked - begun)
                while not self.over.is_set() and run_next(self.office):
                    pass
            except Problem as trouble:  # the disk is full or the database away: try again later
                _log.warning("jobs wait: %s", trouble.sentence)
                self.over.wait(HEART)
