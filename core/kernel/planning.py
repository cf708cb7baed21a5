"""What a sheet would do, row by row, before anything is done: a plan for people to look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.kernel import sheets
from core.kernel.i18n import N_, _

NEW, CHANGED, SAME, CONFLICT = "new", "changed", "same", "conflict"
UNMAPPED, BAD = "unmapped", "bad"
STATES = {
    NEW: N_("New"),
    CHANGED: N_("Changed"),
    SAME: N_("The same"),
    CONFLICT: N_("Conflict"),
    UNMAPPED: N_("No class for it"),
    BAD: N_("Cannot be taken"),
}
GOOD = (NEW, CHANGED)
LEFT_OUT = (CONFLICT, UNMAPPED, BAD)
REGISTER = (NEW, CHANGED, SAME, CONFLICT, BAD)
"""What may come of a row for a register; other sheets have states of their own."""


@dataclass(frozen=True)
class PlanRow:
    """One row: its number in the file, what would come of it, and why. `changes` are label, before and after."""

    number: int
    state: str
    title: str
    changes: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[str, ...] = ()
    cells: tuple[Any, ...] = ()
    entry_id: int | None = None


@dataclass(frozen=True)
class Plan:
    """A whole sheet: which heading was taken for which field ("" for none), and its rows in their order."""

    headings: tuple[tuple[str, str], ...]
    rows: tuple[PlanRow, ...]
    counts: dict[str, int] = field(default_factory=dict)

    def of(self, state: str) -> list[PlanRow]:
        """The rows of a state."""
        return [row for row in self.rows if row.state == state]

    @property
    def unknown(self) -> list[str]:
        """The headings that no field was found for."""
        return [heading for heading, name in self.headings if heading and not name]

    def left_out(self) -> bytes:
        """The rows that cannot be taken, as a workbook to correct and hand in again: reason and row come first."""
        headings = [_("Row"), _("Reason"), *(heading for heading, _name in self.headings)]
        bad = [row for row in self.rows if row.state in LEFT_OUT]
        lines: Sequence[Sequence[Any]] = [[row.number, "；".join(row.problems), *row.cells] for row in bad]
        return sheets.write(sheets.EXCEL, headings, lines, title=_("Rows left out"))


def made(
    headings: Sequence[tuple[str, str]], rows: Sequence[PlanRow], states: Sequence[str] = REGISTER
) -> Plan:
    """A plan with its counts, for the states that there can be."""
    ordered = tuple(sorted(rows, key=lambda row: row.number))
    counts = {state: sum(row.state == state for row in ordered) for state in states}
    return Plan(tuple(headings), ordered, counts)
