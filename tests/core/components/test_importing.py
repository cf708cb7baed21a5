"""Lists of components: planned row by row, taken in, and telling nothing of withheld positions."""

from collections.abc import Sequence
from typing import Any

import pytest

from core.components.commands import import_sheet
from core.components.queries import ComponentFilter, component, components, numbers, plan, template
from core.components.rules import class_of_old
from core.components.rules.classes import rows_of
from core.components.rules.headings import ATTRIBUTES, FIELDS
from core.kernel import sheets
from core.kernel.planning import BAD, CHANGED, NEW, SAME, UNMAPPED, Plan
from core.kernel.problems import Invalid, Refused
from tests.conftest import GRID, NEXT_GRID, UowOf
from tests.core.components.conftest import BENCH, GAS, LAT, LON, bench, valve
from tests.core.components.test_components import draw

STANDARD = ("GLBJBSM", "GLBJMC", "SZDYWGBSM", "GLBJZT", "CSRQ", "QSDWMC", "经度", "纬度")
GRID_CODE = "440599001001001"
FOLLOWS = {"SZJDDM", "SZJDMC", "SZSQDM", "SZSQMC"}
"""Street and community: they follow from the grid."""


def sheet(headings: Sequence[str], *rows: Sequence[Any], kind: str = sheets.EXCEL) -> bytes:
    """A file with these rows."""
    return sheets.write(kind, headings, rows)


def states(found: Plan) -> list[str]:
    """What would come of each row."""
    return [row.state for row in found.rows]


def why(found: Plan, number: int) -> str:
    """What is said of a row."""
    return " ".join(next(row.problems for row in found.rows if row.number == number))


# --- who may not ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["analyst", "department", "system_admin"])
def test_who_only_looks_takes_nothing_in(uow_of: UowOf, role: str) -> None:
    data = sheet(("类别名称",), ("街头座椅",))
    for attempt in (lambda: plan(uow_of(role), data), lambda: import_sheet(uow_of(role), data, "表.xlsx")):
        with pytest.raises(Refused):
            attempt()


def test_who_may_not_see_positions_learns_nothing_of_codes(uow_of: UowOf) -> None:
    lead = uow_of("lead")
    filed = str(component(lead, valve(lead)).code)
    free = f"{filed[:-1]}9"
    data = sheet(("标识码", "单元网格", "位置说明"), (filed, GRID_CODE, "别处"), (free, GRID_CODE, "别处"))
    told = plan(uow_of("clerk"), data)
    first, second = told.rows
    assert (first.state, first.problems, first.changes) == (second.state, second.problems, second.changes)
    assert (first.state, first.entry_id) == (BAD, None) and "海滨路" not in str(told)
    with pytest.raises(Invalid):
        import_sheet(uow_of("clerk"), data, "表.xlsx")
    assert states(plan(lead, data)) == [CHANGED, NEW]


def test_a_position_that_is_withheld_is_not_found_by_trying(uow_of: UowOf) -> None:
    valve(uow_of("lead"))
    data = sheet(("类别名称", "单元网格", "经度", "纬度"), ("燃气井盖", GRID_CODE, LON, LAT))
    assert states(plan(uow_of("lead"), data)) == [SAME]
    assert states(plan(uow_of("clerk"), data)) == [NEW]


def test_another_branch_is_neither_read_nor_written(uow_of: UowOf) -> None:
    code = component(uow_of(), bench(uow_of(), area=NEXT_GRID)).code
    data = sheet(("标识码", "权属单位"), (code, "别的单位"))
    worker = uow_of("grid_worker", GRID, "chen")
    assert states(plan(worker, data)) == [BAD]
    data = sheet(("标识码", "单元网格"), (code, GRID_CODE))
    with pytest.raises(Invalid):
        import_sheet(worker, data, "部件.xlsx")
    assert numbers(uow_of()).standing == 1


