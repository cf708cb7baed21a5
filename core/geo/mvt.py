"""Vector tiles as map libraries read them (Mapbox Vector Tile 2.1), written for whole arrays at once.

A feature is a run of whole numbers, each written in as many bytes as it needs; so all features of a layer are one long
array of numbers that numpy turns into bytes, and thousands of them take milliseconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from math import pi
from struct import pack
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from core.geo.mercator import TOP, Tile

EXTENT = 4096
"""Units across a tile."""
BUFFER = 64
"""Units around a tile in which lines and areas go on, so that no seam shows."""
FINE = 1.0
"""Units by which lines and areas may be drawn straighter than they are."""
CORNERS = 8
"""Shapes of so few corners, most buildings, stay as they are."""
MOVE, CLOSE = 9, 15
"""Commands: begin a part at one point, end a ring."""
LINE = 2
Numbers = NDArray[np.int64]
Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class Features:
    """What one layer of a tile shows: numbers, shapely geometries in degrees, and properties of equal length by name.

    None leaves a property out; values of a property are of one type. A layer has points, lines or polygons only; the
    last two may have several parts.
    """

    ids: Sequence[int]
    shapes: Any
    columns: Mapping[str, Sequence[Any]] = field(default_factory=dict)


def tile_bytes(tile: Tile, layers: Mapping[str, Features]) -> bytes:
    """The tile; layers without anything inside it are left out."""
    written = (_layer(name, some, tile) for name, some in layers.items())
    return b"".join(_chunk(3, layer) for layer in written if layer)


# --- into the tile ----------------------------------------------------------------------------------------


def in_tile(shapes: Any, tile: Tile) -> Shapes:
    """Geometries in the units of a tile, from its north-western corner."""

    def put(places: NDArray[np.float64]) -> NDArray[np.float64]:
        lat = np.radians(np.clip(places[:, 1], -TOP, TOP))
        x, y = (places[:, 0] + 180) / 360, (1 - np.arcsinh(np.tan(lat)) / pi) / 2
        return np.column_stack(((x * (1 << tile.z) - tile.x) * EXTENT, (y * (1 << tile.z) - tile.y) * EXTENT))

    moved: Shapes = shapely.transform(np.asarray(shapes, dtype=object), put)
    return moved


def _cut(shapes: Shapes) -> Shapes:
    """What lies inside the tile: points exactly, everything else with its buffer, and straightened."""
    if shapes.size and shapely.get_dimensions(shapes[0]) == 0:
        x, y = shapely.get_x(shapes), shapely.get_y(shapes)
        here = (x >= 0) & (x < EXTENT) & (y >= 0) & (y < EXTENT)
        shapes = shapes.copy()
        shapes[~here] = None
        return shapes
    return _clipped(_straightened(shapes))


def _straightened(shapes: Shapes) -> Shapes:
    """Shapes of many corners without those that nobody would see; none is lost."""
    bent = shapely.get_num_coordinates(shapes) > CORNERS
    if not bent.any():
        return shapes
    shapes = shapes.copy()
    straight = shapely.simplify(shapes[bent], FINE, preserve_topology=False)
    shapes[bent] = np.where(shapely.is_empty(straight), shapes[bent], straight)
    return shapes


def _clipped(shapes: Shapes) -> Shapes:
    low, high = -BUFFER, EXTENT + BUFFER
    bounds = shapely.bounds(shapes)
    crosses = (bounds[:, :2] < low).any(axis=1) | (bounds[:, 2:] > high).any(axis=1)
    if crosses.any():
        shapes = shapes.copy()
        shapes[crosses] = shapely.clip_by_rect(shapes[crosses], low, low, high, high)
    return shapes


# --- geometries as numbers --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Runs:
    """Numbers of many features one after the other: how many belong to each."""

    numbers: Numbers
    counts: Numbers


def _zigzag(numbers: Numbers) -> Numbers:
    return (numbers << 1) ^ (numbers >> 63)


def _drawn(shapes: Shapes) -> tuple[_Runs, int]:
    """The drawing commands of each geometry, and what kind of geometry they are: 1 point, 2 line, 3 polygon."""
    kind = int(shapely.get_dimensions(shapes).max(initial=0)) + 1
    if kind == 1:
        points = np.rint(shapely.get_coordinates(shapes)).astype(np.int64)
        numbers = np.column_stack((np.full(len(points), MOVE), _zigzag(points)))
        return _Runs(numbers.ravel(), np.full(len(points), 3)), kind
    parts, of = _parts(shapes, kind)
    places, part = shapely.get_coordinates(parts, return_index=True)
    return _commands(np.rint(places).astype(np.int64), part, of, len(shapes), kind), kind


def _parts(shapes: Shapes, kind: int) -> tuple[Shapes, Numbers]:
    """The lines or rings of all geometries, and which one each belongs to; outer rings run as the format wants."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    right = shapely.get_dimensions(parts) == kind - 1
    parts, of = parts[right], of[right]
    if kind == 3:
        rings, polygon = shapely.get_rings(shapely.orient_polygons(parts), return_index=True)
        return rings, of[polygon]
    return parts, of


