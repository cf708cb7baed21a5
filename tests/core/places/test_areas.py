"""The area tree: official lists loaded, grids numbered, areas renamed and closed."""

import csv
from pathlib import Path

import pytest
from sqlmodel import select

from core.kernel.audit import AuditEntry
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.search import search
from core.kernel.unit_of_work import UnitOfWork
from core.places.commands import (
    Loaded,
    add_area,
    add_building,
    add_houses,
    close_area,
    edit_area,
    load_areas,
)
from core.places.models import Level
from core.places.queries import Extent, area, areas, extent, next_grid_code
from core.places.rules import level_of, path_of
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf

SHANTOU = Path(__file__).parents[3] / "data" / "areas" / "shantou.csv"
STREET = "440599/001/"
Rows = list[dict[str, str]]

DISTRICT_LIST = [
    {"code": "440599", "level": "county", "name": "示例区", "parent": ""},
    {"code": "440599001", "level": "street", "name": "海棠街道", "parent": "440599"},
    {"code": "440599001001", "level": "community", "name": "金湾社区", "parent": "440599001"},
]
FARTHER = {"code": "440599001002", "level": "community", "name": "银湾社区", "parent": "440599001"}


def shantou() -> Rows:
    """The divisions that ship with the product."""
    with SHANTOU.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def log(uow: UnitOfWork) -> list[AuditEntry]:
    """The whole audit log, oldest first."""
    with uow.office.reader.connect() as connection:
        return [AuditEntry(**row) for row in connection.execute(select(AuditEntry).order_by("id")).mappings()]


def paths(uow: UnitOfWork, *, with_closed: bool = False) -> list[str]:
    """The paths in sight."""
    return [line.area for line in areas(uow, with_closed=with_closed)]


# --- who may not --------------------------------------------------------------


@pytest.mark.parametrize("role", ["grid_worker", "clerk", "department", "analyst", "audit_admin"])
def test_only_leads_and_the_system_administrator_change_areas(uow_of: UowOf, role: str) -> None:
    before = paths(uow_of())
    for attempt in (
        lambda: load_areas(uow_of(role), [*DISTRICT_LIST, FARTHER]),
        lambda: add_area(uow_of(role), COMMUNITY, name="新网格"),
        lambda: edit_area(uow_of(role), 1003, None, name="改名"),
        lambda: close_area(uow_of(role), 1003),
    ):
        with pytest.raises(Refused):
            attempt()
    assert paths(uow_of()) == before
    assert [(line.permission, line.outcome) for line in log(uow_of())] == [("area.edit", "refused")] * 4


def test_the_lead_of_a_community_does_not_change_what_is_above_or_beside_it(uow_of: UowOf) -> None:
    lead = uow_of("lead", COMMUNITY)
    for attempt in (
        lambda: edit_area(lead, 1001, None, name="别的街道"),
        lambda: add_area(lead, STREET, name="银湾社区", code="440599001002"),
        lambda: load_areas(lead, [*DISTRICT_LIST, FARTHER]),
    ):
        with pytest.raises(Refused):
            attempt()
    assert [line.outcome for line in log(lead)] == ["refused"] * 3
    assert area(uow_of("job", ""), STREET).name == "海棠街道"


def test_an_area_of_another_branch_is_not_there(uow_of: UowOf) -> None:
    with pytest.raises(Missing):
        close_area(uow_of("lead", GRID), 1004)
    with pytest.raises(Missing):
        area(uow_of("grid_worker", GRID), NEXT_GRID)


# --- loading ------------------------------------------------------------------


def test_the_divisions_of_a_city_are_loaded_once_and_then_stay(uow_of: UowOf) -> None:
    job = uow_of("job", "", "areas")
    assert load_areas(job, shantou()) == Loaded(added=1166, changed=0, closed=0, same=0)
    lines = len(log(job))
    assert load_areas(job, shantou()) == Loaded(added=0, changed=0, closed=0, same=1166)
    assert len(log(job)) == lines
    assert area(job, "440500/12/").name == "濠江区"
    assert len(areas(job, under="440500/12/", level="street")) == 7
    assert area(job, "440500/12/001/").chain == [
        ("440500/", "汕头市"), ("440500/12/", "濠江区"), ("440500/12/001/", "达濠街道")]  # fmt: skip


def test_one_county_of_a_list_can_be_the_root(uow_of: UowOf) -> None:
    job = uow_of("job", "")
    done = load_areas(job, shantou(), root="440512")
    found = areas(job, under="440512/")
    assert done.added == len(found) == 1 + 7 + 61
    assert found[0].level == Level.DISTRICT
    assert {line.area.count("/") for line in found} == {1, 2, 3}
    assert load_areas(job, shantou(), root="440512").same == len(found)


def test_a_part_of_a_list_is_filed_under_what_is_there(uow_of: UowOf) -> None:
    lead = uow_of("lead", "440599/")
    assert load_areas(lead, [FARTHER]).added == 1
    assert area(lead, "440599/001/002/").name == "银湾社区"


