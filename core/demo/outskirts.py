"""What lies under and around the invented town: land and coast, a river, hills, green, roads and a railway.

All of it for the base map; nothing here belongs to an area that is looked after.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import Any

import shapely

from core.basemap.rules import quad_around
from core.demo.filing import Row
from core.demo.ground import METRES, Ground, Point
from core.demo.numbers import Numbers
from core.demo.plan import Plan, Rect
from core.demo.town import roads
from core.demo.words import table
from core.places.models import Level

ORIGIN = "示例底图"
FINE = 40
"""Corners along the width of the town, so that a line bends with the land."""
BEACH = 16.0
"""Metres of land before the southernmost road."""
FAR = 24.0
"""How many widths of the town the land goes on."""
GARDENS = ("tower", "slab")
Piece = tuple[str, str, int, dict[str, Any]]
"""Kind, name, rank and GeoJSON geometry."""


def pieces(plan: Plan) -> Iterator[Piece]:
    """Everything the base map of a town is drawn from, except areas and buildings."""
    around = Outskirts(Ground(plan))
    yield from around.country()
    yield from around.gardens()
    for road in roads(plan):
        yield "road", road.name, road.rank, {"type": "LineString", "coordinates": road.line}


def rows(plan: Plan, numbers: Numbers) -> Iterator[Row]:
    """The same as rows of BaseFeature."""
    for kind, name, rank, shape in pieces(plan):
        quad = quad_around(*shapely.geometry.shape(shape).bounds)
        yield {
            "id": numbers.id(),
            "area": plan.root.path,
            "kind": kind,
            "name": name,
            "rank": rank,
            "shape": shape,
            "quad": quad,
            "origin": ORIGIN,
        }


class Outskirts:
    """The land around a plan; `u` and `v` are shares of its width and height, beyond 0 and 1 outside of it."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.rect = ground, ground.plan.root.rect
        self.names = table("places")["around"]

    def _place(self, u: float, v: float) -> list[float]:
        return self.ground.place(u * self.rect.width, v * self.rect.height)

    def _along(self, corners: Sequence[Point]) -> list[list[float]]:
        """A line through places of the plan that bends with the land."""
        found = [self._place(*corners[0])]
        for (u0, v0), (u1, v1) in pairwise(corners):
            many = min(4 * FINE, max(2, round(FINE * hypot(u1 - u0, v1 - v0))))
            steps = (n / many for n in range(1, many + 1))
            found += [self._place(u0 + (u1 - u0) * s, v0 + (v1 - v0) * s) for s in steps]
        return found

    def _area(self, kind: str, name: str, rank: int, corners: Sequence[Point]) -> Piece:
        shape = {"type": "Polygon", "coordinates": [self._along([*corners, corners[0]])]}
        return kind, name, rank, shape

    def _line(self, kind: str, name: str, rank: int, corners: Sequence[Point]) -> Piece:
        return kind, name, rank, {"type": "LineString", "coordinates": self._along(corners)}

    def _blob(self, kind: str, name: str, rank: int, middle: Point, size: Point) -> Piece:
        """A soft round shape with a wavy edge."""
        ring = []
        for n in range(37):
            turn = 2 * pi * (n % 36) / 36
            wave = 1 + 0.16 * sin(3 * turn + middle[0] * 9) + 0.07 * sin(7 * turn)
            ring.append(
                self._place(middle[0] + size[0] * wave * cos(turn), middle[1] + size[1] * wave * sin(turn))
            )
        return kind, name, rank, {"type": "Polygon", "coordinates": [ring]}

    def country(self) -> Iterator[Piece]:
        """The coast, the river that comes down beside the town, hills and lakes, and the ways out."""
        shore, names = -BEACH / self.rect.height, self.names
        yield "land", "", 0, {"type": "Polygon", "coordinates": [self._land(shore)]}
        bank = [(-0.2, 2.0), (-0.24, 1.6), (-0.12, 1.1), (-0.17, 0.6), (-0.13, 0.2), (-0.18, shore)]
        other = [(u + 0.004 + 0.06 * (1 - v / 2.0), v) for u, v in reversed(bank)]
        yield self._area("water", names["river"], 0, [*bank, *other])
        yield self._blob("green", names["hill"], 0, (0.62, 1.62), (0.42, 0.26))
        yield self._blob("green", names["wood"], 1, (-0.62, 0.72), (0.26, 0.34))
        yield self._blob("water", names["lake"], 1, (0.24, 1.3), (0.1, 0.07))
        strip = [(0.02, shore * 0.9), (0.98, shore * 0.9), (0.98, shore * 0.3), (0.02, shore * 0.3)]
        yield self._area("green", names["shore"], 1, strip)
        yield from self._ways(names)
        yield "place", names["bay"], 0, {"type": "Point", "coordinates": self._place(0.5, -0.45)}

    def _ways(self, names: Mapping[str, str]) -> Iterator[Piece]:
        """The railway and the roads that lead away."""
        west, east = -FAR, 1 + FAR
        yield self._line(
            "rail", names["railway"], 0, [(west, 1.2), (-1.2, 1.14), (0.3, 1.1), (2.2, 1.16), (east, 1.2)]
        )
        yield self._line("road", names["highway"], 0, [(west, 1.1), (-1.2, 1.0), (0.0, 1.0)])
        yield self._line("road", names["highway"], 0, [(1.0, 1.0), (2.2, 1.0), (east, 0.9)])
        yield self._line("road", names["pass"], 1, [(1.0, 1.0), (1.12, 1.4), (1.1, 2.0)])
        yield self._line("road", names["pass"], 1, [(0.0, 1.0), (-0.02, 1.5), (0.05, 2.0)])
        yield self._line(
            "road", names["pass"], 1, [(west, 1.9), (-1.2, 2.0), (1.1, 2.0), (2.2, 1.95), (east, 2.0)]
        )

    def _land(self, shore: float) -> list[list[float]]:
        """The mainland: its coast runs on as the town's does, the rest lies far away."""
        coast = self._along([(-FAR, shore), (-1.2, shore), (2.2, shore), (1 + FAR, shore)])
        north = round(self._place(0.5, 1.0)[1] + FAR * self.rect.height / METRES, 6)
        return [*coast, [coast[-1][0], north], [coast[0][0], north], coast[0]]

    def gardens(self) -> Iterator[Piece]:
        """The green between the houses of estates, and the fields about villages."""
        for grid in self.ground.plan.root.below(Level.GRID):
            edge = 30.0 if grid.style in GARDENS else 6.0
            if grid.style in (*GARDENS, "village") and min(grid.rect.width, grid.rect.height) > 3 * edge:
                ring = self.ground.ring(self._inner(grid.rect, edge))
                yield "green", "", 3, {"type": "Polygon", "coordinates": [ring]}

    @staticmethod
    def _inner(rect: Rect, edge: float) -> Rect:
        return rect.shrunk(edge, edge, edge, edge)
