"""What is due, and what stands before a worker at a door; results are plain values, masked for the person who asked."""

from core.visits.queries.of_grids import (
    GridLine,
    PeriodLine,
    ReasonLine,
    communities,
    grids,
    periods,
    reasons,
    todo,
)
from core.visits.queries.of_home import ActLine, HomeVisit, home
from core.visits.queries.of_list import DueLine, DueList, due_list
from core.visits.queries.reasons import Why

__all__ = [
    "ActLine",
    "DueLine",
    "DueList",
    "GridLine",
    "HomeVisit",
    "PeriodLine",
    "ReasonLine",
    "Why",
    "communities",
    "due_list",
    "grids",
    "home",
    "periods",
    "reasons",
    "todo",
]
