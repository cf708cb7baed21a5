"""Positions of staff are kept for a week, shifts as long as the log; then the night takes them away."""

import pytest
from sqlmodel import func, select

from core.jobs.retention import by_night
from core.kernel.access import job
from core.kernel.problems import Invalid
from core.retention.commands import set_period
from core.retention.periods import defaults, kinds
from core.staff import commands, queries
from core.staff.models import Shift, StaffPosition
from tests.core.conftest import log
from tests.core.staff.conftest import Team


def left(team: Team) -> tuple[int, int]:
    """Shifts and positions that are still there."""
    with team.office.reader.connect() as connection:
        found = [
            connection.execute(select(func.count()).select_from(kind)).scalar_one()
            for kind in (Shift, StaffPosition)
        ]
    return int(found[0]), int(found[1])


def night(team: Team) -> None:
    """What the machine does every night."""
    by_night(team.office.uow(job("night")), lambda share, words: None)


@pytest.fixture
def ended(team: Team) -> Team:
    """A shift with two positions, over since an hour."""
    commands.start_shift(team.as_worker(), 1)
    commands.take_positions(team.as_worker(), [team.fix()])
    team.clock.pass_by(minutes=30)
    commands.take_positions(team.as_worker(), [team.fix()])
    team.clock.pass_by(minutes=90)
    return team


def test_the_period_is_short_and_no_list_stands_in_between() -> None:
    assert defaults()["staff_positions"].days <= 7
    assert not kinds()["staff_positions"].is_listed


def test_a_week_later_nobody_knows_any_more_where_they_were(ended: Team) -> None:
    queries.track(ended.as_lead(), queries.my_shifts(ended.as_worker())[0].id)
    ended.clock.pass_by(days=6)
    night(ended)
    assert left(ended) == (1, 2)
    ended.clock.pass_by(days=2)
    night(ended)
    assert left(ended) == (1, 0)
    assert [one.positions for one in queries.my_shifts(ended.as_worker())] == [0]
    assert len(queries.who_looked(ended.as_worker())) == 1
    assert log(ended.office)[-1].about.startswith("StaffPosition/")


def test_half_a_year_later_the_shift_is_forgotten_too(ended: Team) -> None:
    ended.clock.pass_by(days=190)
    night(ended)
    assert left(ended) == (0, 0)


def test_an_office_may_choose_a_shorter_time(ended: Team) -> None:
    uow = ended.office.uow(job("setup"))
    set_period(uow, "staff_positions", 1, "够用")
    ended.clock.pass_by(days=2)
    night(ended)
    assert left(ended) == (1, 0)
    assert queries.own(ended.as_worker()).days_kept == 1
    with pytest.raises(Invalid):
        set_period(uow, "staff_shifts", 30, "too short for who looked")


def test_a_shift_that_runs_is_never_taken(team: Team) -> None:
    commands.start_shift(team.as_worker(), 10)
    commands.take_positions(team.as_worker(), [team.fix()])
    night(team)
    assert left(team) == (1, 1)
