"""Reading a list of components: what it would do, row by row, and the template it is made from."""

from dataclasses import replace
from typing import Any

from core.components.queries.taking import FIXED, Taken, planned, sheet_fields
from core.components.rules import abbreviation, other_headings
from core.kernel import cells, planning, sheets
from core.kernel.i18n import N_, _
from core.kernel.planning import BAD, CHANGED, NEW, SAME, UNMAPPED, Plan, PlanRow
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork, query

ABOUT = {
    "code": N_("17 digits, or 16 of an older list; empty for new ones, which get the next number."),
    "class_code": N_("5 digits; only where neither the code nor the name says it."),
    "class_name": N_("As in the component classes, such as 供水井盖."),
    "grid": N_("Its code of 15 digits or its name; empty when the position says it."),
}
MOST_ROWS = 5000
"""So that nobody else waits for long while a list is written."""
STATES = (NEW, CHANGED, SAME, UNMAPPED, BAD)
EXAMPLES = {
    "class_code": "04007",
    "class_name": "街头座椅",
    "grid": "",
    "initial_on": "2024-03-05",
    "lon": "116.7234567",
    "lat": "23.2812345",
    "accuracy": "C",
    "place": "海滨路 12 号门前",
}
Numbered = tuple[int, list[Any], dict[str, Any]]


@query("component.edit")
def template(uow: UnitOfWork) -> bytes:
    """An empty workbook: headings, an invented example, drop-downs, explanations."""
    columns = [
        sheets.Column(
            heading=_(label), about=_said(_(ABOUT[name]), name), example=EXAMPLES.get(name, _(sheets.EXAMPLE))
        )
        for name, label in FIXED.items()
    ]
    for name, known in sheet_fields(uow).items():
        column = cells.column(known, EXAMPLES.get(name, ""))
        columns.append(replace(column, about=_said(column.about, name)))
    notes = (
        _("Fill in from the third row on; the row marked as an example is not taken in."),
        _(
            "Empty cells change nothing. The headings and abbreviations of GB/T 47678.5 are understood as well."
        ),
    )
    return sheets.template(_("Components"), columns, notes)


def _said(about: str, name: str) -> str:
    """What to write into a column, and its abbreviation in the standard."""
    return f"{about} {abbreviation(name)}".strip()


@query("component.edit")
def plan(uow: UnitOfWork, data: bytes) -> Plan:
    """What a sheet would do. Raises Invalid for a file that is none."""
    headings, rows = sheet_rows(uow, data)
    given = {number: tuple(found) for number, found, _values in rows}
    lines = planned(uow, [(number, values) for number, _cells, values in rows])
    return planning.made(headings, [_row(line, given[line.number]) for line in lines], STATES)


def _row(line: Taken, given: tuple[Any, ...]) -> PlanRow:
    title = " ".join(part for part in (line.class_name, line.says["code"]) if part)
    title = title or "、".join(text for cell in given if (text := sheets.text_of(cell)))[:200]
    key = line.found.id if line.found else None
    return PlanRow(line.number, line.state, title, tuple(line.changes), tuple(line.problems), given, key)


def sheet_rows(uow: UnitOfWork, data: bytes) -> tuple[list[tuple[str, str]], list[Numbered]]:
    """Heading -> field, and number, cells and values of each row, inside a query or command. Raises Invalid."""
    fields = sheet_fields(uow)
    labels = [*((n, known.label) for n, known in fields.items()), *FIXED.items()]
    names = {cells.bare(word): name for word, name in other_headings().items()} | cells.headings(labels)
    sheet = sheets.read(data, lambda word: cells.bare(word) in names)
    if len(sheet.rows) > MOST_ROWS:
        raise Invalid(_("More than {n} rows at once; split the file.").format(n=f"{MOST_ROWS:,}"))
    taken = [(heading, names.get(cells.bare(heading), "")) for heading in sheet.headings]
    rows = [
        (number, found, {name: cell for (_h, name), cell in zip(taken, found, strict=False) if name})
        for number, found in sheet.rows
    ]
    return taken, [row for row in rows if not cells.is_example(row[2].get("code"))]
