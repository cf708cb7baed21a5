"""A worker at the door: one tap confirms, everything can be taken back, and nobody visits another grid."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select

from core.kernel.audit import AuditEntry
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Problem, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.people import commands as people
from core.people.queries import occupants, person
from core.places import commands as places
from core.places.queries import house
from core.visits import commands, queries
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.core.visits.conftest import As


def seen(uow: UnitOfWork, house_id: int) -> str:
    """The mark of what stands before the worker."""
    return queries.home(uow, house_id).seen


def due(uow: UnitOfWork, grid: str = GRID) -> dict[int, set[str]]:
    """House -> the reasons why it is on the list."""
    found = queries.due_list(uow, grid)
    return {line.house_id: {why.reason for why in line.whys} for line in found.lines}


def log(office: Office, permission: str) -> list[tuple[str, str, str]]:
    """Who, what became of it and what it was about, under one permission."""
    with office.reader.connect() as connection:
        found = connection.execute(
            select(AuditEntry.who, AuditEntry.outcome, AuditEntry.about)
            .where(AuditEntry.permission == permission)
            .order_by("id")
        )
        return [(row[0], row[1], row[2].partition("/")[0]) for row in found]


def test_one_tap_confirms_the_home_and_everybody_in_it(
    as_: As, office: Office, homes: list[int], couple: tuple[int, int]
) -> None:
    wang = as_("wang")
    places.edit_house(wang, homes[0], None, state="owned")
    assert due(wang)[homes[0]] == {"home", "people"}
    assert commands.confirm_home(wang, homes[0], seen(wang, homes[0]), way="scan") == 2
    assert homes[0] not in due(wang)
    found = house(wang, homes[0])
    assert (found.verified_by, found.verified_from) == ("wang", "visit")
    assert {person(wang, each).verified_by for each in couple} == {"wang"}
    told = log(office, "visit.edit")
    assert ("wang", "done", "VisitAct") in told and told.count(("wang", "done", "Person")) == 2
    listed = queries.due_list(wang, GRID)
    assert (listed.done, listed.nobody, listed.total) == (1, 0, 2)


def test_a_tap_that_is_sent_twice_counts_once(as_: As, homes: list[int], couple: tuple[int, int]) -> None:
    wang = as_("wang")
    before = seen(wang, homes[0])
    commands.confirm_home(wang, homes[0], before)
    commands.confirm_home(wang, homes[0], before)
    assert len(queries.home(wang, homes[0]).acts) == 1
    commands.nobody_home(wang, homes[1])
    commands.nobody_home(wang, homes[1])
    assert len(queries.home(wang, homes[1]).acts) == 1


def test_what_changed_meanwhile_is_looked_at_again(
    as_: As, homes: list[int], couple: tuple[int, int]
) -> None:
    wang = as_("wang")
    before = seen(wang, homes[0])
    people.edit_person(as_("li"), couple[0], seen=None, workplace="海棠食品厂", phone="19900000001")
    with pytest.raises(Clash):
        commands.confirm_home(wang, homes[0], before)
    assert person(wang, couple[0]).verified_at is None


def test_every_step_is_taken_back(as_: As, homes: list[int], couple: tuple[int, int]) -> None:
    wang, head, spouse = as_("wang"), *couple
    start = due(wang)
    commands.confirm_home(wang, homes[0], seen(wang, homes[0]))
    commands.nobody_home(wang, homes[1])
    commands.note(wang, homes[2], "门铃坏了，敲窗")
    version = queries.home(wang, homes[0]).versions[spouse]
    commands.correct_person(wang, homes[0], spouse, seen=version, phone="19900000002")
    new = commands.add_person(wang, homes[0], name="林小示", birth=date(2020, 1, 1), residence_kind="family")
    commands.moved_out(wang, homes[0], head, date.today(), head_id=spouse, place="邻市")
    commands.correct_house(wang, homes[0], seen=None, state="rented")
    assert {line.name for line in occupants(wang, homes[0])} == {"黄示例", "林小示"}
    acts = queries.home(wang, homes[0]).acts
    assert [line.kind for line in acts] == ["house", "moved_out", "added", "corrected", "confirmed"]
    assert [line.about for line in acts] == ["", "林示例", "林小示", "黄示例", ""]
    for line in acts:
        commands.undo(wang, line.deed_id)
    for house_id in homes[1:]:
        commands.undo(wang, queries.home(wang, house_id).acts[0].deed_id)
    assert {line.name for line in occupants(wang, homes[0])} == {"林示例", "黄示例"}
    assert house(wang, homes[0]).state == "unknown"
    assert due(wang) == start
    with pytest.raises(Missing):
        person(wang, new)
    with pytest.raises(Clash):
        commands.undo(wang, acts[0].deed_id)


def test_an_older_step_stays_while_a_newer_one_stands_on_it(
    as_: As, homes: list[int], couple: tuple[int, int]
) -> None:
    wang = as_("wang")
    commands.confirm_home(wang, homes[0], seen(wang, homes[0]))
    commands.confirm_person(wang, homes[0], couple[0])
    newest, oldest = queries.home(wang, homes[0]).acts
    with pytest.raises(Clash):
        commands.undo(wang, oldest.deed_id)
    commands.undo(wang, newest.deed_id)
    commands.undo(wang, oldest.deed_id)
    assert not any(line.is_open for line in queries.home(wang, homes[0]).acts)


def test_nobody_at_home_means_to_come_again(
    as_: As, homes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    wang = as_("wang")
    assert commands.nobody_home(wang, homes[0]) == wang.today + timedelta(days=3)
    assert homes[0] not in due(wang)
    later = wang.now + timedelta(days=3)
    monkeypatch.setattr(UnitOfWork, "now", property(lambda _uow: later))
    assert "again" in due(wang)[homes[0]]
    commands.confirm_home(wang, homes[0], seen(wang, homes[0]))
    assert homes[0] not in due(wang)
    for day in (later.date() - timedelta(days=9), later.date() + timedelta(days=90)):
        with pytest.raises(Invalid):
            commands.nobody_home(wang, homes[1], day)


DEEDS: list[Callable[[UnitOfWork, int, int], object]] = [
    lambda uow, home, who: commands.confirm_home(uow, home, "0" * 16),
    lambda uow, home, who: commands.confirm_person(uow, home, who),
    lambda uow, home, who: commands.correct_person(uow, home, who, seen=None, phone="19900000003"),
    lambda uow, home, who: commands.correct_house(uow, home, seen=None, state="vacant"),
    lambda uow, home, who: commands.add_person(uow, home, name="甲", birth=date(1990, 1, 1)),
    lambda uow, home, who: commands.moved_out(uow, home, who, date.today()),
    lambda uow, home, who: commands.nobody_home(uow, home),
    lambda uow, home, who: commands.note(uow, home, "有人"),
    lambda uow, home, who: queries.home(uow, home),
]


@pytest.mark.parametrize("does", DEEDS)
def test_nobody_visits_another_grid(
    as_: As, homes: list[int], couple: tuple[int, int], does: Callable[[UnitOfWork, int, int], object]
) -> None:
    with pytest.raises(Missing):
        does(as_("xu"), homes[0], couple[0])
    with pytest.raises(Refused):
        does(as_("wu"), homes[0], couple[0])
    assert queries.home(as_("wang"), homes[0]).acts == []


def test_a_deed_of_another_grid_or_kind_is_not_taken_back_here(
    as_: As, homes: list[int], couple: tuple[int, int]
) -> None:
    wang = as_("wang")
    commands.nobody_home(wang, homes[0])
    [act] = queries.home(wang, homes[0]).acts
    with pytest.raises(Missing):
        commands.undo(as_("xu"), act.deed_id)
    people.move_out(wang, [couple[1]], date.today())
    from core.people.queries import deeds_of

    [other] = deeds_of(wang, "Person", couple[1])
    with pytest.raises(Missing):
        commands.undo(wang, other.id)


def test_who_does_not_live_here_is_not_confirmed_here(
    as_: As, homes: list[int], couple: tuple[int, int]
) -> None:
    for does in (DEEDS[1], DEEDS[2], DEEDS[5]):
        with pytest.raises(Missing):
            does(as_("wang"), homes[1], couple[0])


def test_bad_input_is_answered_with_a_sentence(as_: As, homes: list[int], couple: tuple[int, int]) -> None:
    wang = as_("wang")
    bad: list[Callable[[], object]] = [
        lambda: commands.note(wang, homes[0], " "),
        lambda: commands.note(wang, homes[0], "长" * 501),
        lambda: commands.moved_out(
            wang, homes[0], couple[0], date.today()
        ),  # the head, and nobody takes over
        lambda: commands.moved_out(wang, homes[0], couple[1], date.today() + timedelta(days=1)),
        lambda: commands.correct_person(wang, homes[0], couple[0], seen=None, phone="123"),
        lambda: commands.confirm_home(wang, homes[0], seen(wang, homes[0]), way="teleport"),
        lambda: commands.add_person(wang, homes[0], name="", birth=None),
    ]
    for one in bad:
        with pytest.raises(Problem) as told:
            one()
        assert told.value.sentence
    assert queries.home(wang, homes[0]).acts == []


def test_the_list_walks_through_the_grid_and_turns_its_pages(as_: As, homes: list[int]) -> None:
    wang = as_("wang")
    for place, (number, lon) in enumerate([("30号", 116.7420), ("14号", 116.7402), ("22号", 116.7410)]):
        new = places.add_building(wang, GRID, "", road="和平路", number=number, lon=lon, lat=23.27)
        places.add_houses(wang, new, 1, 1, 1 + place % 2)
    lines = queries.due_list(wang, GRID).lines
    roads = list(dict.fromkeys(line.address.split()[1] for line in lines))
    assert roads == ["12", "14", "22", "30"]
    walked: list[int] = []
    after: str | None = None
    while page := queries.due_list(wang, GRID, after=after, limit=2):
        walked += [line.house_id for line in page.lines]
        if walked and len(walked) == 2:  # the last of the page is done before the next one is asked for
            commands.nobody_home(wang, walked[-1])
        after = page.after
        if after is None:
            break
    assert walked == [line.house_id for line in lines]


def test_new_tenants_and_vacant_homes_are_looked_at_sooner(as_: As, homes: list[int]) -> None:
    wang, today = as_("wang"), date.today()
    commands.add_person(
        wang, homes[0], name="租客甲", birth=date(1990, 1, 1), residence_kind="tenant", from_on=today
    )
    new = people.add_person(
        wang,
        house_id=homes[1],
        name="租客乙",
        birth=date(1990, 1, 1),
        residence_kind="tenant",
        from_on=today - timedelta(days=5),
    )
    places.edit_house(wang, homes[2], None, state="vacant")
    listed = due(wang)
    assert "tenant" not in listed.get(homes[0], set())  # met as they were filed
    assert "tenant" in listed[homes[1]] and listed[homes[2]] == {"vacant"}
    commands.confirm_person(wang, homes[1], new)
    assert "tenant" not in due(wang)[homes[1]]


def test_a_lead_sets_the_days_of_an_area_and_sees_how_its_grids_stand(as_: As, homes: list[int]) -> None:
    chen, wang = as_("chen"), as_("wang")
    commands.confirm_home(wang, homes[0], seen(wang, homes[0]))
    commands.nobody_home(wang, homes[1])
    commands.set_period(chen, COMMUNITY, "again", 5)
    commands.set_period(chen, GRID, "again", 1)
    usual = {line.reason: (line.days, line.own) for line in queries.periods(chen, COMMUNITY)}
    assert usual["again"] == (5, True) and usual["people"] == (180, False)
    assert commands.nobody_home(wang, homes[2]) == wang.today + timedelta(days=1)
    commands.set_period(chen, GRID, "again", None)
    assert {line.reason: line.days for line in queries.periods(wang, GRID)}["again"] == 5
    first, second = queries.grids(chen)
    assert (first.area, first.today, first.week, first.due) == (GRID, 3, 3, 0)
    assert (second.area, second.today, second.due) == (NEXT_GRID, 0, 0)
    with pytest.raises(Refused):
        commands.set_period(wang, GRID, "again", 9)
    for reason, days in (("care", 9), ("moon", 9), ("again", 0)):
        with pytest.raises(Invalid):
            commands.set_period(chen, GRID, reason, days)


def test_the_workbench_of_a_worker_counts_the_homes_that_are_due(as_: As, homes: list[int]) -> None:
    [line] = queries.todo(as_("wang"))
    assert (line.count, line.page, line.query) == (3, "visit_list", f"grid={GRID}")
    assert queries.todo(as_("chen")) == queries.todo(as_("wu")) == []
