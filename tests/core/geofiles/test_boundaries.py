"""Boundaries from files: looked at row by row, taken in as a whole, taken back as a whole."""

import pytest
import shapely

from core.geofiles.commands import import_boundaries, undo_boundaries
from core.geofiles.queries import Wanted, boundary_batches, boundary_plan
from core.kernel.access import job
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.places.commands import edit_area
from core.places.queries import area, areas
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.conftest import log
from tests.core.geofiles.files import Row, geojson, square

FIRST, NEXT = "440599001001001", "440599001001002"
LAND = square(116.70, 23.30, 0.1)


@pytest.fixture
def drawn(office: Office) -> Office:
    """The community and its first grid have a boundary."""
    machine = office.uow(job("test"))
    for path, shape in ((COMMUNITY, LAND), (GRID, square(116.70, 23.30))):
        edit_area(machine, area(machine, path).id, None, polygon=[list(shape.exterior.coords)])
    return office


def rows(*more: Row) -> bytes:
    """A file of the usual kind: the first grid as it is, the next one drawn, a third that is new."""
    return geojson(
        [
            ({"编码": FIRST, "名称": "第一网格"}, square(116.70, 23.30)),
            ({"编码": NEXT, "名称": "第二网格"}, square(116.71, 23.30)),
            ({"编码": "440599001001003", "名称": "第三网格"}, square(116.72, 23.30)),
            *more,
        ]
    )


def test_a_plan_tells_what_each_row_would_do(drawn: Office, uow_of: UowOf) -> None:
    found = boundary_plan(uow_of("lead"), rows(), "网格.geojson")
    assert [(row.state, row.title) for row in found.plan.rows] == [
        ("same", f"第一网格 {FIRST}"),
        ("changed", f"第二网格 {NEXT}"),
        ("new", "第三网格 440599001001003"),
    ]
    label, before, after = found.plan.rows[1].changes[0]
    assert (label, before) == ("边界", "无") and after.endswith("平方米")
    assert found.roles == {"code": "编码", "name": "名称", "trade": ""}
    assert len(found.outlines) == 3 and found.outlines[0][3]["type"] == "Polygon"
    assert area(uow_of(), NEXT_GRID).polygon is None, "a plan changes nothing"


def test_what_is_good_is_taken_in_and_taken_back(drawn: Office, uow_of: UowOf) -> None:
    uow = uow_of("lead")
    bad = ({"编码": "440599001001004", "名称": "第四网格"}, shapely.Point(116.75, 23.35))
    batch = import_boundaries(uow, rows(bad), "网格.geojson")
    third = next(one for one in areas(uow, level="grid") if one.name == "第三网格")
    made = area(uow, third.id)
    assert (made.code, made.area) == ("440599001001003", f"{COMMUNITY}003/")
    assert made.polygon and made.lon and abs(made.lon - 116.725) < 0.01
    assert area(uow, NEXT_GRID).polygon is not None
    [line] = boundary_batches(uow)
    assert (line.added, line.changed, line.left_out, line.by) == (1, 1, 2, "wang")
    assert {
        entry.reason for entry in log(drawn) if entry.about.startswith("Area/") and entry.who == "wang"
    } == {"网格.geojson"}
    undo_boundaries(uow, batch)
    assert area(uow, NEXT_GRID).polygon is None
    assert [one.name for one in areas(uow, level="grid")] == ["第一网格", "第二网格"]
    assert boundary_batches(uow)[0].undone_at is not None
    with pytest.raises(Missing):
        undo_boundaries(uow, batch)


def test_the_same_file_twice_changes_nothing(drawn: Office, uow_of: UowOf) -> None:
    import_boundaries(uow_of("lead"), rows(), "网格.geojson")
    with pytest.raises(Invalid):
        import_boundaries(uow_of("lead"), rows(), "网格.geojson")


def test_what_was_drawn_anew_meanwhile_is_not_taken_back(drawn: Office, uow_of: UowOf) -> None:
    uow = uow_of("lead")
    batch = import_boundaries(uow, rows(), "网格.geojson")
    edit_area(uow, area(uow, NEXT_GRID).id, None, polygon=[list(square(116.71, 23.31).exterior.coords)])
    with pytest.raises(Clash):
        undo_boundaries(uow, batch)


