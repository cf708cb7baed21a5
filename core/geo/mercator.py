"""The grid of tiles that web maps are cut into (spherical Mercator), and one number for a place in it.

A cell is a tile of zoom 24, about 2.4 m wide; its number has the bits of column and row by turns (the Morton curve). So
every tile of every zoom is one range of cells, and an index on one column finds whatever stands in it.
"""

from dataclasses import dataclass
from functools import cached_property
from math import asinh, atan, degrees, floor, pi, radians, sinh, tan
from typing import Any

DEEPEST = 24
"""The zoom of cells."""
CELLS = 1 << DEEPEST
TOP = 85.0511287798066
"""Degrees of latitude where the square world ends."""
AROUND = 40_075_016.686
"""Metres around the equator."""


@dataclass(frozen=True)
class Box:
    """Degrees from west to east and from south to north."""

    west: float
    south: float
    east: float
    north: float

    def grown(self, by: float) -> "Box":
        """Larger by so many degrees on every side."""
        return Box(self.west - by, self.south - by, self.east + by, self.north + by)

    def meets(self, other: "Box") -> bool:
        """Whether the two have a place in common."""
        across = self.west <= other.east and other.west <= self.east
        return across and self.south <= other.north and other.south <= self.north


@dataclass(frozen=True)
class Tile:
    """A tile: zoom, column from the west, row from the north."""

    z: int
    x: int
    y: int

    @property
    def is_real(self) -> bool:
        """Whether there is such a tile."""
        return 0 <= self.z <= DEEPEST and 0 <= self.x < 1 << self.z and 0 <= self.y < 1 << self.z

    @cached_property
    def box(self) -> Box:
        """Where it lies."""
        west, north = degrees_at(self.x, self.y, self.z)
        east, south = degrees_at(self.x + 1, self.y + 1, self.z)
        return Box(west, south, east, north)

    @property
    def cells(self) -> tuple[int, int]:
        """Half-open range of the numbers of its cells."""
        first = woven(self.x, self.y)
        shift = 2 * (DEEPEST - self.z)
        return first << shift, (first + 1) << shift


def turns(lon: float, lat: float) -> tuple[float, float]:
    """A place as shares of the square world: from the west and from the north, both below 1."""
    lat = min(TOP, max(-TOP, lat))
    return (lon + 180) / 360, (1 - asinh(tan(radians(lat))) / pi) / 2


def degrees_at(x: float, y: float, z: int) -> tuple[float, float]:
    """Longitude and latitude of a place in the grid of a zoom, counted in tiles."""
    size = 1 << z
    return x / size * 360 - 180, degrees(atan(sinh(pi * (1 - 2 * y / size))))


def tile_at(lon: float, lat: float, z: int) -> Tile:
    """The tile of a zoom around a place."""
    size = 1 << z
    x, y = turns(lon, lat)
    return Tile(z, *(min(size - 1, max(0, floor(share * size))) for share in (x, y)))


def cell_of(lon: float | None, lat: float | None) -> int | None:
    """The number of the cell around a place; None without one."""
    if lon is None or lat is None:
        return None
    tile = tile_at(lon, lat, DEEPEST)
    return int(woven(tile.x, tile.y))


def woven(x: Any, y: Any) -> Any:
    """The bits of a column and a row by turns; whole numbers below 2**24, or arrays of them (int64)."""
    return _spread(x) | _spread(y) << 1


_MASKS = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def _spread(bits: Any) -> Any:
    """A zero between every two bits."""
    for shift, mask in _MASKS:
        bits = (bits | bits << shift) & mask
    return bits
