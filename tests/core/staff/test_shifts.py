"""Three lines that hold: nobody outside of a shift, no shift but one's own, and the worker sees who looked."""

from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, func, select

from core.kernel.access import Actor, job, roles
from core.kernel.extensions import Fix
from core.kernel.problems import Invalid, Missing, Refused
from core.kernel.unit_of_work import PERMISSIONS
from core.staff import commands, queries
from core.staff.models import Shift, StaffPosition
from core.staff.rules import GAP, LONGEST_SECONDS, metres, second_of, stays
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.core.conftest import Hire, log, told
from tests.core.staff.conftest import LAT, LON, Team


def positions(team: Team) -> int:
    with team.office.reader.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(StaffPosition)).scalar_one())


# --- no tracking of residents -----------------------------------------------------------------------------


def test_a_position_leads_to_an_account_of_staff_and_to_nobody_else() -> None:
    """Followed through every foreign key: no resident, household or house is ever reached."""
    reached, waiting = set[str](), ["staff_position"]
    while waiting:
        table = SQLModel.metadata.tables[waiting.pop()]
        found = {key.column.table.name for key in table.foreign_keys}
        waiting += found - reached
        reached |= found
    assert reached == {"staff_shift", "account"}


def test_no_other_table_says_where_somebody_was_and_when() -> None:
    """A register entry lies at the place of a thing, such as a rental home; no other table names person and place."""
    named = {
        table.name
        for table in SQLModel.metadata.tables.values()
        if {key.column.table.name for key in table.foreign_keys} & {"person", "household"}
        and {"lon", "lat"} <= set(table.columns.keys())
    }
    assert named == {"register_entry"}


def test_only_people_of_the_office_have_shifts() -> None:
    """Neither the machine nor a department goes out; `staff.shift` is asked of whoever begins one."""
    may = {name for name, role in roles().items() if "staff.shift" in role.may}
    assert may == {"grid_worker", "clerk", "lead"}
    assert {"staff.shift", "staff.live", "staff.track"} <= PERMISSIONS


# --- only inside a shift that the worker began ------------------------------------------------------------


def test_without_a_shift_nothing_is_kept(team: Team) -> None:
    told_now = commands.take_positions(team.as_worker(), [team.fix(), team.fix(-60)])
    assert told_now == commands.Taken(0, 2, 0, 0)
    assert positions(team) == 0


def test_a_shift_keeps_what_lies_in_it_and_nothing_else(team: Team) -> None:
    commands.start_shift(team.as_worker(), 4)
    team.clock.pass_by(hours=1)
    before, first, now, ahead = team.fix(-61), team.fix(-60), team.fix(), team.fix(30)
    taken = commands.take_positions(team.as_worker(), [before, first, now, ahead], "phone")
    assert taken == commands.Taken(2, 2, 0, 0)
    assert [spot[2] for spot in queries.my_track(team.as_worker(), _shift(team)).spots] == [0, 3600]


def test_a_shift_is_over_by_itself(team: Team) -> None:
    commands.start_shift(team.as_worker(), 1)
    team.clock.pass_by(minutes=61)
    assert queries.own(team.as_worker()).shift is None
    assert queries.live(team.as_lead()) == []
    assert commands.take_positions(team.as_worker(), [team.fix()]).outside == 1


def test_a_worker_ends_it_before_and_is_left_alone_from_there_on(team: Team) -> None:
    commands.start_shift(team.as_worker(), 8)
    team.clock.pass_by(minutes=10)
    commands.end_shift(team.as_worker())
    team.clock.pass_by(minutes=1)
    assert commands.take_positions(team.as_worker(), [team.fix(), team.fix(-5)]) == commands.Taken(1, 1, 0, 0)
    assert queries.live(team.as_lead()) == []
    with pytest.raises(Invalid):
        commands.end_shift(team.as_worker())


