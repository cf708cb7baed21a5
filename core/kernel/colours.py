"""Colours of legends: told apart by most eyes, readable on the light and on the dark base map."""

SEVERAL = (
    "#4e79a7",
    "#f28e2b",
    "#59a14f",
    "#b07aa1",
    "#e15759",
    "#76b7b2",
    "#c9a227",
    "#9c755f",
    "#d37295",
    "#7f7f7f",
)
"""Of kinds that are simply different."""
GOOD, WATCH, BAD, GONE = "#59a14f", "#f2a72b", "#d6453d", "#7f7f7f"
"""Of states: in order, to be looked after, wrong, not known or no longer there."""


def several(place: int) -> str:
    """The colour of the n-th kind."""
    return SEVERAL[place % len(SEVERAL)]
