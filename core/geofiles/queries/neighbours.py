"""Areas of one level and kind that would overlap, as the map would be once a file was taken in."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from core.geofiles import outlines
from core.geofiles.queries.lines import Line, Register, size
from core.kernel.i18n import _
from core.kernel.planning import GOOD
from core.places.models import Level

OVERLAP = 5.0
"""Square metres by which neighbours may overlap: what rounding and a hand leave."""
SLIVER = 1e-10
"""Square degrees below which an overlap is none: about a square metre."""


class _Drawn(NamedTuple):
    """An area as the map would have it."""

    alike: tuple[str, str]
    name: str
    shape: BaseGeometry


def collide(lines: Sequence[Line], register: Register) -> bool:
    """Write at each row whose new outline would overlap a neighbour what it overlaps; whether there was any."""
    good = [line for line in lines if line.state in GOOD and line.area is not None]
    moved = {line.found.id for line in good if line.found}
    then = [
        _Drawn((one.level, one.kind), one.name, register.shapes[one.id])
        for one in register.areas
        if one.id in register.shapes and one.id not in moved
    ]
    standing = len(then)
    then += [_Drawn((_level(line), line.kind), line.called, line.area) for line in good if line.area]
    overlapped = _overlaps(then, standing)
    collided = [_collides(line, at, then, overlapped, register) for at, line in enumerate(good, standing)]
    return any(collided)


def _level(line: Line) -> str:
    return line.found.level if line.found else Level.GRID


def _overlaps(then: Sequence[_Drawn], first: int) -> dict[int, tuple[int, float]]:
    """Area -> another of its level and kind that it overlaps most, and by how many square metres; of those from `first`
    on."""
    shapes = np.array([one.shape for one in then], dtype=object)
    own, other = STRtree(shapes).query(shapes[first:], predicate="intersects")
    own += first
    once = (other < first) | (own < other)
    own, other = own[once], other[once]
    alike = np.array([then[a].alike == then[b].alike for a, b in zip(own, other, strict=True)], dtype=bool)
    own, other = own[alike], other[alike]
    shared = shapely.intersection(shapes[own], shapes[other])
    found: dict[int, tuple[int, float]] = {}
    for at in np.flatnonzero(shapely.area(shared) > SLIVER):
        metres = outlines.square_metres(shared[at])
        for one, neighbour in ((int(own[at]), int(other[at])), (int(other[at]), int(own[at]))):
            if metres > max(OVERLAP, found.get(one, (0, 0.0))[1]):
                found[one] = neighbour, metres
    return found


def _collides(
    line: Line, at: int, then: Sequence[_Drawn], overlapped: dict[int, tuple[int, float]], register: Register
) -> bool:
    """Whether a row with a new outline overlaps another area; one whose name alone changes is not asked."""
    if at not in overlapped:
        return False
    if not outlines.differ(register.shapes.get(line.found.id) if line.found else None, then[at].shape):
        return False
    other, metres = overlapped[at]
    line.clash(_("It overlaps {name} by {n}.").format(name=then[other].name, n=size(metres)))
    return True