# --- the story ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [sheets.EXCEL, sheets.CSV])
def test_a_list_of_the_standard_is_planned_and_taken_in(uow_of: UowOf, kind: str) -> None:
    uow = uow_of("lead")
    bench(uow)
    there = component(uow, bench(uow, lon=LON + 0.001, owner_name="市政公司"))
    rows = [
        (there.code, "街头座椅", GRID_CODE, "完好", "", "市政公司", "", ""),
        (f"44059904007{7:06}", "街头座椅", GRID_CODE, "破损", "20240305", "园林所", LON, LAT),
        ("", "行道树", GRID_CODE, "", "2023/4/5", "", "", ""),
        ("", "飞船", GRID_CODE, "", "", "", "", ""),
        ("", "行道树", "440599009009009", "", "", "", "", ""),
        ("", "行道树", GRID_CODE, "坏了", "去年", "", "", ""),
        (f"44060004007{8:06}", "", GRID_CODE, "", "", "", "", ""),
        (f"44059904007{7:06}", "", GRID_CODE, "", "", "", "", ""),
    ]
    data = sheet(STANDARD, *rows, kind=kind)
    found = plan(uow, data)
    assert states(found) == [SAME, NEW, NEW, UNMAPPED, BAD, BAD, BAD, BAD]
    assert found.counts == {NEW: 2, CHANGED: 0, SAME: 1, UNMAPPED: 1, BAD: 4}
    assert "飞船" in why(found, 5) and "网格" in why(found, 6) and "坏了" in why(found, 7)
    assert "440599" in why(found, 8) and "3" in why(found, 9)
    left = sheets.read(found.left_out(), lambda word: word == "GLBJMC")
    assert left.headings[:3] == ["行号", "原因", "GLBJBSM"] and len(left.rows) == 5
    assert numbers(uow).standing == 2
    done = import_sheet(uow, data, "部件.xlsx")
    assert (done.added, done.changed, done.same, len(done.unmapped)) == (2, 0, 1, 5)
    made = next(c for c in components(uow, ComponentFilter()).items if c.code == f"44059904007{7:06}")
    assert (made.state, made.owner_name, made.lon) == ("broken", "园林所", LON)
    assert states(plan(uow, data))[:2] == [SAME, SAME]
    assert component(uow, bench(uow)).code == f"44059904007{8:06}"


def test_a_change_says_before_and_after_and_empty_cells_change_nothing(uow_of: UowOf) -> None:
    uow = uow_of("lead")
    key = bench(uow, owner_name="市政公司", place="门前")
    data = sheet(
        ("标识码", "部件状态", "权属单位", "位置说明"), (component(uow, key).code, "破损", "园林所", "")
    )
    [row] = plan(uow, data).rows
    assert [change[1:] for change in row.changes] == [("完好", "破损"), ("市政公司", "园林所")]
    import_sheet(uow, data, "部件.xlsx")
    now = component(uow, key).values
    assert (now["state"], now["owner_name"], now["place"]) == ("broken", "园林所", "门前")
    assert now["changed_on"] is not None
    with pytest.raises(Invalid):
        import_sheet(uow, data, "部件.xlsx")


def test_older_codes_are_mapped_or_take_the_class_that_the_row_gives(uow_of: UowOf) -> None:
    assert not class_of_old("0602").target
    rows = [
        ("4405990101000007", "", "44059900100101", LON, LAT),
        ("4405990602000001", "", GRID_CODE, LON, LAT),
        ("4405990602000002", BENCH, GRID_CODE, LON, LAT),
    ]
    uow = uow_of("lead")
    draw(uow_of)
    found = plan(uow, sheet(("标识码", "小类编码", "单元网格", "经度", "纬度"), *rows))
    assert states(found) == [NEW, UNMAPPED, NEW]
    assert [change[1:] for change in found.rows[0].changes] == [
        ("44059900100101", "第一网格"),
        ("上水井盖", "供水井盖"),
    ]


def test_the_template_is_a_sheet_whose_example_is_not_taken(uow_of: UowOf) -> None:
    uow = uow_of()
    data = template(uow)
    found = plan(uow, data)
    assert found.rows == () and not found.unknown
    assert {name for _heading, name in found.headings} >= {*FIELDS.values(), "lon", "lat", "accuracy"}


def test_every_attribute_of_the_standard_is_read_or_follows_from_the_grid() -> None:
    known = {row["abbr"] for row in rows_of(ATTRIBUTES) if row["object"] == "component"}
    assert known == set(FIELDS) | FOLLOWS


# --- what cannot be -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "said"),
    [("4405990400", "17"), (f"44059904007{999_999}", "过大"), (44059904007000100, "文本")],
)
def test_a_code_that_cannot_be(uow_of: UowOf, code: object, said: str) -> None:
    found = plan(uow_of("lead"), sheet(("标识码", "单元网格"), (code, GRID_CODE)))
    assert states(found) == [BAD] and said in why(found, 2)


def test_a_class_that_contradicts_the_code(uow_of: UowOf) -> None:
    data = sheet(("标识码", "小类编码", "单元网格"), (f"440599{BENCH}000100", GAS, GRID_CODE))
    assert states(plan(uow_of("lead"), data)) == [BAD]


def test_a_position_of_a_row_is_checked_like_one_that_is_typed(uow_of: UowOf) -> None:
    data = sheet(("类别名称", "单元网格", "经度", "纬度"), ("街头座椅", GRID_CODE, LAT, LON))
    found = plan(uow_of("lead"), data)
    assert "颠倒" in why(found, 2)


def test_what_is_no_list_says_so(uow_of: UowOf) -> None:
    for data in (sheet(("菜名", "价钱"), ("粿条", 12)), b"\x00\x01"):
        with pytest.raises(Invalid):
            plan(uow_of("lead"), data)
