"""How fast grids are drawn: places to their grids, a balanced proposal, and a grid with everything in it that moves."""

from collections.abc import Iterator
from contextlib import suppress
from time import perf_counter

import numpy as np
from shapely import LineString, box, segmentize

from core.bench.ground import Ground
from core.bench.measuring import Row
from core.gridding.commands import change_grids, undo_change
from core.gridding.queries import grid_changes
from core.gridding.rules import Draft
from core.gridding.rules.assign import assign
from core.gridding.rules.balance import divide, spread
from core.gridding.rules.laying import cells_of
from core.kernel.i18n import N_
from core.kernel.problems import Invalid
from core.places.queries import areas

PLACES, GRIDS, BUILDINGS, PARTS = 300_000, 269, 5000, 12
SIDE = 3000.0
"""Metres of an invented community, and of the district's land for each grid's share."""


def rows(ground: Ground) -> Iterator[Row]:
    """The rows of the table; two grids of the town are merged and parted again."""
    merged, records = _merging(ground)
    yield Row(N_("Merging two grids, all their records moved"), merged, "s", wish=10)
    yield Row(N_("Records moved in it"), records, "")
    yield Row(N_("300,000 places to 269 grids"), _assigning(), "s", wish=5)
    seconds, uneven = _proposing()
    yield Row(N_("Balanced proposal, 5,000 buildings"), seconds, "s", wish=10)
    yield Row(N_("Largest load above the mean in it"), 100 * uneven, "%", wish=10)


def _merging(ground: Ground) -> tuple[float, int]:
    """Seconds for one grid to go up in its neighbour, and how many records moved; then it is taken back."""
    uow = ground.office.uow(ground.actors[0])
    grids = areas(uow, level="grid")
    first = next(one for one in grids if one.kind == "general")
    community = first.area[: -len("001/")]
    others = [one.area for one in grids if one.area.startswith(community) and one.kind == "general"][1:]
    for other in others:
        draft = Draft(kind="merge", community=community, grid=first.area, others=(other,))
        begun = perf_counter()
        with suppress(Invalid):  # no neighbour
            change = change_grids(uow, draft)
            seconds = perf_counter() - begun
            counts = next(one.counts for one in grid_changes(uow, community) if one.id == change)
            undo_change(uow, change)
            return seconds, sum(counts.values())
    return 0.0, 0


def _assigning() -> float:
    """Seconds for places all over a district to their grids."""
    places = np.random.default_rng(1).uniform((0, 0), (SIDE, SIDE), (PLACES, 2))
    across = int(np.ceil(GRIDS**0.5))
    step = SIDE / across
    corners = ((n // across * step, n % across * step) for n in range(GRIDS))
    grids = [segmentize(box(x, y, x + step, y + step), step / 20) for x, y in corners]
    begun = perf_counter()
    assign(places, grids, reach=1.0)
    return perf_counter() - begun


def _proposing() -> tuple[float, float]:
    """Seconds for a proposal, and how uneven it is."""
    random = np.random.default_rng(1)
    across = int(np.ceil(BUILDINGS**0.5))
    step = SIDE / across
    spots = [((n // across + 0.5) * step, (n % across + 0.5) * step) for n in range(BUILDINGS)]
    places = np.array(spots) + random.uniform(-5, 5, (BUILDINGS, 2))
    walls = [box(x - 10, y - 6, x + 10, y + 6) for x, y in places]
    roads = [LineString([(at, 0), (at, SIDE)]) for at in np.arange(300, SIDE, 300)]
    roads += [LineString([(0, at), (SIDE, at)]) for at in np.arange(250, SIDE, 250)]
    loads = random.exponential(20, BUILDINGS) + 1
    begun = perf_counter()
    cells = cells_of(box(0, 0, SIDE, SIDE), places, loads, walls, roads)
    whose = divide(cells, PARTS)
    cells.outlines(whose, PARTS, roads)
    return perf_counter() - begun, spread(np.bincount(whose, loads, PARTS).tolist())
