"""Codes are given once and for ever: kept after a correction, closed with the house, looked after when they are wrong."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import select

from core.kernel.access import Actor, job
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Problem, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.places import commands, queries
from core.places.commands.closing import AT_CLOSING, close_building, close_house, succeed
from core.places.models import Building, GivenCode, House
from core.places.rules import HouseCodes
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf


def tower(uow: UnitOfWork, *rooms: str) -> tuple[int, list[int]]:
    """A building with these rooms, by their numbers."""
    building = commands.add_building(uow, GRID, "和平路12号3幢", floors=9)
    return building, [commands.add_house(uow, building, room=room) for room in rooms]


def closed(uow: UnitOfWork, *house_ids: int) -> None:
    """Houses that are no more."""
    with uow.running("house.edit"):
        for each in house_ids:
            close_house(uow, uow.get(House, each), date.today())


def given_codes(office: Office) -> dict[str, bool]:
    """Every code of the register and whether it is in use."""
    with office.reader.connect() as connection:
        rows = connection.execute(select(GivenCode)).mappings()
        return {row["code"]: row["closed_on"] is None for row in rows}


# --- given once -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["analyst", "system_admin"])
def test_who_only_looks_gives_no_codes(uow_of: UowOf, role: str) -> None:
    for attempt in (
        lambda: commands.add_building_without_address(uow_of(role), GRID, "祠堂后面"),
        lambda: commands.give_address(uow_of(role), 1, "和平路1号"),
        lambda: commands.recode_house(uow_of(role), 1),
        lambda: commands.enter_codes(uow_of(role)),
    ):
        with pytest.raises(Refused):
            attempt()
    with pytest.raises(Refused):
        queries.by_code(uow_of("system_admin"), "4" * 24)


def test_every_code_stands_in_the_register(uow_of: UowOf, office: Office) -> None:
    building, houses = tower(uow_of(), "101", "102")
    told = [queries.house(uow_of(), each).code for each in houses]
    assert given_codes(office) == dict.fromkeys([queries.building(uow_of(), building).code, *told], True)


def test_a_corrected_door_keeps_its_old_code_and_nobody_else_gets_it(uow_of: UowOf) -> None:
    building, [house] = tower(uow_of(), "101")
    old = queries.house(uow_of(), house).code
    commands.edit_house(uow_of(), house, None, room="105")
    new = queries.house(uow_of(), house).code
    assert new != old

    found = queries.by_code(uow_of(), old)
    assert (found.house_id, found.is_current, found.closed_on) == (house, False, None)
    assert queries.by_code(uow_of(), new).is_current
    assert [(line.code, line.why) for line in queries.codes_of_house(uow_of(), house)] == [
        (old, "corrected"),
        (new, "filed"),
    ]
    other = commands.add_house(uow_of(), building, room="101")
    assert queries.house(uow_of(), other).code not in (old, new)


def test_a_house_that_comes_back_to_its_door_gets_its_own_code_back(uow_of: UowOf) -> None:
    _building, [house] = tower(uow_of(), "101")
    old = queries.house(uow_of(), house).code
    for room in ("105", "101"):
        commands.edit_house(uow_of(), house, None, room=room)
    assert queries.house(uow_of(), house).code == old
    assert [line.closed_on is None for line in queries.codes_of_house(uow_of(), house)] == [True, False]


def test_the_code_of_a_closed_house_is_never_given_again(uow_of: UowOf) -> None:
    building, [house] = tower(uow_of(), "101")
    old = queries.house(uow_of(), house)
    closed(uow_of(), house)
    again = commands.add_house(uow_of(), building, room="101")
    fresh = queries.house(uow_of(), again)
    assert fresh.address == old.address
    assert fresh.code != old.code


def test_the_number_of_a_building_that_is_gone_is_not_given_again(uow_of: UowOf) -> None:
    building, _houses = tower(uow_of())
    old = queries.building(uow_of(), building).code
    uow = uow_of()
    with uow.running("house.edit"):
        close_building(uow, uow.get(Building, building), date.today())
    later, _houses = tower(uow_of())
    assert queries.building(uow_of(), later).code > old


@given(st.lists(st.sampled_from(["101", "102", "东户", "西户", ""]), min_size=1, max_size=12))
def test_no_code_comes_twice_however_often_a_door_is_closed(rooms: list[str]) -> None:
    ever: list[str] = []
    for room in rooms:  # each door is closed at once, so that only the register remembers its code
        ever.append(HouseCodes("44059900100100001", [], ever).give("", 1, room))
    assert len(set(ever)) == len(ever)


def test_two_people_who_file_at_once_get_two_codes_or_one_hears_of_the_other(office: Office) -> None:
    building, _houses = tower(office.uow(Actor("li", "clerk", COMMUNITY)))

    def file(login: str) -> int | Problem:
        try:
            return commands.add_house(office.uow(Actor(login, "clerk", COMMUNITY)), building, room="101")
        except Problem as trouble:
            return trouble

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(file, ["li", "wang", "chen", "lin"]))
    assert sum(isinstance(one, int) for one in done) == 1
    assert all(isinstance(one, Clash) for one in done if not isinstance(one, int))


def test_the_database_itself_refuses_a_code_that_was_given_before(office: Office, uow_of: UowOf) -> None:
    _building, [house] = tower(uow_of(), "101")
    code = queries.house(uow_of(), house).code
    uow = uow_of()
    with pytest.raises(Clash), uow.running("house.edit"):
        uow.session.add(
            GivenCode(area=GRID, about_kind="House", about_id=1, code=code, given_on=date.today())
        )
        uow.session.flush()


# --- closed -----------------------------------------------------------------------------------------------


def test_a_closed_house_leaves_every_look_but_its_own_page(uow_of: UowOf) -> None:
    building, [gone, stays] = tower(uow_of(), "101", "102")
    closed(uow_of(), gone)
    uow = uow_of()
    assert [line.id for line in queries.houses(uow, queries.HouseFilter()).items] == [stays]
    assert [cell.house_id for cell in queries.matrix(uow, building)] == [stays]
    assert queries.building(uow, building).houses == 1
    assert queries.state_counts(uow)["unknown"] == 1
    assert "closed" not in queries.state_counts(uow)
    assert queries.house(uow, gone).closed_on == date.today()
    assert [line.id for line in queries.houses(uow, queries.HouseFilter(state="closed")).items] == [gone]


def test_nobody_closes_a_house_in_a_form(uow_of: UowOf) -> None:
    _building, [house] = tower(uow_of(), "101")
    with pytest.raises(Invalid):
        commands.edit_house(uow_of(), house, None, state="closed")


def test_a_building_is_closed_after_its_houses(uow_of: UowOf) -> None:
    building, [house] = tower(uow_of(), "101")
    uow = uow_of()
    with pytest.raises(Invalid, match="1 户"), uow.running("house.edit"):
        close_building(uow, uow.get(Building, building), date.today())
    closed(uow, house)
    with uow.running("house.edit"):
        close_building(uow, uow.get(Building, building), date.today())
    for attempt in (
        lambda: commands.add_house(uow_of(), building, room="109"),
        lambda: commands.add_houses(uow_of(), building, 1, 1, 1),
        lambda: commands.edit_building(uow_of(), building, None, floors=3),
    ):
        with pytest.raises(Invalid, match="注销"):
            attempt()


def test_whatever_ends_with_a_house_is_ended_in_the_same_command(
    uow_of: UowOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    hook: Callable[[UnitOfWork, House], None] = lambda _uow, house: ended.append(house.id)  # noqa: E731
    monkeypatch.setattr("core.places.commands.closing.AT_CLOSING", [*AT_CLOSING, hook])
    _building, [house] = tower(uow_of(), "101")
    closed(uow_of(), house)
    assert ended == [house]


def test_old_codes_lead_to_what_stands_there_in_the_end(uow_of: UowOf) -> None:
    _building, [first, second, third, fourth] = tower(uow_of(), "101", "102", "103", "104")
    code = queries.house(uow_of(), first).code
    uow = uow_of()
    closed(uow, first, second)
    with uow.running("house.edit"):
        one = {n: uow.get(House, n) for n in (first, second, third, fourth)}
        succeed(uow, [one[first]], [one[second], one[third]], date.today())
        succeed(uow, [one[second]], [one[fourth]], date.today())
    assert [door.id for door in queries.by_code(uow_of(), code).successors] == [third, fourth]
    assert queries.successors(uow_of(), third) == ()


BAD = ["", "44059900100100001", "4" * 24, "４４" * 12, "<script>alert(1)</script>"]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_code_is_told(uow_of: UowOf, text: str) -> None:
    with pytest.raises(Invalid):
        queries.by_code(uow_of(), text)


def test_codes_are_read_as_people_write_them(uow_of: UowOf) -> None:
    _building, [house] = tower(uow_of(), "101")
    code = queries.house(uow_of(), house).code
    for written in (code, f" {code[:12]} {code[12:17]} {code[17:]} ", f"{code[:12]}-{code[12:]}"):
        assert queries.by_code(uow_of(), written).house_id == house


def test_a_code_of_another_grid_is_not_known(uow_of: UowOf) -> None:
    _building, [house] = tower(uow_of(), "101")
    code = queries.house(uow_of(), house).code
    with pytest.raises(Missing):
        queries.by_code(uow_of("grid_worker", NEXT_GRID), code)


# --- without an address, and looked after -----------------------------------------------------------------


def test_a_building_without_an_address_gets_one_later_and_keeps_its_code(uow_of: UowOf) -> None:
    number = commands.add_building_without_address(
        uow_of("grid_worker", GRID), GRID, "祠堂后面的红砖楼", floors=2
    )
    house = commands.add_house(uow_of(), number, room="201")
    waits = queries.building(uow_of(), number)
    code = queries.house(uow_of(), house).code
    assert (waits.is_provisional, waits.address) == (True, "待编址00001幢")
    commands.edit_building(uow_of(), number, waits.version, floors=3)
    assert queries.building(uow_of(), number).is_provisional

    commands.give_address(uow_of(), number, "宗祠巷6号")
    now = queries.building(uow_of(), number)
    assert (now.is_provisional, now.address, now.code) == (False, "宗祠巷6号", waits.code)
    assert queries.house(uow_of(), house).address == "宗祠巷6号201室"
    assert queries.house(uow_of(), house).code == code


def test_two_buildings_without_an_address_are_two(uow_of: UowOf) -> None:
    numbers = {commands.add_building_without_address(uow_of(), GRID, "古井旁边") for _each in range(2)}
    assert len({queries.building(uow_of(), each).address for each in numbers}) == 2


def test_bad_addresses_are_told(uow_of: UowOf) -> None:
    number = commands.add_building_without_address(uow_of(), GRID, "古井旁边")
    commands.add_building(uow_of(), GRID, "和平路12号")
    for attempt, problem in (
        (lambda: commands.add_building_without_address(uow_of(), GRID, " "), Invalid),
        (lambda: commands.add_building(uow_of(), GRID, estate="待编址", name="9"), Invalid),
        (lambda: commands.give_address(uow_of(), number, "乱写一通"), Invalid),
        (lambda: commands.give_address(uow_of(), number, "和平路12号"), Clash),
        (lambda: commands.add_building_without_address(uow_of(), NEXT_GRID[:-4], "桥边"), Invalid),
    ):
        with pytest.raises(problem):
            attempt()


def test_wrong_codes_are_found_and_put_right(uow_of: UowOf, office: Office) -> None:
    _building, [good, bad] = tower(uow_of(), "101", "102")
    code = queries.house(uow_of(), bad).code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    with office.writer.begin() as connection:
        for table, column in (("house", "id"), ("given_code", "about_id")):
            told = {"code": wrong, "id": bad}
            connection.execute(text(f"UPDATE {table} SET code = :code WHERE {column} = :id"), told)
    assert [case.id for case in queries.code_cases(uow_of(), "digit").items] == [bad]
    assert {count.key: count.count for count in queries.code_counts(uow_of())}["digit"] == 1

    assert commands.recode_houses(uow_of(), [bad]) == 1
    assert queries.house(uow_of(), bad).code == code
    assert queries.code_cases(uow_of(), "digit").items == []
    assert given_codes(office)[wrong] is False
    assert queries.house(uow_of(), good).code in given_codes(office)


def test_codes_that_no_register_knows_are_entered(uow_of: UowOf, office: Office) -> None:
    _building, houses = tower(uow_of(), "101", "102")
    closed(uow_of(), houses[0])
    before = given_codes(office)
    with office.writer.begin() as connection:
        connection.execute(text("DELETE FROM given_code"))
    assert len(queries.code_cases(uow_of(), "unentered").items) == 1
    assert commands.enter_codes(uow_of()) == 3
    assert given_codes(office) == before
    assert commands.enter_codes(uow_of()) == 0


def test_large_areas_choose_a_community_first(uow_of: UowOf) -> None:
    tower(uow_of(), "101")
    district = {one.key: one.count for one in queries.code_counts(uow_of("lead", "440599/"))}
    assert district["digit"] is None
    assert district["houseless"] == 0
    chosen = {one.key: one.count for one in queries.code_counts(uow_of("lead", "440599/"), COMMUNITY)}
    assert chosen["digit"] == 0
    with pytest.raises(Invalid):
        queries.code_cases(uow_of(), "nothing")


def test_the_codes_of_the_invented_town_are_in_order(town: Office) -> None:
    counts = {one.key: one.count for one in queries.code_counts(town.uow(job("test")), COMMUNITY)}
    assert (counts["digit"], counts["unentered"]) == (0, 0)
