"""Which cells a shape covers: few ranges of numbers that an index can be asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import shapely
from numpy.typing import NDArray

from core.geo.mercator import DEEPEST, Box, tile_at, turns, woven

Range = tuple[int, int]
"""Half-open range of cell numbers."""
ACROSS = 8
"""Tiles across a box into which it is cut for its ranges."""
MOST = 64
"""Tiles along the edge of a shape at which cutting it finer ends."""


@dataclass(frozen=True)
class Cover:
    """The cells of a shape: `inside` lie in it whole; of what stands in `border` each place is to be asked again."""

    inside: tuple[Range, ...]
    border: tuple[Range, ...]

    @property
    def all(self) -> tuple[Range, ...]:
        """Both together."""
        return merged((*self.inside, *self.border))


def merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Ranges in their order, joined where one ends as the next begins."""
    found: list[Range] = []
    for low, high in sorted(ranges):
        if found and found[-1][1] >= low:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return tuple(found)


def ranges_of(box: Box) -> tuple[Range, ...]:
    """The cells of a box and a little around it, in about ten ranges."""
    west, north = turns(box.west, box.north)
    east, south = turns(box.east, box.south)
    width = max(east - west, south - north, 2.0**-DEEPEST)
    z = min(DEEPEST, max(0, floor(np.log2(ACROSS / width))))
    x, y = np.meshgrid(_steps(west, east, z), _steps(north, south, z))
    return _ranges(x.ravel(), y.ravel(), z)


def _steps(low: float, high: float, z: int) -> NDArray[np.int64]:
    """The columns (or rows) of a zoom that two shares of the world reach across."""
    first = floor(low * 2**z)
    return np.arange(first, min(2**z, max(ceil(high * 2**z), first + 1)), dtype=np.int64)


def cover(shape: shapely.Geometry, most: int = MOST) -> Cover:
    """The cells of a shape in degrees; its edge is followed until that takes more than `most` tiles."""
    shapely.prepare(shape)
    west, south, east, north = (float(degree) for degree in shapely.bounds(shape))
    corners = (west, north), (east, south)
    z = next(z for z in range(DEEPEST, -1, -1) if len({tile_at(*corner, z) for corner in corners}) == 1)
    first = tile_at(west, north, z)
    x, y = np.array([first.x]), np.array([first.y])
    inside: list[Range] = []
    while True:
        boxes = _boxes(x, y, z)
        whole, touched = shapely.contains(shape, boxes), shapely.intersects(shape, boxes)
        inside += _ranges(x[whole], y[whole], z)
        x, y = x[touched & ~whole], y[touched & ~whole]
        if z == DEEPEST or 2 * len(x) > most or not len(x):
            return Cover(merged(inside), _ranges(x, y, z))
        x, y, z = (2 * x[:, None] + (0, 1, 0, 1)).ravel(), (2 * y[:, None] + (0, 0, 1, 1)).ravel(), z + 1


def _boxes(x: NDArray[np.int64], y: NDArray[np.int64], z: int) -> NDArray[np.object_]:
    """Tiles as rectangles of degrees."""

    def lat(rows: NDArray[np.int64]) -> NDArray[np.float64]:
        angles: NDArray[np.float64] = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * rows / 2**z))))
        return angles

    west, east = x / 2**z * 360 - 180, (x + 1) / 2**z * 360 - 180
    boxes: NDArray[np.object_] = shapely.box(west, lat(y + 1), east, lat(y))
    return boxes


def _ranges(x: NDArray[np.int64], y: NDArray[np.int64], z: int) -> tuple[Range, ...]:
    """The cells of tiles of one zoom."""
    shift = 2 * (DEEPEST - z)
    return merged((int(one) << shift, int(one) + 1 << shift) for one in woven(x, y))
