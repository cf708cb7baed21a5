"""What is seen of places, by whom, and in which order."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert

from core.kernel.problems import Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.places.commands import (
    add_area,
    add_building,
    add_house,
    add_houses,
    close_area,
    edit_house,
    verify_house,
)
from core.places.models import Area, Level
from core.places.queries import (
    HouseDetail,
    HouseFilter,
    HouseLine,
    area,
    area_names,
    areas,
    building,
    building_count,
    buildings,
    house,
    houses,
    matrix,
    my_root,
    next_grid_code,
    state_counts,
)
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf

STREET = "440599/001/"
TOMORROW = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def towers(uow_of: UowOf) -> tuple[int, int]:
    """A building of twelve rooms in each of two grids."""
    found = []
    for grid, number in ((GRID, 1), (NEXT_GRID, 2)):
        found.append(add_building(uow_of(), grid, f"和平路{number}号", floors=3, units=2))
        add_houses(uow_of(), found[-1], 2, 3, 2)
    return found[0], found[1]


def all_pages(uow: UnitOfWork, wanted: HouseFilter, limit: int) -> list[HouseLine]:
    """Every row, page by page."""
    page = houses(uow, wanted, None, limit)
    found = list(page.items)
    while page.after:
        page = houses(uow, wanted, page.after, limit)
        found += page.items
    return found


# --- who may not --------------------------------------------------------------


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_administrators_see_areas_and_no_houses(uow_of: UowOf, towers: tuple[int, int], role: str) -> None:
    uow = uow_of(role, "440599/")
    for look in (
        lambda: houses(uow, HouseFilter()),
        lambda: house(uow, 1),
        lambda: building(uow, towers[0]),
        lambda: buildings(uow),
        lambda: matrix(uow, towers[0]),
        lambda: state_counts(uow),
        lambda: building_count(uow),
    ):
        with pytest.raises(Refused):
            look()
    assert my_root(uow).name == "示例区"


def test_a_grid_worker_sees_only_what_stands_in_the_grid(uow_of: UowOf, towers: tuple[int, int]) -> None:
    uow = uow_of("grid_worker", GRID)
    mine, theirs = towers
    away = matrix(uow_of(), theirs)[0].house_id
    for under in ("", COMMUNITY, GRID):
        assert {line.area for line in houses(uow, HouseFilter(under=under)).items} == {GRID}
        assert [line.id for line in buildings(uow, under).items] == [mine]
        assert (building_count(uow, under), sum(state_counts(uow, under).values())) == (1, 12)
    assert houses(uow, HouseFilter(under=NEXT_GRID)).items == []
    assert houses(uow, HouseFilter(building_id=theirs)).items == []
    for look in (lambda: house(uow, away), lambda: building(uow, theirs), lambda: matrix(uow, theirs)):
        with pytest.raises(Missing):
            look()


def test_an_analyst_sees_houses_and_nobody_in_them(uow_of: UowOf, towers: tuple[int, int]) -> None:
    uow = uow_of("analyst")
    key = houses(uow, HouseFilter()).items[0].id
    assert house(uow, key).building_id == towers[0]
    names = {f.name for form in (HouseDetail, HouseLine) for f in fields(form)}
    assert not names & {"people", "persons", "names", "household", "head", "owner", "phone"}


# --- areas --------------------------------------------------------------------


def test_everybody_sees_their_branch_and_the_names_above_it(uow_of: UowOf) -> None:
    uow = uow_of("grid_worker", GRID)
    assert [line.area for line in areas(uow)] == [GRID]
    assert [line.name for line in areas(uow, under=COMMUNITY)] == ["第一网格"]
    assert area(uow, GRID).chain == [
        ("440599/", "示例区"), (STREET, "海棠街道"), (COMMUNITY, "金湾社区"), (GRID, "第一网格")]  # fmt: skip
    assert area_names(uow, [COMMUNITY, GRID, NEXT_GRID, "9/"]) == {COMMUNITY: "金湾社区", GRID: "第一网格"}
    assert my_root(uow).area == GRID


def test_areas_are_listed_from_above_by_level_and_without_closed_ones(uow_of: UowOf) -> None:
    lead = uow_of("lead", "440599/")
    close_area(lead, area(lead, NEXT_GRID).id)
    assert [line.level for line in areas(lead)] == ["district", "street", "community", "grid"]
    assert [line.area for line in areas(lead, level="grid", with_closed=True)] == [GRID, NEXT_GRID]
    assert [line.area for line in areas(lead, under=STREET, level="community")] == [COMMUNITY]


def test_an_area_counts_the_valid_ones_right_under_it(uow_of: UowOf) -> None:
    lead = uow_of("lead", "440599/")
    assert (area(lead, COMMUNITY).children, area(lead, STREET).children, area(lead, GRID).children) == (
        2,
        1,
        0,
    )
    close_area(lead, area(lead, NEXT_GRID).id)
    assert area(lead, str(area(lead, COMMUNITY).id)).children == 1


def test_a_job_begins_at_the_root_and_an_empty_office_says_what_to_do(uow_of: UowOf) -> None:
    assert my_root(uow_of("job", "")).area == "440599/"
    with pytest.raises(Missing):
        my_root(uow_of("lead", "440512/"))


@pytest.mark.parametrize("path", ["440599/002/", "nowhere/", "1", "", "x" * 300])
def test_an_area_that_is_not_there_is_missing(uow_of: UowOf, path: str) -> None:
    with pytest.raises(Missing):
        area(uow_of(), path)


def test_grid_numbers_are_for_communities_and_run_out(uow_of: UowOf) -> None:
    with pytest.raises(Invalid):
        next_grid_code(uow_of(), STREET)
    add_area(uow_of("lead"), COMMUNITY, name="最后网格", code="440599001001600")
    with pytest.raises(Invalid):
        next_grid_code(uow_of(), COMMUNITY)
    assert next_grid_code(uow_of(), COMMUNITY, "industry") == "440599001001601"


# --- houses -------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 5, 12, 24, 50])
def test_pages_show_every_house_once(uow_of: UowOf, towers: tuple[int, int], limit: int) -> None:
    found = all_pages(uow_of(), HouseFilter(), limit)
    assert len(found) == len({line.id for line in found}) == 24
    assert [line.area for line in found] == [GRID] * 12 + [NEXT_GRID] * 12
    assert [line.room for line in found[:6]] == ["101", "102", "201", "202", "301", "302"]


@pytest.mark.parametrize("token", ["x", "a~b", "~", "a~1~2", "440599/~１２x", "a~" + "9" * 30])
def test_a_page_key_that_somebody_changed_starts_at_the_beginning(
    uow_of: UowOf, towers: tuple[int, int], token: str
) -> None:
    assert houses(uow_of(), HouseFilter(), token, 3) == houses(uow_of(), HouseFilter(), None, 3)


def test_houses_are_chosen_by_place_state_use_building_and_freshness(
    uow_of: UowOf, towers: tuple[int, int]
) -> None:
    uow, (first, second) = uow_of(), towers
    keys = [cell.house_id for cell in matrix(uow, first)]
    edit_house(uow, keys[0], 1, state="rented", use="31")
    verify_house(uow, keys[1], "visit")

    def count(**wanted: object) -> int:
        return len(all_pages(uow, HouseFilter(**wanted), 50))  # type: ignore[arg-type]

    assert (count(under=GRID), count(under=COMMUNITY), count(building_id=second)) == (12, 24, 12)
    assert (count(state="rented"), count(use="31"), count(state="rented", use="10")) == (1, 1, 0)
    assert (count(fresh_before=TOMORROW), count(fresh_before=TOMORROW - timedelta(days=9))) == (24, 23)


def test_states_are_counted_with_those_nobody_has(uow_of: UowOf, towers: tuple[int, int]) -> None:
    uow = uow_of()
    edit_house(uow, matrix(uow, towers[0])[0].house_id, 1, state="rented")
    assert state_counts(uow) == {"owned": 0, "rented": 1, "vacant": 0, "business": 0, "unknown": 23}
    assert state_counts(uow, NEXT_GRID)["unknown"] == 12


def test_the_matrix_begins_at_the_top_and_counts_as_people_do(uow_of: UowOf) -> None:
    block = add_building(uow_of(), GRID, "和平路9号", floors=12, units=12)
    for unit, room in (
        ("2", "1201"),
        ("10", "1201"),
        ("1", "203"),
        ("2", "1210"),
        ("2", "1202"),
        ("1", "B101"),
    ):
        add_house(uow_of(), block, unit, room=room)
    cells = [(cell.floor, cell.unit, cell.room) for cell in matrix(uow_of(), block)]
    assert cells == [
        (12, "2", "1201"),
        (12, "2", "1202"),
        (12, "2", "1210"),
        (12, "10", "1201"),
        (2, "1", "203"),
        (-1, "1", "B101"),
    ]


def test_a_building_says_where_it_stands_and_how_many_houses_it_has(
    uow_of: UowOf, towers: tuple[int, int]
) -> None:
    seen = building(uow_of(), towers[1])
    assert (seen.title, seen.houses, seen.chain[-1]) == ("和平路 2 号", 12, (NEXT_GRID, "第二网格"))
    first = buildings(uow_of(), limit=1)
    second = buildings(uow_of(), after=first.after, limit=1)
    assert [(line.id, line.houses) for line in (*first.items, *second.items)] == [(key, 12) for key in towers]
    assert second.after is None
    assert building_count(uow_of()) == 2


@pytest.mark.parametrize("key", [0, 77, "", "x", "-1", "１2x", "9" * 30])
def test_a_house_or_building_that_is_not_there_is_missing(uow_of: UowOf, key: int | str) -> None:
    for look in (house, building, matrix):
        with pytest.raises(Missing):
            look(uow_of(), key)


@pytest.mark.parametrize(
    ("wanted", "token", "index"),
    [
        (HouseFilter(), "440599/001/001/001/~1", "ix_house_area"),
        (HouseFilter(state="vacant"), "440599/001/001/001/~1", "ix_house_state_area"),
        (HouseFilter(building_id=1), None, "ix_house_map"),
    ],
)
@pytest.mark.sqlite
def test_a_page_of_houses_walks_along_an_index(
    uow_of: UowOf, wanted: HouseFilter, token: str | None, index: str
) -> None:
    engine, said = uow_of().office.reader, []
    event.listen(
        engine, "before_cursor_execute", lambda _c, _u, sql, values, *_rest: said.append((sql, values))
    )
    houses(uow_of(), wanted, token)
    sql, values = next((sql, values) for sql, values in said if "FROM house" in sql)
    if token:
        assert sql.index("(house.area, house.id) >") < sql.index("house.area >=")
    with engine.connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert index in plan[0]
    assert token is None or len(plan) == 1


def test_the_level_of_a_listed_area_is_a_level(uow_of: UowOf) -> None:
    with uow_of().office.writer.begin() as connection:
        row = {
            "id": 9,
            "version": 1,
            "area": "440600/",
            "code": "440600",
            "name": "示例市",
            "level": Level.CITY,
        }
        connection.execute(insert(Area), [{**row, "kind": "general", "trade": ""}])
    assert my_root(uow_of("lead", "440600/")).level is Level.CITY
