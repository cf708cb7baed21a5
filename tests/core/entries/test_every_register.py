"""Whatever the register: who may not, what the log says, the story from the first entry to the last, and bad input."""

from datetime import timedelta

import pytest

from core.entries import commands, queries
from core.entries.queries import EntryFilter
from core.kernel import sheets
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.planning import BAD, CHANGED, CONFLICT, NEW, SAME
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.search import search
from core.people.commands import edit_person
from core.people.models import Person
from core.people.queries import person
from core.registers import shipped
from tests.conftest import GRID, NEXT_GRID
from tests.core.conftest import log, told
from tests.core.entries.conftest import NAMES, TODAY, At, area_of, some, values_of

every = pytest.mark.parametrize("name", NAMES)


def add(at: At, name: str, office: Office, n: int = 0) -> int:
    """A good entry, written by a clerk."""
    return commands.add_entry(at(), name, area_of(name), **values_of(name, office, n))


def listed(at: At, name: str, **wanted: object) -> list[int]:
    """The numbers in the list of a register."""
    found = queries.find_entries(at(), name, EntryFilter(**wanted), limit=500)  # type: ignore[arg-type]
    return [line.id for line in found.items]


@every
@pytest.mark.parametrize("role", ["analyst", "system_admin", "audit_admin"])
def test_who_has_nothing_to_do_with_registers_is_refused(name: str, role: str, at: At) -> None:
    with pytest.raises(Refused):
        queries.find_entries(at(role), name, EntryFilter())
    with pytest.raises(Refused):
        commands.add_entry(at(role), name)


def test_care_visits_need_a_permission_of_their_own(at: At, town: Office) -> None:
    add(at, "care", town)
    with pytest.raises(Missing):
        queries.find_entries(at("department"), "care", EntryFilter())
    assert "care" not in [card.name for card in queries.cards(at("department"))]


@every
def test_an_entry_leaves_a_line_and_sealed_numbers_no_trace(name: str, at: At, town: Office) -> None:
    number = add(at, name, town)
    about = f"{shipped()[name].record.__name__}/{number}"
    assert ("wang", "done", about) in told(town, "register.edit")
    assert not any("19900004321" in str(line.changes) for line in log(town))


@every
def test_from_the_first_word_to_the_bringing_back(name: str, at: At, town: Office) -> None:
    number = add(at, name, town)
    entry = queries.entry(at(), name, number)
    assert entry.area == GRID and entry.title and entry.version == 1
    assert number in listed(at, name)
    commands.edit_entry(at(), name, number, seen=1, note="新的备注") if "note" in entry.values else None
    commands.verify_entry(at(), name, number, "visit")
    assert queries.entry(at(), name, number).verified_by == "wang"
    commands.remove_entry(at(), name, number, "登记错了")
    assert number not in listed(at, name)
    with pytest.raises(Missing):
        queries.entry(at(), name, number)
    assert not [hit for hit in search(at(), entry.title) if hit.id == number]
    commands.restore_entry(at(), name, number)
    back = queries.entry(at(), name, number)
    assert {k: v for k, v in back.values.items()} == {
        **entry.values,
        **({"note": "新的备注"} if "note" in entry.values else {}),
    }
    assert number in listed(at, name)


@every
def test_the_search_finds_it_and_leads_there(name: str, at: At, town: Office) -> None:
    number = add(at, name, town)
    title = queries.entry(at(), name, number).title
    hits = [hit for hit in search(at(), title, limit=200) if hit.id == number]
    assert hits and hits[0].kind == f"r{name}"


@every
def test_the_next_grid_is_out_of_reach(name: str, at: At, town: Office) -> None:
    number = add(at, name, town)
    there = at("grid_worker", NEXT_GRID)
    assert number not in [
        line.id for line in queries.find_entries(there, name, EntryFilter(), limit=500).items
    ]
    for attempt in (
        lambda: queries.entry(at("grid_worker", NEXT_GRID), name, number),
        lambda: commands.edit_entry(at("grid_worker", NEXT_GRID), name, number, seen=1, note="x"),
        lambda: commands.remove_entry(at("grid_worker", NEXT_GRID), name, number),
    ):
        with pytest.raises(Missing):
            attempt()
    wrong = values_of(name, town)
    with pytest.raises((Invalid, Refused)):
        commands.add_entry(at("grid_worker", NEXT_GRID), name, GRID, **wrong)


