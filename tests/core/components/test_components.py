"""Components: coded, placed, edited, moved, put into states and taken over from older lists."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from core.components.commands import (
    Unmapped,
    add_component,
    edit_component,
    import_components,
    move_component,
    remove_component,
    set_state,
    verify_component,
)
from core.components.queries import (
    ComponentFilter,
    component,
    components,
    numbers,
    of_house,
    open_work,
    trail,
)
from core.kernel.access import job
from core.kernel.audit import AuditEntry
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.search import search
from core.places.commands import add_building, add_house, edit_area
from core.places.queries import areas
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.components.conftest import BENCH, LAT, LON, SQUARE, TREE, bench, valve

TODAY = date.today()


def draw(uow_of: UowOf, path: str = GRID) -> None:
    """Give a grid a boundary."""
    uow = uow_of().office.uow(job("test"))
    found = next(line for line in areas(uow) if line.area == path)
    edit_area(uow, found.id, None, polygon=SQUARE)


# --- who may not --------------------------------------------------------------


@pytest.mark.parametrize("role", ["analyst", "department", "system_admin", "security_admin", "audit_admin"])
def test_who_only_looks_files_nothing(uow_of: UowOf, role: str) -> None:
    for attempt in (lambda: bench(uow_of(role)), lambda: remove_component(uow_of(role), 1, reason="拆除")):
        with pytest.raises(Refused):
            attempt()
    assert numbers(uow_of()).standing == 0


def test_another_branch_sees_nothing_and_changes_nothing(uow_of: UowOf) -> None:
    there = bench(uow_of(), area=NEXT_GRID)
    worker = uow_of("grid_worker", GRID, "chen")
    for attempt in (
        lambda: component(worker, there),
        lambda: edit_component(worker, there, seen=1, owner_name="某公司"),
        lambda: set_state(worker, there, "broken", reason="断裂"),
        lambda: move_component(worker, there, LON, LAT),
        lambda: verify_component(worker, there, "visit"),
    ):
        with pytest.raises(Missing):
            attempt()
    with pytest.raises(Refused):
        bench(worker, area=NEXT_GRID)
    assert components(worker, ComponentFilter()).items == []
    assert numbers(worker).standing == 0


# --- the story ----------------------------------------------------------------


def test_a_component_gets_the_code_of_the_standard(uow_of: UowOf) -> None:
    uow = uow_of("grid_worker", GRID, "chen")
    keys = [bench(uow), bench(uow), add_component(uow, TREE, area=GRID)]
    codes = [component(uow, key).code for key in keys]
    assert codes == ["44059904007000001", "44059904007000002", "44059904002000001"]
    elsewhere = bench(uow_of("grid_worker", NEXT_GRID), area=NEXT_GRID)
    assert component(uow_of(), elsewhere).code == "44059904007000003"


def test_the_position_tells_the_grid(uow_of: UowOf) -> None:
    draw(uow_of)
    key = add_component(uow_of(), BENCH, lon=LON, lat=LAT, accuracy="B")
    assert component(uow_of(), key).area == GRID
    with pytest.raises(Invalid) as trouble:
        add_component(uow_of(), BENCH, lon=117.5, lat=24.0)
    assert "area" in trouble.value.fields
    with pytest.raises(Invalid) as trouble:
        bench(uow_of(), lon=116.80)
    assert "第一网格" in trouble.value.fields["lon"]
    assert bench(uow_of(), lon=116.7452), "twenty metres over the line, in the middle of the road"


def test_its_life_with_reasons_and_a_record_that_stays(uow_of: UowOf) -> None:
    uow = uow_of("grid_worker", GRID, "chen")
    key = bench(uow, initial_on=TODAY - timedelta(days=900), owner_name="示例区市政中心")
    set_state(uow, key, "broken", TODAY - timedelta(days=3), "椅面断裂")
    assert open_work(uow)["broken"] == 1
    verify_component(uow, key, "visit")
    edit_component(uow, key, seen=None, maintainer_name="海棠养护公司", note="待更换")
    move_component(uow, key, LON + 0.0001, LAT, "A")
    remove_component(uow, key, reason="道路改造")
    seen = component(uow, key)
    assert (seen.state, seen.values["changed_on"], seen.values["accuracy"]) == ("removed", TODAY, "A")
    assert numbers(uow).by_state == {"removed": 1} and numbers(uow).standing == 0
    assert components(uow, ComponentFilter()).items == []
    assert [c.id for c in components(uow, ComponentFilter(state="removed")).items] == [key]
    assert bench(uow) and component(uow, key).code == "44059904007000001"
    reasons = [line.reason for line in trail(uow, key)]
    assert "道路改造" in reasons and "椅面断裂" in reasons


def test_the_list_narrows_by_class_state_unit_and_words(uow_of: UowOf) -> None:
    uow = uow_of("lead")
    one = bench(uow, owner_name="示例区园林中心")
    two = add_component(uow, TREE, area=NEXT_GRID, maintainer_name="海棠养护公司")
    gas = valve(uow)
    for wanted, found in (
        (ComponentFilter(), [one, gas, two]),
        (ComponentFilter(major="04"), [one, two]),
        (ComponentFilter(minor=TREE), [two]),
        (ComponentFilter(under=NEXT_GRID), [two]),
        (ComponentFilter(owner="养护"), [two]),
        (ComponentFilter(words="座椅"), [one]),
        (ComponentFilter(words="44059904002"), [two]),
        (ComponentFilter(words="100%_"), []),
        (ComponentFilter(todo="position"), [two]),
        (ComponentFilter(stale_days=30), [one, gas, two]),
    ):
        assert [line.id for line in components(uow, wanted).items] == found, wanted
    first = components(uow, ComponentFilter(), limit=2)
    assert [line.id for line in components(uow, ComponentFilter(), first.after).items] == [two]
    assert numbers(uow).by_major == {"01": 1, "04": 2}
    assert [hit.id for hit in search(uow, "街头座椅", kinds=("component",))] == [one]


def test_what_stands_at_a_house(uow_of: UowOf) -> None:
    home = add_house(uow_of(), add_building(uow_of(), GRID, "海滨路12号", floors=2), room="101")
    key = add_component(uow_of(), BENCH, house_id=home)
    assert component(uow_of(), key).address == "海滨路 12 号 101室"
    assert [line.id for line in of_house(uow_of(), home)] == [key]


# --- bad input ----------------------------------------------------------------


def test_swapped_degrees_are_named_and_put_right(uow_of: UowOf) -> None:
    with pytest.raises(Invalid) as trouble:
        bench(uow_of(), lon=LAT, lat=LON)
    assert "颠倒" in trouble.value.fields["lon"] and str(LON) in trouble.value.fields["lon"]


@pytest.mark.parametrize(("lon", "lat"), [(2.35, 48.86), (200.0, 23.0), (116.7, -23.0)])
def test_a_position_outside_of_the_country_is_refused(uow_of: UowOf, lon: float, lat: float) -> None:
    with pytest.raises(Invalid) as trouble:
        bench(uow_of(), lon=lon, lat=lat)
    assert set(trouble.value.fields) <= {"lon", "lat"}


def test_what_else_cannot_be(uow_of: UowOf) -> None:
    uow = uow_of()
    key = bench(uow)
    for attempt in (
        lambda: add_component(uow, "99001", area=GRID),
        lambda: add_component(uow, "", area=GRID),
        lambda: add_component(uow, BENCH, area=COMMUNITY),
        lambda: add_component(uow, BENCH, area=GRID, lon=LON),
        lambda: bench(uow, owner_code="91440599MA000001X0"),
        lambda: set_state(uow, key, "removed", reason="拆除"),
        lambda: set_state(uow, key, "broken"),
        lambda: set_state(uow, key, "broken", TODAY + timedelta(days=1), "断裂"),
        lambda: remove_component(uow, key, date(1990, 1, 1), "拆除"),
        lambda: edit_component(uow, key, seen=1, code="44059904007000099"),
        lambda: edit_component(uow, key, seen=1, lon=1.0),
        lambda: verify_component(uow, key, "rumour"),
    ):
        with pytest.raises(Invalid):
            attempt()
    edit_component(uow, key, seen=1, owner_name="甲")
    with pytest.raises(Clash):
        edit_component(uow, key, seen=1, owner_name="乙")


# --- older lists --------------------------------------------------------------


def test_an_older_list_is_taken_over_once_and_says_what_it_could_not(uow_of: UowOf) -> None:
    draw(uow_of)
    rows: list[dict[str, object]] = [
        {"code": "4405990101000007", "lon": LON, "lat": LAT, "state": "完好", "owner_name": "自来水公司"},
        {"code": "4405990407000001", "grid": "440599001001002", "state": "破损"},
        {"code": "4405990602000001", "lon": LON, "lat": LAT},
        {"code": "440599", "lon": LON, "lat": LAT},
        {"code": "4405990402000001", "lon": LAT, "lat": LON},
        {"code": "4405990402000002", "grid": "440599001009001"},
        {"code": "4405990402000003", "lon": "东经", "lat": LAT},
    ]
    uow = uow_of("lead")
    done = import_components(uow, rows)
    assert (done.added, done.same) == (2, 0)
    assert done.near == [(2, "4405990101000007"), (3, "4405990407000001")]
    assert [(one.line, one.code) for one in done.unmapped] == [
        (4, "4405990602000001"),
        (5, "440599"),
        (6, "4405990402000001"),
        (7, "4405990402000002"),
        (8, "4405990402000003"),
    ]
    assert isinstance(done.unmapped[0], Unmapped) and "工地" in done.unmapped[0].reason
    assert "颠倒" in done.unmapped[2].reason
    lines = components(uow, ComponentFilter()).items
    assert [(line.class_name, line.state) for line in lines] == [
        ("供水井盖", "intact"),
        ("街头座椅", "broken"),
    ]
    assert component(uow, lines[0].id).values["former_code"] == "4405990101000007"
    again = import_components(uow, rows[:2])
    assert (again.added, again.same) == (0, 2)


def test_the_log_tells_who_filed_what(uow_of: UowOf) -> None:
    key = bench(uow_of("grid_worker", GRID, "chen"))
    with uow_of().office.reader.connect() as connection:
        rows = connection.execute(select(AuditEntry)).mappings()
        [line] = [AuditEntry(**row) for row in rows if row["about"] == f"Component/{key}"]
    assert (line.who, line.permission, line.area) == ("chen", "component.edit", GRID)
    assert line.changes["lon"] == [None, LON]