def test_what_is_no_longer_in_the_list_is_closed_and_its_grids_stay(uow_of: UowOf) -> None:
    lead = uow_of("lead", "440599/")
    load_areas(lead, [*DISTRICT_LIST, FARTHER])
    grid = area(lead, add_area(lead, "440599/001/002/", name="第一网格")).area
    assert load_areas(lead, DISTRICT_LIST) == Loaded(added=0, changed=0, closed=1, same=3)
    assert "440599/001/002/" not in paths(lead)
    assert "440599/001/002/" in paths(lead, with_closed=True)
    assert {GRID, NEXT_GRID, grid} <= set(paths(lead))
    assert load_areas(lead, DISTRICT_LIST).closed == 0
    assert load_areas(lead, [*DISTRICT_LIST, FARTHER]).changed == 1
    assert area(lead, "440599/001/002/").valid_to is None


def test_a_new_name_in_the_list_changes_the_area(uow_of: UowOf) -> None:
    lead = uow_of("lead", "440599/")
    rows = [*DISTRICT_LIST[:2], {**DISTRICT_LIST[2], "name": "金湾湖社区"}]
    assert load_areas(lead, rows) == Loaded(added=0, changed=1, closed=0, same=2)
    assert log(lead)[-1].changes["name"] == ["金湾社区", "金湾湖社区"]
    assert next(hit.area for hit in search(uow_of(), "金湾湖")) == COMMUNITY


@pytest.mark.parametrize(
    ("row", "line", "word"),
    [
        ({**FARTHER, "parent": "440599009"}, 5, "440599009"),
        ({**FARTHER, "code": "440599001001"}, 5, "4"),
        ({**FARTHER, "level": "galaxy"}, 5, "galaxy"),
        ({**FARTHER, "code": "44059900100"}, 5, "12"),
        ({**FARTHER, "code": "440598001002"}, 5, "440599001"),
        ({**FARTHER, "parent": "440599"}, 5, "银湾社区"),
        ({**FARTHER, "name": ""}, 5, ""),
    ],
)
def test_a_list_with_a_wrong_line_names_it_and_changes_nothing(
    uow_of: UowOf, row: dict[str, str], line: int, word: str
) -> None:
    lead = uow_of("lead", "440599/")
    with pytest.raises(Invalid) as wrong:
        load_areas(lead, [*DISTRICT_LIST, row])
    assert str(line) in wrong.value.sentence
    assert word in wrong.value.sentence
    assert log(lead) == []


def test_a_tree_with_another_root_is_not_mixed_in(uow_of: UowOf) -> None:
    city = {"code": "440500", "level": "city", "name": "示例市", "parent": ""}
    with pytest.raises(Invalid, match="示例区"):
        load_areas(uow_of("job", ""), [city, {**DISTRICT_LIST[0], "parent": "440500"}])


def test_a_root_that_the_list_does_not_have_is_named(uow_of: UowOf) -> None:
    with pytest.raises(Invalid, match="440513"):
        load_areas(uow_of("job", ""), DISTRICT_LIST, root="440513")


# --- rules --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "above", "path"),
    [
        ("440599", None, "440599/"),
        ("440599001", ("440599/", "440599"), "440599/001/"),
        ("440512", ("440500/", "440500"), "440500/12/"),
        ("440500", ("440000/", "440000"), "440000/0500/"),
        ("441900003", ("441900/", "441900"), "441900/00003/"),
        ("440599001001001", ("440599/001/001/", "440599001001"), "440599/001/001/001/"),
        ("440598001", ("440599/", "440599"), ""),
        ("440599", ("440599/", "440599"), ""),
    ],
)
def test_a_path_is_made_of_the_own_parts_of_the_codes(
    code: str, above: tuple[str, str] | None, path: str
) -> None:
    assert path_of(code, above) == path


def test_official_words_for_levels_are_understood() -> None:
    assert (level_of("county"), level_of("Town "), level_of("grid"), level_of("planet")) == (
        Level.DISTRICT, Level.STREET, Level.GRID, None)  # fmt: skip


# --- one at a time ------------------------------------------------------------


def test_grids_get_the_next_number_of_their_kind(uow_of: UowOf) -> None:
    lead = uow_of("lead")
    assert next_grid_code(lead, COMMUNITY) == "440599001001003"
    third = add_area(lead, COMMUNITY, name="第三网格")
    school = add_area(lead, COMMUNITY, name="实验学校", kind="industry", trade="school")
    assert area(lead, third).code == "440599001001003"
    assert (area(lead, school).area, area(lead, school).trade) == ("440599/001/001/601/", "school")
    assert next_grid_code(lead, COMMUNITY, "industry") == "440599001001602"
    assert area(lead, third).valid_from is not None


def test_the_code_of_a_closed_grid_is_never_used_again(uow_of: UowOf) -> None:
    lead = uow_of("lead")
    third = add_area(lead, COMMUNITY, name="第三网格")
    close_area(lead, third)
    assert next_grid_code(lead, COMMUNITY) == "440599001001004"
    with pytest.raises(Clash):
        add_area(lead, COMMUNITY, name="又是第三网格", code="440599001001003")


