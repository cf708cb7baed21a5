"""A balanced proposal for a community: how many grids, which land and load each would have, and what would move."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, transform, union_all
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from core.gridding.queries import records
from core.gridding.queries.loads import Counts, counted, usual_weights
from core.gridding.queries.of_drawing import Load, loads_by_grid
from core.gridding.rules import NEW, Ground, Metres, Rings
from core.gridding.rules.balance import divide, how_many, matched, spread
from core.gridding.rules.laying import cells_of
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork, query

MOST, MOST_BUILDINGS = 40, 20_000
USUAL = range(8, 16)
"""How many grids a community usually has."""


@dataclass(frozen=True)
class ProposedGrid:
    """One grid of a proposal: it goes on as the grid `area`, or is new (""); `households` of it come from elsewhere."""

    area: str
    name: str
    polygon: Rings
    load: Load
    arriving: int


@dataclass(frozen=True)
class Proposed:
    """A proposal; `before` and `after` say how uneven the loads are: the largest over the mean, less one."""

    grids: list[ProposedGrid]
    before: float
    after: float
    moving: int
    ended: list[str]


@dataclass(frozen=True)
class _Settled:
    """The buildings of a community that stand on the map: number, filed grid, place, and what there is to do."""

    ids: list[int]
    areas: list[str]
    flat: Metres
    counts: Mapping[str, Counts]
    weights: Mapping[str, float]

    @property
    def loads(self) -> NDArray[np.float64]:
        """The load of each."""
        return np.array([self._weight(building) for building in self.ids])

    def _weight(self, building: int) -> float:
        return sum(self.weights.get(key, 0.0) * each.get(building, 0) for key, each in self.counts.items())

    def by_grid(self, keys: list[str]) -> dict[str, Load]:
        """The loads when each building is in the grid of `keys`."""
        return loads_by_grid(self.counts, self.ids, keys, self.weights)


@query("grid.draw")
def proposal(
    uow: UnitOfWork,
    community_path: str,
    wanted: int | None = None,
    households: int | None = None,
    weights: Mapping[str, float] | None = None,
) -> Proposed:
    """Divide a community into so many grids, or into grids of about so many households, of equal load by the weights.

    Raises Invalid without a boundary, without buildings on the map, or for a number that cannot be.
    """
    community = records.community_at(uow, community_path)
    ground = records.ground_of(community, records.grids_of(uow, community.area), [])
    settled = _settled(uow, ground, community.area, {**usual_weights(), **(weights or {})})
    number = _number(settled, wanted or 0, households or 0)
    walls = records.footprints_of(uow, community.area)
    outlines = [ground.sheet.shape(walls.get(building)) for building in settled.ids]
    roads = [*_roads(uow, ground), *_borders(ground)]
    cells = cells_of(_land(ground), settled.flat, settled.loads, outlines, roads)
    whose = divide(cells, number)
    return _told(ground, settled, whose, cells.outlines(whose, int(whose.max()) + 1, roads))


def _settled(uow: UnitOfWork, ground: Ground, community: str, weights: Mapping[str, float]) -> _Settled:
    buildings = records.buildings_of(uow, community)
    at = np.flatnonzero(buildings.has_place)
    ids, areas = [buildings.ids[n] for n in at.tolist()], [buildings.areas[n] for n in at.tolist()]
    return _Settled(ids, areas, ground.sheet.flat(buildings.degrees[at]), counted(uow, community), weights)


def _number(settled: _Settled, wanted: int, households: int) -> int:
    """How many grids there will be."""
    if not settled.ids:
        raise Invalid(_("No building of this community has a position yet."))
    if len(settled.ids) > MOST_BUILDINGS:
        raise Invalid(
            _("A proposal is made for a community of up to {n} buildings.").format(n=MOST_BUILDINGS)
        )
    total = sum(settled.counts["households"].get(building, 0) for building in settled.ids)
    number, most = wanted or how_many(total, households), min(MOST, len(settled.ids))
    if not 1 <= number <= most:
        said = _("A community can be divided into 1 to {most} grids.").format(most=most)
        raise Invalid(said, wanted=said)
    return number


def _land(ground: Ground) -> BaseGeometry:
    """The community, or all its grids together where it has no boundary of its own."""
    return ground.land if not ground.land.is_empty else union_all(list(ground.shapes.values()))


def _roads(uow: UnitOfWork, ground: Ground) -> Iterator[LineString]:
    """The roads of the base map that touch the community."""
    land = _land(ground)
    for told in records.roads_of(uow):
        flat = transform(shape(told), ground.sheet.flat)
        parts = flat.geoms if isinstance(flat, MultiLineString) else [flat]
        yield from (one for one in parts if isinstance(one, LineString) and one.intersects(land))


def _borders(ground: Ground) -> Iterator[LineString]:
    """The borders of the present grids: where they were drawn, there is something that divides."""
    for land in ground.shapes.values():
        edge = land.boundary
        parts = edge.geoms if isinstance(edge, MultiLineString) else [edge]
        yield from (one for one in parts if isinstance(one, LineString) and not one.is_empty)


def _told(
    ground: Ground, settled: _Settled, whose: NDArray[np.int64], outlines: Sequence[BaseGeometry]
) -> Proposed:
    """The parts under the grids that most of each is in already."""
    paths = list(ground.shapes)
    homes = np.array([settled.counts["households"].get(building, 0) for building in settled.ids])
    shares = np.zeros((len(outlines), len(paths)))
    for part, area, number in zip(whose.tolist(), settled.areas, homes.tolist(), strict=True):
        if area in ground.shapes:
            shares[part, paths.index(area)] += number + 0.01
    grids = matched(shares) if paths else [-1] * len(outlines)
    keys = [paths[grid] if grid >= 0 else f"{NEW}{n}" for n, grid in enumerate(grids, 1)]
    loads = settled.by_grid([keys[part] for part in whose.tolist()])
    stays = [float(shares[n, grid]) if grid >= 0 else 0.0 for n, grid in enumerate(grids)]
    arriving = [int(homes[whose == n].sum() - int(stays[n])) for n in range(len(outlines))]
    found = [
        ProposedGrid(
            key if key in ground.names else "",
            ground.names.get(key, ""),
            ground.sheet.rings(land),
            loads[key],
            max(0, coming),
        )
        for key, land, coming in zip(keys, outlines, arriving, strict=True)
    ]
    found.sort(key=lambda one: (not one.area, one.area))
    now = [load.weight for load in settled.by_grid(settled.areas).values()]
    then = spread([one.load.weight for one in found])
    ended = [ground.names[path] for path in paths if path not in keys]
    return Proposed(found, spread(now), then, sum(one.arriving for one in found), ended)