@every
def test_two_people_at_one_entry(name: str, at: At, town: Office) -> None:
    number = add(at, name, town)
    field = "needs" if name == "care" else "note"
    commands.edit_entry(at(), name, number, seen=1, **{field: "先保存的"})
    with pytest.raises(Clash) as clash:
        commands.edit_entry(at(), name, number, seen=1, **{field: "后保存的"})
    assert list(clash.value.differences) == [field]


@every
def test_every_filter_and_every_order_gives_the_same_entries(name: str, at: At, town: Office) -> None:
    for n in range(3):
        add(at, name, town, n)
    view = queries.register(at(), name)
    everything = set(listed(at, name))
    assert len(everything) >= 3
    for known in view.sorts:
        for down in (False, True):
            assert set(listed(at, name, sort=known.name, down=down)) == everything, known.name
    for known in view.filters:
        for value in ("zzz", "2199-01-01..", "..1800-01-01"):
            assert not listed(at, name, values={known.name: value}) or known.kind is bool, known.name


@every
def test_pages_follow_each_other_without_a_gap(name: str, at: At, town: Office) -> None:
    for n in range(5):
        add(at, name, town, n)
    for sort in ("", *(known.name for known in queries.register(at(), name).sorts)):
        everything, token, seen = listed(at, name, sort=sort), None, []
        while True:
            page = queries.find_entries(at(), name, EntryFilter(sort=sort), token, 2)
            seen += [line.id for line in page.items]
            token = page.after
            if not token:
                break
        assert seen == everything, sort


@every
def test_the_card_counts_what_is_overdue(name: str, at: At, town: Office) -> None:
    register = shipped()[name]
    before = next(card for card in queries.cards(at()) if card.name == name)
    values = values_of(name, town)
    if register.due:
        last = {register.due_from: TODAY - timedelta(days=900)}
        values = {
            **{k: v for k, v in values.items() if k != "since"},
            **last,
            register.due: TODAY - timedelta(days=2),
        }
    number = commands.add_entry(at(), name, area_of(name), **values)
    after = next(card for card in queries.cards(at()) if card.name == name)
    assert after.count == before.count + 1
    assert after.overdue == before.overdue + bool(register.due)
    assert queries.entry(at(), name, number).is_overdue is bool(register.due)
    if register.due:
        assert number in listed(at, name, due="overdue")
        assert number not in listed(at, name, due="soon")


@every
def test_the_next_look_follows_from_the_last(name: str, at: At, town: Office) -> None:
    register = shipped()[name]
    if not register.due:
        return
    last = TODAY - timedelta(days=1)
    values = {**values_of(name, town), register.due_from: last}
    number = commands.add_entry(at(), name, area_of(name), **values)
    due = queries.entry(at(), name, number).values[register.due]
    assert due == last + timedelta(days=register.due_days)
    with pytest.raises(Invalid) as wrong:
        commands.edit_entry(at(), name, number, seen=None, **{register.due: last - timedelta(days=9)})
    assert register.due in wrong.value.fields


@every
def test_what_cannot_be_is_told_at_its_field(name: str, at: At, town: Office) -> None:
    first = next(iter(values_of(name, town)))
    with pytest.raises(Invalid) as wrong:
        commands.add_entry(at(), name, GRID, **{**values_of(name, town), first: None})
    assert first in wrong.value.fields
    with pytest.raises(Invalid):
        commands.add_entry(at(), name, GRID, **{**values_of(name, town), "nothing": 1})
    if first.endswith("_id"):
        with pytest.raises(Invalid) as nobody:
            commands.add_entry(at(), name, GRID, **{**values_of(name, town), first: 7})
        assert first in nobody.value.fields


# --- sheets -----------------------------------------------------------------------------------------------


