"""Which grid each building or other place lies in: 300,000 places in a second."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from shapely import STRtree, bounds, intersects_xy, points, prepare
from shapely.geometry.base import BaseGeometry

from core.gridding.rules.sheet import Metres

NOWHERE = -1


def assign(places: Metres, lands: Sequence[BaseGeometry], reach: float = 0.0) -> NDArray[np.int64]:
    """For each place the index of its land, NOWHERE when there is none within `reach` metres.

    A place on a common border belongs to the first of its lands, so each is in exactly one.
    """
    found = np.full(len(places), NOWHERE, dtype=np.int64)
    if not len(places) or not len(lands):
        return found
    order = np.argsort(places[:, 0], kind="stable")
    sorted_x = places[order, 0]
    prepare(np.asarray(lands, dtype=object))
    for number in range(len(lands) - 1, -1, -1):
        west, south, east, north = bounds(lands[number])
        near = order[np.searchsorted(sorted_x, west) : np.searchsorted(sorted_x, east, side="right")]
        near = near[(places[near, 1] >= south) & (places[near, 1] <= north)]
        found[near[intersects_xy(lands[number], places[near, 0], places[near, 1])]] = number
    return _nearest(places, lands, found, reach) if reach else found


def _nearest(
    places: Metres, lands: Sequence[BaseGeometry], found: NDArray[np.int64], reach: float
) -> NDArray[np.int64]:
    """What lies in no land goes to the nearest one within reach."""
    outside = np.flatnonzero(found == NOWHERE)
    there = np.flatnonzero([not land.is_empty for land in lands])
    if len(outside) and len(there):
        dots = np.asarray(points(places[outside]), dtype=object)
        tree = STRtree([lands[n] for n in there.tolist()])
        at, near = tree.query_nearest(dots, max_distance=reach, all_matches=False)
        found[outside[at]] = there[near]
    return found
