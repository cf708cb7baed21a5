"""A drawn picture of the invented town from above, as an MBTiles file: nobody ever flew there.

It stands for a real aerial picture in the demo and in tests, so it is made by code and never kept in the program.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from io import BytesIO
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from core.geo.mercator import Box, Tile, tile_at, turns

SIZE = 256
MOST = 16_000_000
"""Pixels of the whole picture."""
ZOOMS = range(10, 19)
LEVELS = 5
"""Zooms for which there are pictures."""
COLOURS = {"land": "#7d8360", "green": "#55713f", "water": "#3f6270", "road": "#8e8b85", "rail": "#6f665d"}
SEA = "#33566a"
ROOFS = ("#a9826f", "#b7b2aa", "#8f9aa3", "#c4b7a2", "#7f6f66", "#9c5f4c")
WIDTHS = {0: 16.0, 1: 13.0, 2: 10.0, 3: 7.0}
"""Metres of a road by its rank."""
Shape = tuple[str, int, Any]
"""What it is, its rank (a building's floors), and rings or a line in degrees."""


def draw_aerial(
    path: Path, box: Box, shapes: Sequence[Shape], *, title: str, attribution: str, seed: int = 1
) -> int:
    """Write the picture of a box of degrees; its deepest zoom. The same shapes give the same picture."""
    deepest = max(z for z in ZOOMS if z == ZOOMS[0] or _pixels(box, z) <= MOST)
    zooms = range(max(ZOOMS[0], deepest - LEVELS + 1), deepest + 1)
    tiles = (one for z in zooms for one in _tiles(_around(box, z, deepest), shapes, seed))
    about = {"name": title, "format": "jpg", "attribution": attribution}
    _write(path, tiles, {**about, "minzoom": str(zooms[0]), "maxzoom": str(deepest)})
    return deepest


def _around(box: Box, z: int, deepest: int) -> tuple[Tile, Tile]:
    """The tiles of a zoom at two corners: the further away one looks, the more is there."""
    more = (deepest - z) * (box.east - box.west) / 2
    wide = box.grown(more)
    return tile_at(wide.west, wide.north, z), tile_at(wide.east, wide.south, z)


def _pixels(box: Box, z: int) -> float:
    west, north = turns(box.west, box.north)
    east, south = turns(box.east, box.south)
    return (east - west) * (south - north) * float(SIZE << z) ** 2


def _painted(first: Tile, last: Tile, shapes: Iterable[Shape], random: Random) -> Image.Image:
    """Everything in its place: ground, then roads, then shadows and roofs, with the grain of a photo over it."""
    size = ((last.x - first.x + 1) * SIZE, (last.y - first.y + 1) * SIZE)
    image = Image.new("RGB", size, SEA)
    draw = ImageDraw.Draw(image)
    scale = float(SIZE << first.z)
    metre = scale / 40_075_017 / 0.92

    def at(place: Sequence[float]) -> tuple[float, float]:
        x, y = turns(place[0], place[1])
        return x * scale - first.x * SIZE, y * scale - first.y * SIZE

    for kind, rank, line in shapes:
        points = [at(place) for place in line]
        if kind == "building":
            _roof(draw, points, rank * 1.2 * metre, random)
        elif kind in ("road", "rail"):
            width = WIDTHS.get(rank, 5.0) if kind == "road" else 5.0
            draw.line(points, COLOURS[kind], max(1, round(width * metre)), "curve")
        elif len(points) > 2:
            draw.polygon(points, COLOURS[kind])
    return _grained(image)


def _roof(
    draw: ImageDraw.ImageDraw, points: Sequence[tuple[float, float]], shade: float, random: Random
) -> None:
    draw.polygon([(x + shade * 0.55, y - shade * 0.35) for x, y in points], "#3c4038")
    draw.polygon(list(points), random.choice(ROOFS), outline="#5f5a55")


def _grained(image: Image.Image) -> Image.Image:
    """With the unevenness of trees, waves and dust."""
    grain = np.random.default_rng(7).integers(0, 255, (512, 512), np.uint8)
    soft = Image.fromarray(grain).filter(ImageFilter.GaussianBlur(1.6))
    texture = Image.new("L", image.size)
    for x, y in product(range(0, image.width, 512), range(0, image.height, 512)):
        texture.paste(soft, (x, y))
    return Image.blend(image, Image.merge("RGB", (texture, texture, texture)), 0.12)


def _tiles(corners: tuple[Tile, Tile], shapes: Sequence[Shape], seed: int) -> Iterator[tuple[Tile, bytes]]:
    """The tiles of one zoom."""
    first, last = corners
    whole = _painted(first, last, shapes, Random(seed))
    for column, row in product(range(last.x - first.x + 1), range(last.y - first.y + 1)):
        part = whole.crop((column * SIZE, row * SIZE, (column + 1) * SIZE, (row + 1) * SIZE))
        yield Tile(first.z, first.x + column, first.y + row), _jpeg(part)


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=76)
    return out.getvalue()


def _write(path: Path, tiles: Iterable[tuple[Tile, bytes]], about: dict[str, str]) -> None:
    """A fresh file in the place of an old one; rows are counted from the south."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        file.execute(
            "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
        )
        file.execute("CREATE UNIQUE INDEX tile ON tiles (zoom_level, tile_column, tile_row)")
        file.executemany("INSERT INTO metadata VALUES (?, ?)", about.items())
        rows = ((t.z, t.x, (1 << t.z) - 1 - t.y, data) for t, data in tiles)
        file.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        file.commit()