def _commands(places: Numbers, part: Numbers, of: Numbers, many: int, kind: int) -> _Runs:
    """Lines and rings as commands: a move, a line through the other points, and the end of a ring."""
    places, part = _without_twins(places, part, kind)
    if not len(part):
        return _Runs(np.zeros(0, np.int64), np.zeros(many, np.int64))
    starts = np.flatnonzero(np.r_[True, part[1:] != part[:-1]])
    sizes = np.diff(np.r_[starts, len(part)])
    owner = of[part[starts]]
    steps = np.diff(places, axis=0, prepend=np.zeros((1, 2), np.int64))
    first = np.r_[True, owner[1:] != owner[:-1]]
    steps[starts[first]] = places[starts[first]]
    closes = int(kind == 3)
    lengths = 2 + 2 * sizes + closes
    begins = np.cumsum(lengths) - lengths
    numbers = np.full(int(lengths.sum()), CLOSE, np.int64)
    at = np.repeat(begins + 1, sizes) + 2 * (np.arange(len(part)) - np.repeat(starts, sizes))
    at += np.where(np.arange(len(part)) == np.repeat(starts, sizes), 0, 1)
    moved = _zigzag(steps)
    numbers[at], numbers[at + 1] = moved[:, 0], moved[:, 1]
    numbers[begins], numbers[begins + 3] = MOVE, (sizes - 1) << 3 | LINE
    return _Runs(numbers, np.bincount(owner, weights=lengths, minlength=many).astype(np.int64))


def _without_twins(places: Numbers, part: Numbers, kind: int) -> tuple[Numbers, Numbers]:
    """Without points that fell together, and without parts of which too little is left; rings end before they close."""
    last = np.r_[part[1:] != part[:-1], True]
    same = np.r_[False, (part[1:] == part[:-1]) & (places[1:] == places[:-1]).all(axis=1)]
    keep = ~same & ~(last & (kind == 3))
    places, part = places[keep], part[keep]
    if kind == 3:
        places, part = _open_rings(places, part)
    enough = np.bincount(part, minlength=1)[part] >= kind if len(part) else np.zeros(0, bool)
    return places[enough], part[enough]


def _open_rings(places: Numbers, part: Numbers) -> tuple[Numbers, Numbers]:
    """A ring whose last point fell together with its first loses it."""
    if not len(part):
        return places, part
    starts = np.flatnonzero(np.r_[True, part[1:] != part[:-1]])
    ends = np.r_[starts[1:], len(part)] - 1
    closed = (places[starts] == places[ends]).all(axis=1) & (ends > starts)
    keep = np.ones(len(part), bool)
    keep[ends[closed]] = False
    return places[keep], part[keep]


# --- properties -------------------------------------------------------------------------------------------


def _value(value: Any) -> bytes:
    """A property's value as the format has it."""
    if isinstance(value, bool | np.bool_):
        return b"\x38" + bytes([bool(value)])
    if isinstance(value, int | np.integer):
        return b"\x30" + _varint(int(value) << 1 ^ int(value) >> 63)
    if isinstance(value, float | np.floating):
        return b"\x19" + pack("<d", value)
    return _chunk(1, str(value).encode())


def _tags(columns: Mapping[str, Sequence[Any]], here: NDArray[np.bool_]) -> tuple[_Runs, list[bytes]]:
    """For each feature its pairs of key and value by their numbers; the values in their order."""
    values: list[bytes] = []
    pairs = np.zeros((int(here.sum()), len(columns), 2), np.int64)
    for key, column in enumerate(columns.values()):
        known: dict[Any, int] = {}
        codes = [-1 if v is None else known.setdefault(v, len(known)) for v in compress(column, here)]
        pairs[:, key, 0] = key
        pairs[:, key, 1] = np.where(np.array(codes, np.int64) < 0, -1, np.array(codes) + len(values))
        values += map(_value, known)
    there = pairs[:, :, 1] >= 0
    return _Runs(pairs[there].ravel(), 2 * there.sum(axis=1)), values