@pytest.mark.parametrize("role", ["clerk", "grid_worker", "analyst", "department"])
def test_whoever_may_not_draw_areas_takes_none_in(drawn: Office, uow_of: UowOf, role: str) -> None:
    for attempt in (boundary_plan, import_boundaries):
        with pytest.raises(Refused):
            attempt(uow_of(role), rows(), "网格.geojson")


def test_another_branch_is_out_of_reach(drawn: Office, uow_of: UowOf) -> None:
    found = boundary_plan(uow_of("lead", NEXT_GRID), rows(), "网格.geojson").plan
    assert [row.state for row in found.rows] == ["bad", "changed", "bad"]


@pytest.mark.parametrize(
    ("row", "state", "said"),
    [
        (({"编码": NEXT}, square(116.705, 23.30)), "conflict", "重叠"),
        (({"编码": NEXT}, square(117.70, 23.30)), "bad", "之外"),
        (({"编码": NEXT}, shapely.union(square(116.72, 23.30), square(116.75, 23.30))), "bad", "2 块"),
        (({"编码": NEXT}, None), "bad", "没有图形"),
        (
            (
                {"编码": NEXT},
                shapely.Polygon([(116.72, 23.3), (116.73, 23.31), (116.73, 23.3), (116.72, 23.31)]),
            ),
            "bad",
            "交叉",
        ),
        (({"名称": "没有的网格"}, square(118, 25)), "bad", "社区"),
        (({"编码": "440599001001009"}, square(116.73, 23.3)), "bad", "名称"),
        (({"编码": "440599001002", "名称": "别的社区"}, square(116.73, 23.3)), "bad", "区划清单"),
        (({"编码": "网格九", "名称": "九"}, square(116.73, 23.3)), "bad", "没有"),
        (({}, square(116.73, 23.3)), "bad", "编码"),
        (({"编码": FIRST}, square(116.70, 23.30)), "bad", "第 1 行"),
    ],
)
def test_what_cannot_be_taken_says_why(drawn: Office, uow_of: UowOf, row: Row, state: str, said: str) -> None:
    data = geojson([({"编码": FIRST, "名称": "第一网格"}, square(116.70, 23.30)), row])
    found = boundary_plan(uow_of("lead"), data, "网格.geojson").plan.rows[1]
    assert found.state == state
    assert said in "；".join(found.problems)


def test_a_row_left_out_keeps_its_old_land_from_others(drawn: Office, uow_of: UowOf) -> None:
    """The first grid would have moved away, but its row is bad: then the second cannot have its land."""
    data = geojson([({"编码": FIRST}, None), ({"编码": NEXT}, square(116.70, 23.30))])
    assert [row.state for row in boundary_plan(uow_of("lead"), data, "a.json").plan.rows] == [
        "bad",
        "conflict",
    ]


def test_names_and_places_do_where_there_is_no_code(drawn: Office, uow_of: UowOf) -> None:
    data = geojson(
        [({"WGMC": "第二网格"}, square(116.71, 23.3)), ({"WGMC": "海湾网格"}, square(116.73, 23.3))]
    )
    import_boundaries(uow_of("lead"), data, "a.json")
    made = next(one for one in areas(uow_of("lead"), level="grid") if one.name == "海湾网格")
    assert made.code == "440599001001003"


def test_the_columns_can_be_chosen(drawn: Office, uow_of: UowOf) -> None:
    data = geojson([({"A": NEXT, "B": "x"}, square(116.71, 23.3))])
    assert boundary_plan(uow_of("lead"), data, "a.json").plan.counts["bad"] == 1
    how = Wanted(headings={"code": "A"})
    assert boundary_plan(uow_of("lead"), data, "a.json", how).plan.counts["changed"] == 1


def test_a_community_may_have_islands_and_lakes(drawn: Office, uow_of: UowOf) -> None:
    shape = shapely.union(LAND.difference(square(116.75, 23.35)), square(116.9, 23.3))
    data = geojson([({"编码": "440599001001"}, shape)])
    import_boundaries(uow_of("lead", "440599/001/"), data, "社区.geojson")
    rings = area(uow_of("lead"), COMMUNITY).polygon
    assert rings is not None and len(rings) == 3
