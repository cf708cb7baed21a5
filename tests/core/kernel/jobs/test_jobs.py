"""Jobs: who may start them, one process for each, and a killed one is found."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from core.kernel import access
from core.kernel.audit import AuditEntry
from core.kernel.database import Office
from core.kernel.jobs import WORKS, Cancelled, Job, State, commands, job, queries, runner
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.settings import ROOT
from core.kernel.unit_of_work import UnitOfWork
from tests.conftest import UowOf

DISTRICT = "440599/"


@pytest.fixture(autouse=True)
def _works() -> Iterator[None]:
    """Some kinds of job for these tests alone."""
    shipped = dict(WORKS)
    WORKS.clear()

    @job("count", title="Counting", needs="backup.ask")
    def count(uow: UnitOfWork, progress: Any, to: int) -> dict[str, Any]:
        for n in range(to):
            progress(n / to, f"{n}")
        return {"to": to, "who": uow.actor.login, "role": uow.actor.role}

    @job("broken", title="Broken", needs="backup.ask")
    def broken(uow: UnitOfWork, progress: Any) -> None:
        raise ZeroDivisionError("张三 440599199001010011")

    @job("told", title="Told", needs="backup.ask", is_machines=True)
    def told(uow: UnitOfWork, progress: Any) -> None:
        raise Invalid("这里不行")

    @job("night", title="Night", every="day")
    def night(uow: UnitOfWork, progress: Any) -> dict[str, Any]:
        return {"who": uow.actor.role}

    yield
    WORKS.clear()
    WORKS.update(shipped)


@pytest.fixture
def admin(uow_of: UowOf) -> UnitOfWork:
    """The system administrator."""
    return uow_of("system_admin", DISTRICT, "xitong")


def line(admin: UnitOfWork, number: int) -> queries.JobLine:
    """A job as the administrator sees it."""
    return queries.job_line(admin, number)


@pytest.mark.parametrize("role", ["clerk", "audit_admin", "analyst"])
def test_who_may_not_starts_nothing(uow_of: UowOf, role: str) -> None:
    with pytest.raises(Refused):
        commands.start(uow_of(role), "count", {"to": 1})


def test_a_role_starts_only_the_kinds_it_includes(uow_of: UowOf) -> None:
    with pytest.raises(Refused):
        commands.start(uow_of("security_admin", DISTRICT), "count", {"to": 1})
    with pytest.raises(Refused):
        commands.start(uow_of("system_admin", DISTRICT), "night")
    with pytest.raises(Invalid):
        commands.start(uow_of("system_admin", DISTRICT), "nothing")


def test_a_job_is_done_as_who_started_it_and_leaves_two_lines(office: Office, admin: UnitOfWork) -> None:
    number = commands.start(admin, "count", {"to": 3})
    assert line(admin, number).state == "waiting"
    assert runner.run_next(office) and not runner.run_next(office)
    done = line(admin, number)
    assert (done.state, done.progress, done.result) == (
        "done",
        1.0,
        {"to": 3, "who": "xitong", "role": "system_admin"},
    )
    with office.reader.connect() as connection:
        told = connection.execute(
            select(AuditEntry.who, AuditEntry.changes).where(AuditEntry.about == f"Job/{number}")
        )
        assert [(who, changes["state"][1]) for who, changes in told] == [
            ("xitong", "waiting"),
            ("jobs", "done"),
        ]


def test_a_broken_job_says_so_without_telling_what_it_saw(office: Office, admin: UnitOfWork) -> None:
    number = commands.start(admin, "broken")
    runner.run_next(office)
    assert line(admin, number).state == "failed"
    assert "440599" not in line(admin, number).error and line(admin, number).error


def test_a_problem_is_told_in_its_own_words(office: Office, admin: UnitOfWork) -> None:
    number = commands.start(admin, "told")
    runner.run_next(office)
    assert (line(admin, number).state, line(admin, number).error) == ("failed", "这里不行")


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_step(
    office: Office, admin: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = commands.start(admin, "count", {"to": 1})
    commands.cancel(admin, waiting)
    assert line(admin, waiting).state == "cancelled" and not runner.run_next(office)
    with pytest.raises(Clash):
        commands.cancel(admin, waiting)
    seen: list[float] = []

    def stubborn(uow: UnitOfWork, progress: Any) -> None:
        commands.cancel(admin, number)
        with pytest.raises(Cancelled):
            progress(0.5, "")
        seen.append(0.5)
        raise Cancelled

    job("stubborn", title="Stubborn", needs="backup.ask")(stubborn)
    number = commands.start(admin, "stubborn")
    runner.run_next(office)
    assert seen == [0.5] and line(admin, number).state == "cancelled"


def test_jobs_of_others_are_seen_by_administrators_only(uow_of: UowOf, admin: UnitOfWork) -> None:
    number = commands.start(admin, "count", {"to": 1})
    with pytest.raises(Missing):
        queries.job_line(uow_of("lead", DISTRICT, "lin"), number)
    assert queries.job_line(uow_of("audit_admin", DISTRICT, "shenji"), number).id == number
    with pytest.raises(Missing):
        queries.job_line(uow_of("audit_admin", "440599/002/", "shenji"), number)
    with pytest.raises(Refused):
        queries.jobs(uow_of("lead", DISTRICT, "lin"))


def test_one_job_is_claimed_once(office: Office, admin: UnitOfWork) -> None:
    number = commands.start(admin, "count", {"to": 1})
    machine = office.uow(access.job("jobs"))
    assert commands.claim(machine, number, "a/1") is not None
    assert commands.claim(machine, number, "b/2") is None


RACE = """
import json, sys
sys.path.insert(0, ".")
import core.models
from core.kernel import access, database
from core.kernel.crypto import Keyring
from core.kernel.database import Office
from core.kernel.jobs import commands, queries
from core.kernel.settings import Settings
chosen = Settings.model_validate_json(sys.argv[1])
office = Office(chosen, Keyring({"k1": b"k" * 32}))
uow, mine = office.uow(access.job("jobs")), []
while (number := queries.next_waiting(uow)) is not None:
    if commands.claim(uow, number, "race"):
        mine.append(number)