# --- bytes ------------------------------------------------------------------------------------------------


def _layer(name: str, some: Features, tile: Tile) -> bytes:
    """One layer; nothing when nothing is in the tile."""
    shapes = _cut(in_tile(some.shapes, tile)) if len(some.ids) else np.zeros(0, object)
    here = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if not here.any():
        return b""
    drawn, kind = _drawn(shapes[here])
    tags, values = _tags(some.columns, here)
    numbers = _features(np.asarray(some.ids, np.int64)[here], tags, drawn, kind)
    keys = b"".join(_chunk(3, key.encode()) for key in some.columns)
    told = b"".join(_chunk(4, value) for value in values)
    head = b"\x78\x02" + _chunk(1, name.encode())
    return head + numbers + keys + told + b"\x28" + _varint(EXTENT) if numbers else b""


def _features(ids: Numbers, tags: _Runs, drawn: _Runs, kind: int) -> bytes:
    """Every feature that has something to draw: number, properties, kind and commands, each with its length."""
    tag_bytes, drawn_bytes = _bytes_of(tags), _bytes_of(drawn)
    inner = 1 + _width(ids) + 1 + _width(tag_bytes) + tag_bytes
    inner += 2 + 1 + _width(drawn_bytes) + drawn_bytes
    many = len(ids)
    marks = {0: 0x12, 2: 0x08, 4: 0x12}
    heads = np.zeros((many, 6), np.int64)
    for place, mark in marks.items():
        heads[:, place] = mark
    heads[:, 1], heads[:, 3], heads[:, 5] = inner, ids, tag_bytes
    middles = np.column_stack((np.full((many, 3), (0x18, kind, 0x22)), drawn_bytes))
    fixed = [_Runs(part.ravel(), np.full(many, part.shape[1])) for part in (heads, middles)]
    woven, whose = _side_by_side([fixed[0], tags, fixed[1], drawn])
    return _varints(woven[(drawn.counts > 0)[whose]])


def _side_by_side(runs: Sequence[_Runs]) -> tuple[Numbers, Numbers]:
    """Several runs as one: for each feature the numbers of the first, the second and so on; and whose each is."""
    sizes = np.sum([run.counts for run in runs], axis=0)
    begins = np.cumsum(sizes) - sizes
    numbers = np.zeros(int(sizes.sum()), np.int64)
    for run in runs:
        within = np.arange(len(run.numbers)) - np.repeat(np.cumsum(run.counts) - run.counts, run.counts)
        numbers[np.repeat(begins, run.counts) + within] = run.numbers
        begins = begins + run.counts
    return numbers, np.repeat(np.arange(len(sizes)), sizes)


def _width(numbers: Numbers) -> Numbers:
    """Bytes that each number takes."""
    width = np.ones(len(numbers), np.int64)
    for bits in range(7, 63, 7):
        width += numbers >= 1 << bits
    return width


def _bytes_of(runs: _Runs) -> Numbers:
    """Bytes that each feature's numbers take together."""
    owner = np.repeat(np.arange(len(runs.counts)), runs.counts)
    total = np.bincount(owner, weights=_width(runs.numbers), minlength=len(runs.counts))
    return total.astype(np.int64)


def _varints(numbers: Numbers) -> bytes:
    """Numbers in seven bits a byte, the lowest first."""
    width = _width(numbers)
    begins = np.cumsum(width) - width
    out = np.zeros(int(width.sum()), np.uint8)
    for place in range(int(width.max(initial=0))):
        has = width > place
        more = (width[has] > place + 1).astype(np.int64) << 7
        out[begins[has] + place] = (numbers[has] >> 7 * place) & 0x7F | more
    return out.tobytes()


def _varint(number: int) -> bytes:
    """The same for one number."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _chunk(field_number: int, content: bytes) -> bytes:
    """A field of bytes with its length."""
    return _varint(field_number << 3 | 2) + _varint(len(content)) + content


def joined(tiles: Iterable[bytes]) -> bytes:
    """Several tiles of one place as one: layers simply follow each other."""
    return b"".join(tiles)
