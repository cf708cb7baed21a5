"""Reading a sheet against a register: the plan of an import, and the template it is made from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.entries.queries import records
from core.entries.queries.books import fields_of, opened, pointed, title_of
from core.entries.queries.making import new_record, new_values
from core.kernel import cells, planning, sheets
from core.kernel.crypto import Sealed
from core.kernel.custom import POINTS_AT
from core.kernel.extensions import Register
from core.kernel.fields import CUSTOM, Declared
from core.kernel.i18n import N_, _
from core.kernel.masking import masked, spoken, value_of
from core.kernel.planning import BAD, CHANGED, CONFLICT, NEW, SAME, Plan, PlanRow
from core.kernel.problems import Problem
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import LONGEST_ID, UnitOfWork, query
from core.places.queries import areas

NUMBER, GRID = "id", "area"
FIXED = {NUMBER: N_("Entry number"), GRID: N_("Grid")}
NOT_IN_SHEETS = ("picture",)
MOST_SAID = 200


@dataclass
class Line:
    """A row of the sheet on its way into the plan."""

    number: int
    cells: tuple[Any, ...]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    entry: AreaRecord | None = None
    is_conflict: bool = False


def sheet_fields(uow: UnitOfWork, register: Register, *, with_ended: bool = False) -> dict[str, Declared]:
    """The fields that a sheet of the register has, inside a query or command."""
    found = fields_of(uow, register, with_ended=with_ended)
    return {name: known for name, known in found.items() if known.facts.widget not in NOT_IN_SHEETS}


@query("register.import")
def template(uow: UnitOfWork, register: str) -> bytes:
    """An empty workbook of the register: headings, an invented example, drop-downs, explanations. Raises Missing."""
    found = opened(uow, register, write=True)
    known = sheet_fields(uow, found)
    columns = [
        sheets.Column(
            heading=_(FIXED[NUMBER]), example=_(sheets.EXAMPLE), about=_("Leave empty for new entries.")
        ),
        *(cells.column(one, found.examples.get(one.name, "")) for one in known.values()),
        sheets.Column(
            heading=_(FIXED[GRID]), about=_("Only when neither house nor person says where it is.")
        ),
    ]
    notes = (
        _("Fill in from the third row on; the row marked as an example is not taken in."),
        _("A * marks what must be filled in. Empty cells change nothing."),
    )
    return sheets.template(_(found.title), columns, notes)


@query("register.import")
def plan(uow: UnitOfWork, register: str, data: bytes) -> Plan:
    """What a sheet would do. Raises Missing for a register that is not theirs, Invalid for a file that is no sheet."""
    return planned(uow, opened(uow, register, write=True), data)[0]


def planned(uow: UnitOfWork, register: Register, data: bytes) -> tuple[Plan, list[tuple[PlanRow, Line]]]:
    """The plan, and each row with its values, inside a query or command."""
    fields = sheet_fields(uow, register)
    names = _headings(register, fields)
    sheet = sheets.read(data, lambda word: cells.bare(word) in names)
    taken = [(heading, names.get(cells.bare(heading), "")) for heading in sheet.headings]
    lines = [
        Line(number, tuple(row))
        for number, row in sheet.rows
        if not any(
            name == NUMBER and cells.is_example(cell) for (_h, name), cell in zip(taken, row, strict=False)
        )
    ]
    for line in lines:
        _read(line, taken, fields)
    _number(uow, register, lines)
    _point(uow, fields, lines)
    _match(uow, register, fields, lines)
    rows = [_judged(uow, register, fields, line) for line in lines]
    return planning.made(taken, rows), list(zip(rows, lines, strict=True))


# --- headings and cells -----------------------------------------------------------------------------------


def _headings(register: Register, fields: Mapping[str, Declared]) -> dict[str, str]:
    """Heading -> field: other names of the register, labels in both languages, and the two that are always there."""
    others = ((cells.bare(w), n) for n, words in register.aliases.items() for w in words if n in fields)
    return dict(others) | cells.headings([*((n, k.label) for n, k in fields.items()), *FIXED.items()])


def _read(line: Line, taken: Sequence[tuple[str, str]], fields: Mapping[str, Declared]) -> None:
    """The cells of a row as values; sentences for those that cannot be read. Empty ones say nothing."""
    for (heading, name), cell in zip(taken, line.cells, strict=False):
        if not name or not sheets.text_of(cell):
            continue
        if name in FIXED:
            line.values[name] = sheets.text_of(cell)
            continue
        try:
            value = cells.value(fields[name], cell)
        except ValueError as trouble:
            line.problems.append(f"{heading}: {trouble}")
            continue
        if value is not None:
            line.values[name] = value


# --- people, houses, grids --------------------------------------------------------------------------------


def _point(uow: UnitOfWork, fields: Mapping[str, Declared], lines: Sequence[Line]) -> None:
    """Numbers in place of the addresses and names in the cells."""
    around = [*areas(uow)]
    names = [area.name for area in around]
    at = {kind: [n for n, k in fields.items() if k.facts.widget == kind] for kind in POINTS_AT}
    texts = {
        kind: [str(line.values[n]) for n in at[kind] for line in lines if n in line.values] for kind in at
    }
    houses = records.houses_by_text(uow, texts["house"], names)
    people = records.people_by_text(uow, texts["person"])
    grids = defaultdict(list)
    for area in around:
        grids[area.name].append(area.area)
        grids[area.code].append(area.area)
    for line in lines:
        for name in at["house"]:
            _settle(line, fields[name], [house.id for house in houses.get(str(line.values.get(name)), ())])
        for name in at["person"]:
            found = [person.id for person in people.get(str(line.values.get(name)), ())]
            _settle(line, fields[name], _of_the_house(uow, line, found))
        if text := line.values.pop(GRID, ""):
            _grid(line, grids.get(str(text), []))


def _settle(line: Line, known: Declared, found: Sequence[int]) -> None:
    """The one that is meant, or why it is not known. Whom the entry names already is meant again."""
    if known.name not in line.values:
        return
    text = line.values.pop(known.name)
    now = value_of(line.entry, known.name) if line.entry else None
    if len(found) == 1 or now in found:
        line.values[known.name] = now if now in found else found[0]
        return
    nobody = (
        _("{label}: {text} is not in your area.") if not found else _("{label}: several are called {text}.")
    )
    line.problems.append(nobody.format(label=_(known.label), text=text))
    line.is_conflict = line.is_conflict or len(found) > 1


def _of_the_house(uow: UnitOfWork, line: Line, people: Sequence[int]) -> Sequence[int]:
    """Of several people of one name, those who live in the house of the row."""
    house = line.values.get("house_id")
    if len(people) < 2 or not isinstance(house, int):
        return people
    return [one for one in people if one in records.living_in(uow, house)] or people


def _grid(line: Line, found: Sequence[str]) -> None:
    if len(found) == 1:
        line.values[GRID] = found[0]
    else:
        line.problems.append(_("Grid: none or several of that name; write its code."))


# --- which entry ------------------------------------------------------------------------------------------


def _number(uow: UnitOfWork, register: Register, lines: Sequence[Line]) -> None:
    """Find the entries of the rows that carry a number."""
    numbers = {line.number: str(line.values.pop(NUMBER)) for line in lines if NUMBER in line.values}
    whole = {row: int(text) for row, text in numbers.items() if text.isdecimal() and len(text) <= LONGEST_ID}
    known = records.by_numbers(uow, register, whole.values())
    for line in (one for one in lines if one.number in numbers):
        line.entry = known.get(whole.get(line.number, 0))
        if line.entry is None:
            said = _("No entry has the number {number} here.")
            _clash(line, said.format(number=numbers[line.number]))


def _match(
    uow: UnitOfWork, register: Register, fields: Mapping[str, Declared], lines: Sequence[Line]
) -> None:
    """Find the entry that each other row speaks of, by what makes an entry the same; no two rows may speak of one."""
    key = [name for name in register.key if name in fields]
    there = _by_key(uow, register, key, lines)
    seen: dict[Any, int] = {}
    for line in lines:
        mark = _key(line.values, key)
        if line.entry is None and mark and not line.is_conflict:
            found = there.get(mark, [])
            line.entry = found[0] if found else None
            if len(found) > 1:
                _clash(
                    line, _("{n} entries of the register fit; write the entry number.").format(n=len(found))
                )
        same: Any = line.entry.id if line.entry else mark
        if same and same in seen:
            _clash(line, _("Row {row} speaks of the same entry.").format(row=seen[same]))
        elif same:
            seen[same] = line.number


def _clash(line: Line, said: str) -> None:
    line.problems.append(said)
    line.is_conflict = True


def _key(values: Mapping[str, Any], names: Sequence[str]) -> tuple[Any, ...] | None:
    """What makes an entry the same; None when any part of it is empty."""
    found = tuple(values.get(name) for name in names)
    return found if names and all(part not in (None, "") for part in found) else None


def _by_key(
    uow: UnitOfWork, register: Register, key: Sequence[str], lines: Iterable[Line]
) -> dict[Any, list[AreaRecord]]:
    marks = {mark for line in lines if (mark := _key(line.values, key))}
    found: dict[Any, list[AreaRecord]] = {}
    for entry in records.by_field(uow, register, key[0], {mark[0] for mark in marks}) if marks else ():
        found.setdefault(tuple(getattr(entry, name) for name in key), []).append(entry)
    return found


# --- what would come of it --------------------------------------------------------------------------------


def _judged(uow: UnitOfWork, register: Register, fields: Mapping[str, Declared], line: Line) -> PlanRow:
    """A row of the plan. What fits is tried out by the rules of the register, without being filed."""
    changes: tuple[tuple[str, str, str], ...] = ()
    if not line.problems:
        try:
            if line.entry is None:
                new_record(uow, register, line.values.get(GRID, ""), _plain(line))
            else:
                changes = _changes(uow, register, fields, line)
                if changes:
                    new_values(uow, register, line.entry, _plain(line))
        except Problem as trouble:
            line.problems += [f"{_label(fields, n)}{said}" for n, said in trouble.fields.items() if said] or [
                trouble.sentence
            ]
    state = (
        CONFLICT
        if line.is_conflict
        else BAD
        if line.problems
        else NEW
        if line.entry is None
        else CHANGED
        if changes
        else SAME
    )
    title = (
        title_of(register, line.entry, pointed(uow, fields, [_row(fields, line.entry)])) if line.entry else ""
    )
    title = (
        title or "、".join(sheets.text_of(cell) for cell in line.cells if sheets.text_of(cell))[:MOST_SAID]
    )
    number = line.entry.id if line.entry else None
    return PlanRow(line.number, state, title, changes, tuple(line.problems), line.cells, number)


def _plain(line: Line) -> dict[str, Any]:
    return {name: value for name, value in line.values.items() if name != GRID}


def _label(fields: Mapping[str, Declared], name: str) -> str:
    return f"{_(fields[name].label)}: " if name in fields else ""


def _row(fields: Mapping[str, Declared], entry: AreaRecord) -> dict[str, Any]:
    return {name: value_of(entry, name) for name in fields}


def _changes(
    uow: UnitOfWork, register: Register, fields: Mapping[str, Declared], line: Line
) -> tuple[tuple[str, str, str], ...]:
    """Label, before and after of each field that the row would change, masked for the actor."""
    told: list[tuple[str, str, str]] = []
    entry = line.entry
    assert entry is not None
    for name, value in _plain(line).items():
        known, before = fields[name], value_of(entry, name)
        if isinstance(before, Sealed) or known.kind is Sealed:
            fresh = Sealed(known.facts.mask, plain=str(value))
            if before is None or before.index != fresh.index:
                told.append((_(known.label), str(before or "—"), str(fresh)))
        elif _differs(known, before, value):
            pair = pointed(uow, {name: known}, [{name: before}, {name: value}])
            said = [pair.get((known.facts.widget, one), one) if one else one for one in (before, value)]
            told.append((_(known.label), *(spoken(known, masked(uow.actor, one, known)) for one in said)))  # type: ignore[arg-type]
    return tuple(told)


def _differs(known: Declared, before: Any, value: Any) -> bool:
    """Whether a value says something else than what stands there; days of own fields stand as text."""
    if known.name.startswith(CUSTOM) and before is not None:
        before = known.read(before)
    return (before or None) != (value or None) if not isinstance(value, bool) else bool(before) != value
