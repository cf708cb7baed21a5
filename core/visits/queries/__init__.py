"""What is due, and what stands before a worker at a door; results are plain values, masked for the person who asked."""

from core.visits.queries.of_grids import GridLine, PeriodLine, grids, periods, todo
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
    "Why",
    "due_list",
    "grids",
    "home",
    "periods",
    "todo",
]