@pytest.mark.parametrize(
    ("parent", "values", "field"),
    [
        (GRID, {"name": "小格"}, ""),
        (COMMUNITY, {"name": "新网格", "level": "street"}, "level"),
        (COMMUNITY, {"name": "新网格", "code": "440599001002001"}, "code"),
        (COMMUNITY, {"name": "新网格", "code": "440599001001601"}, "code"),
        (COMMUNITY, {"name": "新网格", "code": "12"}, "code"),
        (COMMUNITY, {"name": "新网格", "trade": "school"}, "trade"),
        (COMMUNITY, {"name": "新网格", "kind": "secret"}, "kind"),
        (COMMUNITY, {"name": ""}, "name"),
        (COMMUNITY, {"name": "新网格", "polygon": [[[116.7, 23.3], [116.8, 23.3]]]}, "polygon"),
        (
            COMMUNITY,
            {"name": "新网格", "polygon": [[[23.3, 116.7], [23.3, 116.8], [23.4, 116.8]]]},
            "polygon",
        ),
        (COMMUNITY, {"name": "新网格", "polygon": "圆"}, "polygon"),
        (COMMUNITY, {"name": "新网格", "lon": 12}, "lon"),
        (COMMUNITY, {"name": "新网格", "valid_to": "2020-01-01"}, "valid_to"),
    ],
)
def test_an_area_that_cannot_be_is_refused_at_its_field(
    uow_of: UowOf, parent: str, values: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        add_area(uow_of("lead"), parent, **values)  # type: ignore[arg-type]
    assert set(wrong.value.fields) == ({field} if field else set())
    assert log(uow_of()) == []


def test_a_boundary_is_kept_as_closed_rings(uow_of: UowOf) -> None:
    corners = [[116.7, 23.3], [116.8, 23.3], [116.8, 23.4]]
    edit_area(uow_of("lead"), 1003, 1, polygon=[corners])
    assert area(uow_of(), GRID).polygon == [[*corners, corners[0]]]
    edit_area(uow_of("lead"), 1003, 2, polygon=None)
    assert area(uow_of(), GRID).polygon is None


def test_code_and_level_stay_for_ever(uow_of: UowOf) -> None:
    with pytest.raises(Invalid) as wrong:
        edit_area(uow_of("lead"), 1003, None, code="440599001001009", area="440599/", name="第一网格")
    assert set(wrong.value.fields) == {"code", "area"}


def test_the_later_of_two_who_rename_an_area_sees_the_difference(uow_of: UowOf) -> None:
    edit_area(uow_of("lead"), 1003, 1, name="东网格")
    with pytest.raises(Clash) as clash:
        edit_area(uow_of("lead", login="li"), 1003, 1, name="西网格")
    assert clash.value.differences["name"].theirs == "东网格"
    assert area(uow_of(), GRID).name == "东网格"


def test_houses_are_found_by_the_new_name_of_their_grid(uow_of: UowOf) -> None:
    building = add_building(uow_of(), GRID, "和平路12号", floors=2)
    add_houses(uow_of(), building, units=1, floors=2, rooms_per_floor=1)
    edit_area(uow_of("lead"), 1003, None, name="凤凰网格")
    kinds = sorted(hit.kind for hit in search(uow_of(), "凤凰"))
    assert kinds == ["area", "building", "house", "house"]
    assert {hit.kind for hit in search(uow_of(), "第一网格")} <= {"area"}
    assert {hit.body.split()[0] for hit in search(uow_of(), "凤凰") if hit.kind == "house"} == {"金湾社区"}


def test_an_area_is_closed_only_when_nothing_stands_in_it(uow_of: UowOf) -> None:
    lead = uow_of("lead")
    building = add_building(uow_of(), GRID, "和平路12号", floors=2)
    add_houses(uow_of(), building, units=1, floors=2, rooms_per_floor=3)
    for _n in range(6):
        add_area(lead, COMMUNITY, name="空网格")
    with pytest.raises(Invalid) as grid:
        close_area(lead, 1003)
    assert "1" in grid.value.sentence
    assert "6" in grid.value.sentence
    with pytest.raises(Invalid) as community:
        close_area(lead, 1002)
    assert "第一网格、第二网格、空网格" in community.value.sentence
    close_area(lead, 1004)
    assert NEXT_GRID not in paths(lead)
    with pytest.raises(Invalid, match="第二网格"):
        close_area(lead, 1004)


def test_what_is_drawn_of_an_area_is_its_boundary_or_what_lies_below_it(uow_of: UowOf) -> None:
    lead = uow_of("lead")
    assert extent(lead, COMMUNITY) is None
    add_building(uow_of(), GRID, "和平路12号", lon=116.74, lat=23.27)
    assert extent(lead, COMMUNITY) == Extent(116.74, 23.27, 116.74, 23.27)
    edit_area(
        lead,
        1003,
        None,
        polygon=[[[116.73, 23.26], [116.75, 23.26], [116.75, 23.28], [116.73, 23.26]]],
    )
    assert extent(uow_of("lead"), COMMUNITY) == Extent(116.73, 23.26, 116.75, 23.28)
