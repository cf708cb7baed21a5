"""Vector tiles as somebody else reads them: by GDAL, and with the formulas of the map libraries written once more."""

import tempfile
from collections import defaultdict
from dataclasses import dataclass
from gzip import decompress
from math import asinh, degrees, floor, pi, radians, sinh, tan
from pathlib import Path
from typing import Any

import pyogrio
import shapely


@dataclass(frozen=True)
class Feature:
    """A feature of a tile: its number, its properties, and its shape in units of 4096 from the north-west."""

    id: int
    properties: dict[str, Any]
    shape: Any


def read(packed: bytes | None) -> dict[str, list[Feature]]:
    """The parts of a packed tile."""
    return read_plain(decompress(packed)) if packed else {}


def read_plain(data: bytes) -> dict[str, list[Feature]]:
    """The parts of a tile that is not packed."""
    if not data:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tile.pbf"
        named = f"MVT:{path}"
        path.write_bytes(data)
        return {str(name): _part(named, str(name)) for name in pyogrio.list_layers(named)[:, 0]}


def _part(path: str, name: str) -> list[Feature]:
    meta, _fids, shapes, columns = pyogrio.raw.read(path, layer=name, CLIP="NO")
    names = [str(each) for each in meta["fields"]]
    rows = zip(*columns, strict=True)
    return [
        Feature(int(values["mvt_id"]), values, upright(shapely.from_wkb(shape)))
        for shape, values in zip(shapes, (_there(names, row) for row in rows), strict=True)
    ]


def _there(names: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    """Properties without those that the feature has not."""
    return {n: v for n, v in zip(names, row, strict=True) if v is not None and v == v}


def upright(shape: Any) -> Any:
    """GDAL counts from the south."""
    return shapely.transform(shape, lambda places: places * (1, -1) + (0, 4096))


def column_and_row(lon: float, lat: float, z: int) -> tuple[float, float]:
    """Where a place lies in the grid of a zoom."""
    return (lon + 180) / 360 * 2**z, (1 - asinh(tan(radians(lat))) / pi) / 2 * 2**z


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    """The tile around a place."""
    x, y = column_and_row(lon, lat, z)
    return z, floor(x), floor(y)


def units(lon: float, lat: float, tile: tuple[int, int, int]) -> tuple[float, float]:
    """Where a place lies in a tile, in units."""
    z, column, row = tile
    x, y = column_and_row(lon, lat, z)
    return (x - column) * 4096, (y - row) * 4096


def corner(x: float, y: float, z: int) -> tuple[float, float]:
    """Longitude and latitude of a place in the grid of a zoom."""
    from math import atan

    return x / 2**z * 360 - 180, degrees(atan(sinh(pi * (1 - 2 * y / 2**z))))


def by_tile(places: dict[int, tuple[float, float]], z: int) -> dict[tuple[int, int, int], set[int]]:
    """Which numbers belong into which tile."""
    found: dict[tuple[int, int, int], set[int]] = defaultdict(set)
    for number, place in places.items():
        found[tile_of(*place, z)].add(number)
    return found