@every
def test_an_export_needs_a_purpose_and_leaves_its_count(name: str, at: At, town: Office) -> None:
    add(at, name, town)
    with pytest.raises(Invalid):
        commands.export_entries(at(), name, EntryFilter(), " ")
    with pytest.raises(Refused):
        commands.export_entries(at("grid_worker", GRID), name, EntryFilter(), "发给街道")
    data = commands.export_entries(at(), name, EntryFilter(), "街道季度报表")
    sheet = sheets.read(data, lambda word: word == "记录编号")
    line = next(one for one in reversed(log(town)) if one.outcome == "exported")
    assert line.reason == "街道季度报表" and line.changes["rows"] == [0, len(sheet.rows)]
    assert line.about == f"register/{name}"
    assert "19900004321" not in str(sheet.rows)


@every
@pytest.mark.parametrize("form", [sheets.EXCEL, sheets.CSV])
def test_what_went_out_comes_in_as_the_same(name: str, form: str, at: At, town: Office) -> None:
    for n in range(3):
        add(at, name, town, n)
    data = commands.export_entries(at(), name, EntryFilter(), "核对台账", form)
    plan = queries.plan(at(), name, data)
    assert plan.counts[SAME] == len(plan.rows) >= 3, [
        row.problems or row.changes for row in plan.rows if row.state != SAME
    ]


@every
def test_a_filled_template_is_planned_taken_in_and_taken_back(name: str, at: At, town: Office) -> None:
    import io

    from openpyxl import load_workbook

    number = add(at, name, town)
    before = listed(at, name)
    book = load_workbook(io.BytesIO(queries.template(at(), name)))
    sheet = book.worksheets[0]
    heads = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    fields = {known.name: heads for known in queries.register(at(), name).fields}
    assert fields and sheet.cell(2, 1).value == "示例"
    labels = labels_of(at, name)
    rows = [
        as_cells(at, name, town, 1),
        {**as_cells(at, name, town, 2), labels["bad"]: "不可能的值"},
        {"记录编号": str(number), **changed_cells(name)},
    ]
    for at_row, cells in enumerate(rows, 3):
        for heading, value in cells.items():
            sheet.cell(at_row, heads[heading], value)
    held = io.BytesIO()
    book.save(held)
    data = held.getvalue()
    plan = queries.plan(at(), name, data)
    states = {row.number: row.state for row in plan.rows}
    assert states == {3: NEW, 4: BAD, 5: CHANGED}, [row.problems for row in plan.rows]
    assert listed(at, name) == before
    left = sheets.read(plan.left_out(), lambda word: word == "原因")
    assert len(left.rows) == 1 and "不可能的值" in str(left.rows[0])

    batch = commands.import_sheet(at(), name, data, "台账.xlsx")
    assert len(listed(at, name)) == len(before) + 1
    assert queries.batches(at(), name)[0].added == 1
    commands.undo_import(at(), name, batch)
    assert listed(at, name) == before
    assert queries.batches(at(), name)[0].undone_at is not None
    with pytest.raises(Missing):
        commands.undo_import(at(), name, batch)


CHANGED_CELL = {
    "rental": {"承租人数": 9},
    "fire": {"数量": 7},
    "dog": {"毛色": "黄"},
    "volunteer": {"特长": "画画"},
    "care": {"走访情况": "都好"},
    "vacant": {"业主姓名": "新业主"},
}
BAD_CELL = {
    "rental": "租约开始",
    "fire": "检查日期",
    "dog": "免疫日期",
    "volunteer": "志愿服务起始",
    "care": "走访日期",
    "vacant": "空置起始",
}


def changed_cells(name: str) -> dict[str, object]:
    """A heading of the template and something new under it."""
    return CHANGED_CELL[name]  # type: ignore[return-value]


def labels_of(at: At, name: str) -> dict[str, str]:
    """The heading under which something impossible is written."""
    return {"bad": BAD_CELL[name]}


