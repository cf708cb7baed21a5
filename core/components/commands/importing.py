"""Taking in a list of components: today's codes of 17 digits, or those of 16 of an older system (CJ/T 214-2007)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.components.commands.components import next_code
from core.components.models import Component
from core.components.queries.making import file_component
from core.components.queries.of_sheets import sheet_rows
from core.components.queries.taking import Taken, new_facts, planned
from core.kernel.i18n import _
from core.kernel.paging import column
from core.kernel.planning import CHANGED, NEW, SAME
from core.kernel.problems import Invalid
from core.kernel.serials import used
from core.kernel.unit_of_work import UnitOfWork, command

HEADER = 1
"""Lines before the first row, so that a complaint names the line one sees in the file."""


@dataclass(frozen=True)
class Unmapped:
    """A row that could not be taken over: its line, its code, and why."""

    line: int
    code: str
    reason: str


@dataclass(frozen=True)
class Imported:
    """What became of a list: components added and changed, rows that say what is filed, rows to look at because their
    class was mapped to a near one (line, code), and those that could not be taken over."""

    added: int
    same: int
    near: list[tuple[int, str]]
    unmapped: list[Unmapped]
    changed: int = 0


@command("component.edit")
def import_components(uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> Imported:
    """Take in the rows of a list, whose columns are called as the fields are, with grid, class_code and class_name.

    A code of 16 digits stays as `former_code`; a row that says what is filed changes nothing. A row that cannot be
    taken is reported and keeps none of the others back.
    """
    return _take(uow, list(enumerate(rows, HEADER + 1)))


@command("component.edit")
def import_sheet(uow: UnitOfWork, data: bytes, file: str) -> Imported:
    """Take in what is good of a file; the plan is made anew, so that what others wrote meanwhile counts.

    Raises Invalid for a file that is no sheet, and when nothing in it is new or changed.
    """
    _headings, rows = sheet_rows(uow, data)
    uow.because(file)
    done = _take(uow, [(number, values) for number, _cells, values in rows])
    if not done.added + done.changed:
        raise Invalid(_("Nothing in this sheet is new or changed."))
    return done


def _take(uow: UnitOfWork, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> Imported:
    lines = planned(uow, rows)
    for line in lines:
        if line.state == NEW and line.code and used(uow, column(Component.code), line.code):
            line.problems.append(_("This code exists already."))
        if line.state == NEW:
            code = line.code or next_code(uow, line.area, line.class_code)
            found = uow.add(Component, **new_facts(line, code))
            file_component(uow, found, line.class_name, born=True)
        elif line.state == CHANGED and line.found is not None:
            file_component(uow, uow.change(line.found, **line.values), line.class_name)
    return _told(lines)


def _told(lines: Sequence[Taken]) -> Imported:
    count = Counter(line.state for line in lines)
    near = [(line.number, line.says["code"]) for line in lines if line.state == NEW and line.is_near]
    left = [Unmapped(one.number, one.says["code"], " ".join(one.problems)) for one in lines if one.problems]
    return Imported(count[NEW], count[SAME], near, left, count[CHANGED])