print(json.dumps(mine))
"""


def test_two_processes_share_the_jobs_and_do_none_twice(office: Office, admin: UnitOfWork) -> None:
    numbers = [commands.start(admin, "count", {"to": 1}) for _n in range(40)]
    chosen = office.settings.model_dump_json(exclude={"keys", "oidc_client_secret"})
    command = [sys.executable, "-c", RACE, chosen]
    racers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _n in range(2)]
    taken = [json.loads(racer.communicate(timeout=120)[0]) for racer in racers]
    assert sorted(taken[0] + taken[1]) == sorted(numbers)


def test_a_job_whose_process_was_killed_is_found_and_a_living_one_is_left(
    office: Office, admin: UnitOfWork
) -> None:
    dead, living = (commands.start(admin, "count", {"to": 1}) for _n in range(2))
    machine = office.uow(access.job("jobs"))
    for number in (dead, living):
        commands.claim(machine, number, "gone/1")
    with office.writer.begin() as connection:
        table = Job.__table__  # type: ignore[attr-defined]
        old = datetime.now(UTC) - timedelta(minutes=5)
        connection.execute(table.update().where(table.c.id == dead).values(beat_at=old))
    runner.look_round(office, 0.0)
    assert line(admin, dead).state == "failed" and line(admin, dead).error
    assert line(admin, living).state == "running"
    assert not commands.beat(machine, dead, 0.9), "whoever was given up must stop"
    commands.finish(machine, dead, State.DONE, {"late": 1})
    assert line(admin, dead).state == "failed"


def moment(text: str) -> datetime:
    """A moment of the clock on the wall."""
    return datetime.fromisoformat(text + "+08:00")


@pytest.mark.parametrize(
    ("now", "night"),
    [("2026-11-26T01:59:00", "2026-11-25T02:00:00"), ("2026-11-26T02:00:00", "2026-11-26T02:00:00")],
)
def test_the_night_begins_at_two(now: str, night: str) -> None:
    assert runner.last_night(moment(now)) == moment(night)


def test_the_nights_turn_comes_once_and_a_night_that_was_slept_through_is_made_up_for(
    office: Office, admin: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [moment("2026-11-26T09:00:00")]
    monkeypatch.setattr(UnitOfWork, "now", property(lambda _uow: now[0]))

    def planned() -> int:
        return len([j for j in queries.jobs(admin).items if j.name == "night"])

    runner.look_round(office, 60.0)
    assert planned() == 0, "not while the office opens"
    runner.look_round(office, 3600.0)
    runner.look_round(office, 7200.0)
    assert planned() == 1
    now[0] = moment("2026-11-27T02:01:00")
    runner.look_round(office, 90_000.0)
    assert planned() == 2
    assert runner.run_next(office)
    with pytest.raises(Clash):
        commands.plan(office.uow(access.job("jobs")), "night", "2026-11-27")
