"""Cutting land: split along a line, merge, and a border that moves while its neighbours follow. All in metres."""

from collections.abc import Mapping, Sequence
from math import hypot

from shapely import LineString, Point, Polygon, difference, intersection, is_valid, snap, union_all
from shapely.geometry.base import BaseGeometry
from shapely.ops import split as cut_along

from core.gridding.rules.sheet import GRAIN, land_of, pieces
from core.kernel.i18n import _
from core.kernel.problems import Invalid

Shapes = Mapping[str, BaseGeometry]
"""Key of each grid, such as its path, and its land."""


def split(land: BaseGeometry, line: LineString) -> tuple[Polygon, Polygon]:
    """The two parts of a grid along a line, the larger first; ends inside of the grid are drawn on to its border.

    Raises Invalid when the line misses it or cuts it into more parts.
    """
    through = _drawn_on(line, land)
    parts = [part for whole in pieces(land) for part in pieces(cut_along(whole, through))]
    if len(parts) < 2:
        said = _("The line does not cut the grid; draw it from border to border.")
        raise Invalid(said, line=said)
    if len(parts) > 2:
        said = _("The line cuts the grid into {n} parts; draw it so that there are two.").format(n=len(parts))
        raise Invalid(said, line=said)
    first, second = sorted(parts, key=lambda part: -part.area)
    return first, second


def _drawn_on(line: LineString, land: BaseGeometry) -> LineString:
    """The line with each end that lies inside drawn on, straight, to just beyond the border."""
    corners = list(line.coords)
    head = _beyond(corners[1], corners[0], land)
    tail = _beyond(corners[-2], corners[-1], land)
    return LineString([*head, *corners, *tail])


def _beyond(before: Sequence[float], end: Sequence[float], land: BaseGeometry) -> list[tuple[float, float]]:
    """Where a line that goes on past its end has just left the grid; nothing when it ends outside."""
    dx, dy = end[0] - before[0], end[1] - before[1]
    length, here = hypot(dx, dy), Point(*end)
    if not length or not land.intersects(here):
        return []
    far = hypot(land.bounds[2] - land.bounds[0], land.bounds[3] - land.bounds[1]) + 1
    ray = LineString([end, (end[0] + dx / length * far, end[1] + dy / length * far)])
    out = intersection(ray, land.boundary).distance(here) + 1.0
    return [(end[0] + dx / length * out, end[1] + dy / length * out)]


def merge(lands: Sequence[BaseGeometry]) -> Polygon:
    """Several grids as one. Raises Invalid when they do not touch."""
    parts = pieces(union_all(list(lands), grid_size=GRAIN))
    if len(parts) != 1:
        said = _("These grids do not touch each other; only neighbours can be merged.")
        raise Invalid(said, grids=said)
    return parts[0]


def snapped(drawn: BaseGeometry, around: BaseGeometry, reach: float) -> BaseGeometry:
    """A shape whose corners within `reach` metres of the corners around it lie on them."""
    near = snap(drawn, around.boundary, reach) if reach else drawn
    return near if is_valid(near) and len(pieces(near)) == 1 else drawn


def redraw(shapes: Shapes, key: str, drawn: BaseGeometry, land: BaseGeometry) -> dict[str, BaseGeometry]:
    """Every grid after one got a new boundary: it takes from its neighbours, and what it leaves goes to the neighbour
    with the longest common border, or to nobody when there is none.

    `land` is the community; without a boundary of its own nothing is cut off.
    """
    new = land_of(intersection(drawn, land, grid_size=GRAIN) if not land.is_empty else drawn)
    left = difference(shapes[key], new, grid_size=GRAIN) if key in shapes else Polygon()
    after: dict[str, BaseGeometry] = {
        name: land_of(difference(shape, new, grid_size=GRAIN)) if name != key else new
        for name, shape in {**shapes, key: new}.items()
    }
    for piece in pieces(left):
        to = _longest_border(piece, {name: shape for name, shape in after.items() if name != key})
        if to:
            after[to] = land_of(union_all([after[to], piece], grid_size=GRAIN))
    return after


def _longest_border(piece: BaseGeometry, others: Shapes) -> str:
    """Who shares the longest border with a piece of land; "" when nobody does."""
    shared = {
        name: intersection(piece.boundary, shape.boundary.buffer(2 * GRAIN)).length
        for name, shape in others.items()
        if not shape.is_empty and piece.distance(shape) < GRAIN
    }
    best = max(shared, key=lambda name: shared[name], default="")
    return best if best and shared[best] > GRAIN else ""