def test_what_a_phone_without_a_net_tells_later_finds_its_shift(team: Team) -> None:
    commands.start_shift(team.as_worker(), 2)
    team.clock.pass_by(hours=5)
    assert commands.take_positions(team.as_worker(), [team.fix(-270), team.fix(-60)]).kept == 1


def test_nobody_begins_a_shift_for_somebody_else(team: Team, hire: Hire) -> None:
    """There is no way to name another account; one without an account has no shift, the machine neither."""
    with pytest.raises(Refused):
        commands.start_shift(team.office.uow(Actor("wang", "grid_worker", GRID)))
    for actor in (job("night"), hire("fenxi", "analyst")):
        with pytest.raises(Refused):
            commands.start_shift(team.office.uow(actor))
    commands.start_shift(team.as_lead())
    assert commands.take_positions(team.as_worker(), [team.fix()]).kept == 0


def test_the_database_itself_knows_no_position_outside_of_a_shift(team: Team) -> None:
    shift = commands.start_shift(team.as_worker())
    row = {"id": 1, "version": 1, "area": GRID, "shift_id": shift, "lon": LON, "lat": LAT, "source": ""}
    for wrong in (
        {"seconds": -1},
        {"seconds": LONGEST_SECONDS + 1},
        {"seconds": 1, "shift_id": 77},
    ):
        with pytest.raises(IntegrityError), team.office.writer.begin() as connection:
            connection.execute(insert(StaffPosition), {**row, **wrong})


def test_bad_input_is_answered_with_a_sentence(team: Team) -> None:
    for hours in (0, 11):
        with pytest.raises(Invalid):
            commands.start_shift(team.as_worker(), hours)
    commands.start_shift(team.as_worker())
    with pytest.raises(Invalid):
        commands.start_shift(team.as_worker())
    team.clock.pass_by(minutes=5)
    swapped = Fix(team.clock.now, LAT, LON)
    sent = [team.fix(), team.fix(), team.fix(accuracy=900), swapped]
    assert commands.take_positions(team.as_worker(), sent) == commands.Taken(1, 0, 2, 1)
    with pytest.raises(Invalid):
        commands.take_positions(team.as_worker(), [team.fix()] * 2001)


def test_seconds_count_from_the_start_and_gaps_are_no_way(team: Team) -> None:
    now = team.clock.now
    end = now + timedelta(hours=1)
    assert second_of(now, now, end, end) == 0
    assert second_of(end, now, end, end) is None
    near, far = (LON + 0.001, LAT, 60), (LON + 0.1, LAT, 4000)
    assert metres([(LON, LAT, 0), near]) == pytest.approx(101.8, abs=1)
    assert metres([(LON, LAT, 0), near, far]) == pytest.approx(101.8, abs=1)


def test_a_stay_is_some_minutes_at_one_place() -> None:
    still = [(LON + n % 3 * 1e-5, LAT, n * 60) for n in range(6)]
    away = [(LON + 0.002, LAT, 360), (LON + 0.002, LAT, 420), (LON + 0.002, LAT, 420 + 2 * GAP)]
    assert stays(still + away) == [(0, 300, LON, LAT)]
    assert stays([]) == stays(away) == []


# --- the worker sees who looked ---------------------------------------------------------------------------


def _shift(team: Team) -> int:
    return queries.my_shifts(team.as_worker())[0].id


@pytest.fixture
def out(team: Team) -> Team:
    """The worker is out since half an hour."""
    commands.start_shift(team.as_worker())
    team.clock.pass_by(minutes=30)
    walked = [team.fix(-30 + minute, LON + minute * 1e-4) for minute in range(30)]
    commands.take_positions(team.as_worker(), walked, "phone")
    return team


def test_the_live_map_shows_who_is_out_and_the_worker_who_looked(out: Team) -> None:
    for _poll in range(3):
        (line,) = queries.live(out.as_lead())
    assert (line.name, line.lon) == ("wang某", pytest.approx(LON + 29e-4))
    (look,) = queries.who_looked(out.as_worker())
    assert (look.who, look.post, look.is_live) == ("chen某", "负责人", True)