def as_cells(at: At, name: str, office: Office, n: int) -> dict[str, object]:
    """The values of an entry as somebody writes them into a template."""
    from core.kernel.i18n import _

    labels = {known.name: known for known in queries.register(at(), name).fields}
    found: dict[str, object] = {}
    for field, value in values_of(name, office, n).items():
        known = labels[field]
        if known.facts.widget == "house":
            value = office_text(office, "house", int(value))
        elif known.facts.widget == "person":
            value = office_text(office, "person", int(value))
        elif known.choices():
            value = known.choices()[str(value)]
        found[_(known.label)] = value
    return {**found, "网格": GRID.replace("/", "")} if area_of(name) else found


def office_text(office: Office, kind: str, number: int) -> str:
    """A house by its address, a person by the document."""
    from sqlmodel import select

    from core.people.models import Person
    from core.places.models import House

    with office.reader.connect() as connection:
        column = House.address if kind == "house" else Person.document_no
        value = connection.execute(
            select(column).where((House if kind == "house" else Person).id == number)
        ).scalar()
    return value.open() if kind == "person" else str(value)


@every
def test_several_rows_of_one_entry_are_a_conflict(name: str, at: At, town: Office) -> None:
    number = add(at, name, town)
    data = sheets.write(
        sheets.CSV, ["记录编号", *changed_cells(name)], [[number, *changed_cells(name).values()]] * 2
    )
    assert [row.state for row in queries.plan(at(), name, data).rows] == [CHANGED, CONFLICT]


def test_two_of_one_name_are_told_apart_by_the_entry_or_the_document(at: At, town: Office) -> None:
    first, second = some(town, Person), some(town, Person, n=1)
    name = person(at(), first).values["name"]
    edit_person(at(), second, seen=None, name=name)
    number = commands.add_entry(at(), "volunteer", person_id=second, skills="下棋")
    rows = [["", name, "唱歌"], [number, name, "唱歌"]]
    data = sheets.write(sheets.CSV, ["记录编号", "志愿者姓名", "特长"], rows)
    unclear, known = queries.plan(at(), "volunteer", data).rows
    assert unclear.state == CONFLICT and name in unclear.problems[0]
    assert known.state == CHANGED and [label for label, _before, _after in known.changes] == ["特长"]


def test_a_sheet_of_another_branch_changes_nothing(at: At, town: Office) -> None:
    number = add(at, "dog", town)
    data = sheets.write(sheets.CSV, ["记录编号", "毛色"], [[number, "黑"]])
    plan = queries.plan(at("grid_worker", NEXT_GRID), "dog", data)
    assert [row.state for row in plan.rows] == [CONFLICT]
    with pytest.raises(Invalid):
        commands.import_sheet(at("grid_worker", NEXT_GRID), "dog", data, "犬.csv")


def test_a_batch_stays_when_something_in_it_has_changed_since(at: At, town: Office) -> None:
    number = add(at, "dog", town)
    data = sheets.write(sheets.CSV, ["记录编号", "毛色"], [[number, "黑"]])
    batch = commands.import_sheet(at(), "dog", data, "犬.csv")
    commands.edit_entry(at(), "dog", number, seen=None, coat="白")
    with pytest.raises(Clash):
        commands.undo_import(at(), "dog", batch)
    assert queries.entry(at(), "dog", number).values["coat"] == "白"


def test_a_number_is_shown_for_a_reason_only(at: At, town: Office) -> None:
    number = add(at, "rental", town)
    assert queries.entry(at(), "rental", number).values["phone"] == "199****4321"
    with pytest.raises(Invalid):
        commands.reveal_entry(at(), "rental", number, "phone", "")
    assert commands.reveal_entry(at(), "rental", number, "phone", "联系房东检查") == "19900004321"
    assert told(town, "person.reveal")[-1][1] == "revealed"
    with pytest.raises(Invalid):
        commands.reveal_entry(at(), "rental", number, "landlord", "好奇一下")


def test_care_visits_say_who_looked(at: At, town: Office) -> None:
    number = add(at, "care", town)
    queries.entry(at(), "care", number)
    assert ("wang", "viewed", f"CareVisit/{number}") in told(town, "register.view")


def test_an_actor_of_no_area_is_a_job_only(town: Office) -> None:
    assert queries.cards(town.uow(Actor("night", "job", "")))
