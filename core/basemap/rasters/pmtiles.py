"""PMTiles version 3: one file, tiles along the Hilbert curve, directories of ranges (PMTiles specification 3)."""

import json
import struct
import zlib
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from core.basemap.rasters.trouble import Trouble
from core.geo.mercator import Tile

HEADER = struct.Struct("<7sB8Q3Q6B4iB2i")
PLAIN, GZIP = 1, 2
VECTOR = 1
LARGEST = 64_000_000
"""Bytes of a directory, of the description or of a tile, packed or not; more is a damaged file."""
DEPTH = 4


class Head(NamedTuple):
    """What the first bytes say: where the parts are, how they are packed, and what the tiles are."""

    root: tuple[int, int]
    about: tuple[int, int]
    leaves: int
    tiles: int
    packed: int
    tile_packed: int
    kind: int
    max_zoom: int


class Entry(NamedTuple):
    """A run of tiles with the same picture; a run of 0 is a directory further down."""

    first: int
    offset: int
    length: int
    run: int


def tile(path: Path, wanted: Tile) -> bytes | None:
    """The picture of a tile, None where there is none. Raises Trouble for a damaged file."""
    try:
        stamp = path.stat().st_mtime_ns
        head = _head(path, stamp)
        entry = _found(path, stamp, head, number(wanted))
        return _part(path, head.tiles + entry.offset, entry.length, head.tile_packed) if entry else None
    except (OSError, EOFError, ValueError, IndexError, struct.error, zlib.error) as trouble:
        raise Trouble("broken") from trouble


def facts(path: Path) -> dict[str, Any]:
    """What the file says of itself, with `maxzoom`. Raises Trouble for a damaged one or one without pictures."""
    try:
        head = _head(path, path.stat().st_mtime_ns)
        found = json.loads(_part(path, *head.about, head.packed) or b"{}")
    except (OSError, EOFError, ValueError, struct.error, zlib.error) as trouble:
        raise Trouble("broken") from trouble
    if head.kind == VECTOR:
        raise Trouble("vector")
    return {**(found if isinstance(found, dict) else {}), "maxzoom": head.max_zoom}


def number(wanted: Tile) -> int:
    """A tile's number: all of the zooms above it, then its place on the Hilbert curve of its own."""
    x, y, found = wanted.x, wanted.y, ((1 << 2 * wanted.z) - 1) // 3
    for level in reversed(range(wanted.z)):
        side = 1 << level
        east, south = int(bool(x & side)), int(bool(y & side))
        found += side * side * ((3 * east) ^ south)
        if not south:
            if east:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
    return found


@lru_cache(maxsize=32)
def _head(path: Path, _stamp: int) -> Head:
    with path.open("rb") as file:
        read = HEADER.unpack(file.read(HEADER.size))
    if read[0] != b"PMTiles" or read[1] != 3:
        raise Trouble("broken")
    root, about, leaves, tiles = read[2:4], read[4:6], read[6], read[8]
    packed, tile_packed, kind, _least, deepest = read[14:19]
    if packed not in (PLAIN, GZIP) or tile_packed not in (0, PLAIN, GZIP):
        raise Trouble("packed")
    return Head(root, about, leaves, tiles, packed, tile_packed, kind, deepest)


def _part(path: Path, offset: int, length: int, packed: int) -> bytes:
    if length > LARGEST:
        raise Trouble("broken")
    with path.open("rb") as file:
        file.seek(offset)
        data = file.read(length)
    if len(data) < length:
        raise EOFError(path.name)
    return _unpacked(data) if packed == GZIP else data


def _unpacked(data: bytes) -> bytes:
    """Packed bytes, no more than they may be: some thousand can stand for gigabytes."""
    packer = zlib.decompressobj(wbits=31)
    found = packer.decompress(data, LARGEST)
    if not packer.eof:
        raise EOFError("too large, or cut off")
    return found


def _found(path: Path, stamp: int, head: Head, wanted: int) -> Entry | None:
    """The entry of a tile, down through the directories."""
    offset, length = head.root
    for _level in range(DEPTH):
        entries = _directory(path, stamp, offset, length, head.packed)
        place = bisect_right(entries, wanted, key=lambda entry: entry.first) - 1
        if place < 0:
            return None
        entry = entries[place]
        if entry.run:
            return entry if wanted < entry.first + entry.run else None
        offset, length = head.leaves + entry.offset, entry.length
    raise Trouble("broken")


@lru_cache(maxsize=256)
def _directory(path: Path, _stamp: int, offset: int, length: int, packed: int) -> list[Entry]:
    """Numbers, runs, lengths and offsets, each column for itself as variable-length numbers."""
    data, at = _part(path, offset, length, packed), 0

    def column(count: int) -> list[int]:
        nonlocal at
        found = []
        for _one in range(count):
            value, at = _varint(data, at)
            found.append(value)
        return found

    count = column(1)[0]
    steps, runs, lengths, offsets = (column(count) for _each in range(4))
    entries, first, end = [], 0, 0
    for step, run, size, place in zip(steps, runs, lengths, offsets, strict=True):
        first += step
        begin = end if place == 0 else place - 1
        entries.append(Entry(first, begin, size, run))
        end = begin + size
    return entries


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Seven bits at a time, the lowest first; the value and where the next begins. IndexError at the end."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