def test_a_look_at_a_track_is_written_down_though_the_live_map_was_open(out: Team) -> None:
    queries.live(out.as_lead())
    track = queries.track(out.as_lead(), _shift(out))
    assert len(track.spots) == 30 and 250 < track.metres < 320
    assert [one.is_live for one in queries.who_looked(out.as_worker())] == [False, True]
    assert told(out.office, "staff.track") == [("chen", "viewed", f"Shift/{_shift(out)}")]


def test_a_list_of_shifts_and_ones_own_track_are_no_looks(out: Team) -> None:
    assert [one.name for one in queries.shifts(out.as_lead()).items] == ["wang某"]
    assert queries.shifts(out.as_lead(), day=(out.clock.now - timedelta(days=2)).date()).items == []
    queries.my_track(out.as_worker(), _shift(out))
    assert queries.who_looked(out.as_worker()) == []
    assert not [line for line in log(out.office) if line.outcome == "viewed"]


def test_a_clerk_sees_live_but_no_track_and_a_worker_neither(out: Team, hire: Hire) -> None:
    clerk, other = hire("li", "clerk"), hire("he", "grid_worker", GRID)
    assert len(queries.live(out.office.uow(clerk))) == 1
    for actor, look in ((clerk, queries.track), (other, queries.track)):
        with pytest.raises(Refused):
            look(out.office.uow(actor), _shift(out))
    with pytest.raises(Refused):
        queries.live(out.office.uow(other))
    with pytest.raises(Missing):
        queries.my_track(out.office.uow(other), _shift(out))
    assert queries.who_looked(out.office.uow(other)) == []


def test_another_area_sees_nothing(out: Team, hire: Hire) -> None:
    away = out.office.uow(hire("zhou", "lead", NEXT_GRID))
    assert queries.live(away) == []
    assert queries.live(away, COMMUNITY) == []
    assert queries.shifts(away).items == []
    with pytest.raises(Missing):
        queries.track(away, _shift(out))


def test_the_worker_is_told_who_may_look(out: Team) -> None:
    assert queries.who_may_look(out.as_worker()) == [("社区工作者", True, False), ("负责人", True, True)]


def test_every_change_stands_in_the_log(out: Team) -> None:
    commands.end_shift(out.as_worker())
    about = f"Shift/{_shift(out)}"
    assert told(out.office, "staff.shift") == [("wang", "done", about)] * 2


def test_there_are_pages_of_shifts(out: Team) -> None:
    for _day in range(3):
        out.clock.pass_by(days=1)
        commands.start_shift(out.as_worker(), 1)
    first = queries.shifts(out.as_lead(), limit=3)
    rest = queries.shifts(out.as_lead(), start=first.after, limit=3)
    assert (len(first.items), len(rest.items), rest.after) == (3, 1, None)
    assert not {one.id for one in first.items} & {one.id for one in rest.items}


def test_nothing_of_a_shift_is_shown_before_it_happened(team: Team) -> None:
    """What a load brought for later in the day appears when its time has come."""
    shift = commands.start_shift(team.as_worker())
    row = {"version": 1, "area": GRID, "shift_id": shift, "lon": LON, "lat": LAT, "source": "demo"}
    with team.office.writer.begin() as connection:
        connection.execute(
            insert(StaffPosition), [{**row, "id": n + 1, "seconds": n * 60} for n in range(60)]
        )
    team.clock.pass_by(minutes=10)
    assert len(queries.my_track(team.as_worker(), shift).spots) == 11
    assert queries.live(team.as_lead())[0].at == team.clock.now
    assert Shift.watched
    commands.end_shift(team.as_worker())
    team.clock.pass_by(hours=1)
    assert len(queries.my_track(team.as_worker(), shift).spots) == 11 == positions(team)
