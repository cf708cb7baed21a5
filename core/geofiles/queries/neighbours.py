"""Areas of one level and kind that would overlap, as the map would be once a file was taken in."""

from collections.abc import Sequence
from typing import NamedTuple

from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from core.geofiles import outlines
from core.geofiles.queries.lines import Line, Register, size
from core.kernel.i18n import _
from core.kernel.planning import GOOD
from core.places.models import Level

OVERLAP = 5.0
"""Square metres by which neighbours may overlap: what rounding and a hand leave."""


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
    then += [_Drawn((_level(line), line.kind), line.title, line.area) for line in good if line.area]
    tree = STRtree([one.shape for one in then])
    collided = [_collides(line, at, then, tree, register) for at, line in enumerate(good, standing)]
    return any(collided)


def _level(line: Line) -> str:
    return line.found.level if line.found else Level.GRID


def _collides(line: Line, at: int, then: Sequence[_Drawn], tree: STRtree, register: Register) -> bool:
    """Whether a row with a new outline overlaps another area; one whose name alone changes is not asked."""
    own = then[at]
    if not outlines.differ(register.shapes.get(line.found.id) if line.found else None, own.shape):
        return False
    for other in sorted(tree.query(own.shape, predicate="intersects")):
        if other != at and then[other].alike == own.alike:
            shared = outlines.square_metres(own.shape.intersection(then[other].shape))
            if shared > OVERLAP:
                said = _("It overlaps {name} by {n}.")
                line.clash(said.format(name=then[other].name, n=size(shared)))
                return True
    return False
