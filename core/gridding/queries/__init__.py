"""Everything that may be asked about the boundaries of grids."""

from core.gridding.queries.loads import MEASURES, count_events, usual_weights
from core.gridding.queries.of_balance import USUAL, Proposed, ProposedGrid, proposal
from core.gridding.queries.of_drawing import (
    Drawing,
    GridLine,
    Load,
    LoadLine,
    Moving,
    Preview,
    by_hand,
    drawing,
    preview,
)
from core.gridding.queries.of_past import Boundary, ChangeLine, boundaries_on, boundary_past, grid_changes

__all__ = [
    "MEASURES",
    "USUAL",
    "Boundary",
    "ChangeLine",
    "Drawing",
    "GridLine",
    "Load",
    "LoadLine",
    "Moving",
    "Preview",
    "Proposed",
    "ProposedGrid",
    "boundaries_on",
    "boundary_past",
    "by_hand",
    "count_events",
    "drawing",
    "grid_changes",
    "preview",
    "proposal",
    "usual_weights",
]
