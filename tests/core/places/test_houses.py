"""Buildings and houses: filed, addressed, coded, corrected and verified."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from core.kernel.audit import AuditEntry
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.search import search
from core.kernel.unit_of_work import UnitOfWork
from core.places.address import Address, check_house_code, parse_address
from core.places.commands import (
    Filed,
    add_area,
    add_building,
    add_house,
    add_houses,
    close_area,
    edit_building,
    edit_house,
    verify_house,
)
from core.places.queries import HouseFilter, building, building_count, house, houses, matrix
from core.places.rules import HouseCodes, RoomPlan, door, floor_of, room_plan, short_address
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf

CODE = "440599001001"


def log(uow: UnitOfWork) -> list[AuditEntry]:
    """The whole audit log, oldest first."""
    with uow.office.reader.connect() as connection:
        return [AuditEntry(**row) for row in connection.execute(select(AuditEntry).order_by("id")).mappings()]


def worker(uow_of: UowOf, grid: str = GRID) -> UnitOfWork:
    """A grid worker at work in their grid."""
    return uow_of("grid_worker", grid, "chen")


def tower(uow: UnitOfWork, grid: str = GRID, address: str = "和平路12号3幢") -> int:
    """A building of nine floors and two units without houses."""
    return add_building(uow, grid, address, floors=9, units=2)


# --- who may not --------------------------------------------------------------


@pytest.mark.parametrize("role", ["analyst", "department", "system_admin", "security_admin", "audit_admin"])
def test_who_only_looks_files_nothing(uow_of: UowOf, role: str) -> None:
    for attempt in (
        lambda: tower(uow_of(role)),
        lambda: add_house(uow_of(role), 1, room="101"),
        lambda: add_houses(uow_of(role), 1, 1, 1, 1),
        lambda: edit_building(uow_of(role), 1, 1, floors=2),
        lambda: edit_house(uow_of(role), 1, 1, state="rented"),
        lambda: verify_house(uow_of(role), 1, "visit"),
    ):
        with pytest.raises(Refused):
            attempt()
    assert building_count(uow_of()) == 0
    assert [(line.permission, line.outcome) for line in log(uow_of())] == [("house.edit", "refused")] * 6


def test_a_grid_worker_files_nothing_into_the_next_grid(uow_of: UowOf) -> None:
    with pytest.raises(Refused):
        tower(worker(uow_of), NEXT_GRID)
    [line] = log(uow_of())
    assert (line.who, line.permission, line.outcome, line.area) == ("chen", "house.edit", "refused", GRID)
    assert building_count(uow_of()) == 0


def test_what_stands_in_the_next_grid_is_not_there_for_a_grid_worker(uow_of: UowOf) -> None:
    other = tower(uow_of(), NEXT_GRID)
    door_there = add_house(uow_of(), other, "1", room="101")
    lines = len(log(uow_of()))
    for attempt in (
        lambda: add_house(worker(uow_of), other, room="102"),
        lambda: add_houses(worker(uow_of), other, 1, 1, 1),
        lambda: edit_building(worker(uow_of), other, 1, floors=2),
        lambda: edit_house(worker(uow_of), door_there, 1, state="rented"),
        lambda: verify_house(worker(uow_of), door_there, "visit"),
    ):
        with pytest.raises(Missing):
            attempt()
    assert len(log(uow_of())) == lines
    assert house(uow_of(), door_there).state == "unknown"


# --- the story ----------------------------------------------------------------


def test_a_worker_files_a_building_its_rooms_and_verifies_a_house(uow_of: UowOf) -> None:
    uow = worker(uow_of)
    block = add_building(uow, GRID, "示例区海棠街道金湾社区和平路12号3栋", floors=9, units=2, structure="3")
    assert add_houses(uow, block, units=2, floors=9, rooms_per_floor=2) == Filed(added=36, there=0)
    [top, *_rest] = matrix(uow, block)
    edit_house(uow, top.house_id, 1, state="rented", floor_area="88.5")
    verify_house(uow, top.house_id, "visit")

    seen = house(uow, top.house_id)
    assert (seen.title, seen.address) == ("和平路 12 号 3幢 1单元 901室", "和平路12号3幢1单元901室")
    assert (seen.state, seen.floor_area, seen.version) == ("rented", 88.5, 3)
    assert (seen.verified_by, seen.verified_from) == ("chen", "visit")
    assert seen.verified_at is not None
    assert (seen.building.address, seen.building.structure) == ("和平路12号3幢", "3")
    assert check_house_code(seen.code)[:23] == CODE + "00001" + "01" + "0901"
    assert [line.about.split("/")[0] for line in log(uow)] == ["Building", *["House"] * 38]
    assert log(uow)[-2].changes["state"] == ["unknown", "rented"]


def test_a_plan_twice_adds_only_what_is_missing(uow_of: UowOf) -> None:
    block = tower(uow_of())
    add_house(uow_of(), block, "2单元", room="305室", state="owned")
    assert add_houses(uow_of(), block, 2, 5, 5, state="vacant") == Filed(added=49, there=1)
    assert add_houses(uow_of(), block, 2, 5, 5) == Filed(added=0, there=50)
    states = {(cell.unit, cell.room): cell.state for cell in matrix(uow_of(), block)}
    assert (states["2", "305"], states["1", "305"]) == ("owned", "vacant")


def test_a_new_house_is_found_by_its_address_its_grid_and_its_code(uow_of: UowOf) -> None:
    key = add_house(uow_of(), tower(uow_of()), "2", room="501")
    code = house(uow_of(), key).code
    for words in ("和平路12号3幢2单元501室", "第一网格", code):
        assert key in [hit.id for hit in search(uow_of(), words) if hit.kind == "house"]
    assert search(worker(uow_of, NEXT_GRID), code) == []


# --- addresses ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts", "address"),
    [
        ("和平路12号", {}, "和平路12号"),
        ("", {"road": "和平 路", "number": "12号", "name": "三号楼"}, "和平路12号3幢"),
        ("", {"estate": "龙湖苑", "name": "8"}, "龙湖苑8幢"),
        ("和平路12号", {"name": "B座"}, "和平路12号B幢"),
        ("", {"estate": "下埔村"}, "下埔村"),
    ],
)
def test_a_building_has_one_address_however_it_is_written(
    uow_of: UowOf, text: str, parts: dict[str, str], address: str
) -> None:
    assert building(uow_of(), add_building(uow_of(), GRID, text, **parts)).address == address


@pytest.mark.parametrize(
    ("text", "values", "field"),
    [
        ("", {}, "road"),
        ("", {"name": "3"}, "road"),
        ("和平路", {}, "address"),
        ("和平路12号3幢501室", {}, "address"),
        ("和平路12号", {"floors": 0}, "floors"),
        ("和平路12号", {"structure": "99"}, "structure"),
        ("和平路12号", {"use": "住"}, "use"),
        ("和平路12号", {"built_year": "去年"}, "built_year"),
        ("和平路12号", {"code": "44059900100100099"}, "code"),
        ("和平路12号", {"polygon": [[1, 2]]}, "polygon"),
    ],
)
def test_a_building_that_cannot_be_is_refused_at_its_field(
    uow_of: UowOf, text: str, values: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        add_building(uow_of(), GRID, text, **values)
    assert set(wrong.value.fields) == {field}
    assert building_count(uow_of()) == 0


def test_buildings_stand_in_valid_general_grids_only(uow_of: UowOf) -> None:
    lead = uow_of("lead")
    school = add_area(lead, COMMUNITY, name="实验学校", kind="industry", trade="school")
    closed = add_area(lead, COMMUNITY, name="第三网格")
    close_area(lead, closed)
    for path in ("440599/001/001/601/", "440599/001/001/003/", COMMUNITY):
        with pytest.raises(Invalid) as wrong:
            tower(lead, path)
        assert "area" in wrong.value.fields
    assert school != closed


def test_the_same_address_in_sight_is_named_and_out_of_sight_is_not(uow_of: UowOf) -> None:
    tower(uow_of())
    with pytest.raises(Clash, match="和平路12号3幢"):
        tower(uow_of(), NEXT_GRID, "和平路12号三号楼")
    with pytest.raises(Clash) as unseen:
        tower(worker(uow_of, NEXT_GRID), NEXT_GRID, "和平路12号3栋")
    assert "address_key" in unseen.value.fields
    assert "和平路" not in unseen.value.sentence
    assert building_count(uow_of()) == 1


def test_buildings_are_numbered_across_the_grids_of_a_community(uow_of: UowOf) -> None:
    tower(worker(uow_of), GRID, "和平路1号")
    second = tower(worker(uow_of, NEXT_GRID), NEXT_GRID, "和平路2号")
    third = tower(worker(uow_of), GRID, "和平路3号")
    assert building(uow_of(), second).code == CODE + "00002"
    assert building(uow_of(), third).code == CODE + "00003"


def test_a_corrected_building_takes_its_houses_along(uow_of: UowOf) -> None:
    block = tower(uow_of())
    key = add_house(uow_of(), block, "1", room="101")
    edit_building(uow_of(), block, 1, number="14", built_year=1998)
    assert house(uow_of(), key).address == "和平路14号3幢1单元101室"
    assert building(uow_of(), block).title == "和平路 14 号 3幢"
    assert search(uow_of(), "和平路12号") == []
    assert {hit.id for hit in search(uow_of(), "和平路14号")} == {block, key}
    add_house(uow_of(), tower(uow_of()), "1", room="101")


def test_an_edit_without_a_new_address_leaves_the_houses_alone(uow_of: UowOf) -> None:
    block = tower(uow_of())
    key = add_house(uow_of(), block, "1", room="101")
    edit_building(uow_of(), block, 1, road="和平路", floors=7)
    assert (building(uow_of(), block).floors, house(uow_of(), key).version) == (7, 1)


def test_a_building_does_not_lose_the_floors_its_houses_stand_on(uow_of: UowOf) -> None:
    block = tower(uow_of())
    add_house(uow_of(), block, "1", room="801")
    with pytest.raises(Invalid, match="8") as wrong:
        edit_building(uow_of(), block, 1, floors=7)
    assert "floors" in wrong.value.fields


# --- doors --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "floor", "room", "address"),
    [
        ("2", 5, "501", "和平路12号3幢2单元501室"),
        ("二梯", 12, "1203房", "和平路12号3幢2单元1203室"),
        ("", 12, "03", "和平路12号3幢12层03室"),
        ("", 1, "东户", "和平路12号3幢东户"),
        ("", 2, "东户", "和平路12号3幢2层东户"),
        ("", -1, "B102", "和平路12号3幢B102室"),
        ("", 1, "", "和平路12号3幢"),
        ("", 3, "", "和平路12号3幢3层"),
    ],
)
def test_the_address_of_a_door_says_the_floor_only_when_needed(
    unit: str, floor: int, room: str, address: str
) -> None:
    found = door(parse_address("和平路12号3幢"), unit, floor, room)
    assert found.text() == address
    assert parse_address(address).key(CODE) == found.key(CODE)


def test_a_short_address_has_a_blank_between_its_parts() -> None:
    address = Address("和平路", "12", "龙湖苑", "3", "2", "", "501")
    assert short_address(address) == "和平路 12 号 龙湖苑 3幢 2单元 501室"
    assert short_address(Address(estate="下埔村")) == "下埔村"


@pytest.mark.parametrize(
    ("room", "floor"), [("101", 1), ("1203", 12), ("1203房", 12), ("B203", -2), ("03", 1), ("东户", 1)]
)
def test_a_room_number_tells_its_floor(room: str, floor: int) -> None:
    assert floor_of(room) == floor


@pytest.mark.parametrize(("floor", "room"), [(10, "1001"), (0, "01"), (-10, "B01")])
def test_a_house_stands_on_a_floor_of_its_building(uow_of: UowOf, floor: int, room: str) -> None:
    with pytest.raises(Invalid) as wrong:
        add_house(uow_of(), tower(uow_of()), "1", floor, room)
    assert "floor" in wrong.value.fields


@pytest.mark.parametrize(
    "values", [{"state": "haunted"}, {"use": "1"}, {"ownership": "x"}, {"floor_area": 0}, {"residents": 9},
               {"verified_by": "wang"}, {"code": "1"}, {"note": "\x07"}],
)  # fmt: skip
def test_a_house_that_cannot_be_is_refused_at_its_field(uow_of: UowOf, values: dict[str, object]) -> None:
    block = tower(uow_of())
    with pytest.raises(Invalid) as filed:
        add_house(uow_of(), block, "1", room="101", **values)  # type: ignore[arg-type]
    key = add_house(uow_of(), block, "1", room="102")
    with pytest.raises(Invalid) as edited:
        edit_house(uow_of(), key, 1, **values)
    assert set(filed.value.fields) == set(edited.value.fields) == set(values)
    assert house(uow_of(), key).version == 1


def test_one_door_is_filed_once(uow_of: UowOf) -> None:
    block = tower(uow_of())
    add_house(uow_of(), block, "1", room="501")
    with pytest.raises(Clash, match="1单元5层01室"):
        add_house(uow_of(), block, "一单元", 5, "01")
    second = add_house(uow_of(), block, "1", room="502")
    with pytest.raises(Clash, match="501"):
        edit_house(uow_of(), second, 1, room="501")


def test_a_corrected_door_gets_its_address_and_code(uow_of: UowOf) -> None:
    key = add_house(uow_of(), tower(uow_of()), "1", room="501")
    edit_house(uow_of(), key, 1, room="602", floor=6, state="vacant")
    seen = house(uow_of(), key)
    assert (seen.address, seen.floor, seen.state) == ("和平路12号3幢1单元602室", 6, "vacant")
    assert check_house_code(seen.code)[17:23] == "010602"
    assert [hit.title for hit in search(uow_of(), "602") if hit.kind == "house"] == [
        "和平路 12 号 3幢 1单元 602室"
    ]
    edit_house(uow_of(), key, 2, unit="1单元", room="602房")
    assert house(uow_of(), key).code == seen.code


def test_a_house_is_not_moved_above_the_roof(uow_of: UowOf) -> None:
    key = add_house(uow_of(), tower(uow_of()), "1", room="501")
    with pytest.raises(Invalid, match="9"):
        edit_house(uow_of(), key, 1, floor=10, room="1001")


def test_the_later_of_two_who_edit_a_house_sees_the_difference(uow_of: UowOf) -> None:
    key = add_house(uow_of(), tower(uow_of()), "1", room="501")
    edit_house(uow_of(), key, 1, state="rented")
    with pytest.raises(Clash) as clash:
        edit_house(uow_of(login="li"), key, 1, state="vacant")
    difference = clash.value.differences["state"]
    assert (difference.yours, difference.theirs) == ("空置", "出租")
    assert house(uow_of(), key).state == "rented"


def test_who_verifies_says_how_they_know(uow_of: UowOf) -> None:
    key = add_house(uow_of(), tower(uow_of()), "1", room="501")
    with pytest.raises(Invalid) as wrong:
        verify_house(uow_of(), key, "rumour")
    assert "source" in wrong.value.fields
    assert house(uow_of(), key).verified_at is None


# --- plans and codes ----------------------------------------------------------


def test_a_plan_numbers_rooms_as_people_do() -> None:
    two_floors = [("", 1, "101"), ("", 1, "102"), ("", 2, "201"), ("", 2, "202")]
    assert room_plan(1, 2, 2) == [RoomPlan(*room) for room in two_floors]
    assert room_plan(2, 1, 1, first_floor=12) == [RoomPlan("1", 12, "1201"), RoomPlan("2", 12, "1201")]
    assert [plan.room for plan in room_plan(1, 3, 1, first_floor=-1)] == ["B101", "101", "201"]


@pytest.mark.parametrize(
    ("counts", "field"),
    [((0, 1, 1), "units"), ((31, 1, 1), "units"), ((1, 0, 1), "floors"), ((1, 1, 100), "rooms_per_floor"),
     ((1, 1, 1, -10), "first_floor"), ((30, 200, 10), "")],
)  # fmt: skip
def test_a_plan_that_is_no_building_is_refused(counts: tuple[int, ...], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        room_plan(*counts)
    assert set(wrong.value.fields) == ({field} if field else set())


@pytest.mark.parametrize(
    ("counts", "field"), [((3, 1, 1), "units"), ((1, 10, 1), "floor"), ((1, 1, 1, 10), "floor")]
)
def test_a_plan_fits_its_building(uow_of: UowOf, counts: tuple[int, ...], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        add_houses(uow_of(), tower(uow_of()), *counts)
    assert set(wrong.value.fields) == {field}
    assert houses(uow_of(), HouseFilter()).items == []


@given(st.integers(1, 6), st.integers(1, 40), st.integers(1, 12), st.integers(-3, 5))
def test_every_room_of_a_plan_has_its_own_address_and_code(
    units: int, floors: int, rooms: int, first: int
) -> None:
    place, codes = parse_address("和平路12号3幢"), HouseCodes(CODE + "00001", [])
    plans = room_plan(units, floors, rooms, first)
    assert len(plans) == units * floors * rooms
    assert len({door(place, p.unit, p.floor, p.room).key(CODE) for p in plans}) == len(plans)
    given_codes = [codes.give(p.unit, p.floor, p.room) for p in plans]
    assert len(set(given_codes)) == len(plans)
    assert all(check_house_code(code) == code for code in given_codes)


def test_rooms_and_units_without_a_number_get_one_from_the_end(uow_of: UowOf) -> None:
    block = tower(uow_of())
    doors = [("东", "东户"), ("东", "西户"), ("西", "东户"), ("1", "3铺"), ("", "")]
    codes = [house(uow_of(), add_house(uow_of(), block, unit, room=room)).code[17:23] for unit, room in doors]
    assert codes == ["909000", "909001", "919000", "019000", "000000"]


def test_a_building_that_is_full_of_named_units_says_so() -> None:
    codes = HouseCodes(CODE + "00001", [])
    for n in range(10):
        codes.give(f"东{n}", 1, "101")
    with pytest.raises(Invalid):
        codes.give("东南", 1, "101")
