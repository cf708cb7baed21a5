"""Tiles as pictures: known by their first bytes, laid over each other, moved from one coordinate system to another."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import product
from math import floor

from PIL import Image

from core.basemap.rasters.trouble import Trouble
from core.geo.coordinates import from_wgs
from core.geo.mercator import Tile, degrees_at, turns

SIZE = 256
LARGEST = 1024
"""Pixels of a side; more is no tile."""
Corners = tuple[tuple[float, float], ...]
"""North-west, south-west, south-east and north-east of a tile, counted in tiles of the source."""


def _encoded(image: Image.Image, kind: str = "WEBP") -> bytes:
    out = BytesIO()
    image.save(out, kind, quality=86, method=2)
    return out.getvalue()


CLEAR = _encoded(Image.new("RGBA", (1, 1), (0, 0, 0, 0)), "PNG")


def media_of(data: bytes) -> str:
    """What a picture is, by its first bytes; "" for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/gif" if data.startswith((b"GIF87a", b"GIF89a")) else ""


def opened(data: bytes) -> Image.Image:
    """The picture with its clear parts, in the size of a tile. Raises Trouble for what is none."""
    try:
        image = Image.open(BytesIO(data))
        if max(image.size) > LARGEST:
            raise Trouble("large")
        whole = image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as trouble:
        raise Trouble("picture") from trouble
    return whole if whole.size == (SIZE, SIZE) else whole.resize((SIZE, SIZE))


def over(layers: Sequence[bytes | None]) -> bytes | None:
    """Pictures of one tile laid over each other, the first lowest; None when there is none. Raises Trouble."""
    there = [layer for layer in layers if layer]
    if len(there) < 2:
        return there[0] if there else None
    lowest, *rest = map(opened, there)
    for one in rest:
        lowest.alpha_composite(one)
    return _encoded(lowest)


def quarter(data: bytes, across: int, down: int, parts: int) -> bytes:
    """A part of a picture, 1/parts of each side, as large as a tile: for what lies deeper than the file goes."""
    side = SIZE / parts
    box = (across * side, down * side, (across + 1) * side, (down + 1) * side)
    return _encoded(opened(data).resize((SIZE, SIZE), Image.Resampling.BILINEAR, box=box))


def corners(system: str, tile: Tile) -> Corners:
    """Where the corners of a tile of WGS-84 lie among the tiles of another system."""
    found = []
    for x, y in ((0, 0), (0, 1), (1, 1), (1, 0)):
        east, south = turns(*map(float, from_wgs(system, *degrees_at(tile.x + x, tile.y + y, tile.z))))
        found.append((east * (1 << tile.z), south * (1 << tile.z)))
    return tuple(found)


def under(places: Corners) -> list[tuple[int, int]]:
    """Columns and rows of the tiles that the corners span."""
    across, down = (range(floor(min(side)), floor(max(side)) + 1) for side in zip(*places, strict=True))
    return list(product(across, down))


def moved(places: Corners, parts: Mapping[tuple[int, int], bytes | None]) -> bytes | None:
    """One tile cut out of those under it; None when all of them are missing. Raises Trouble."""
    if not any(parts.values()):
        return None
    west, north = min(x for x, _y in parts), min(y for _x, y in parts)
    size = [(max(each) - min(each) + 1) * SIZE for each in zip(*parts, strict=True)]
    whole = Image.new("RGBA", (size[0], size[1]), (0, 0, 0, 0))
    for (x, y), data in parts.items():
        if data:
            whole.paste(opened(data), ((x - west) * SIZE, (y - north) * SIZE))
    quad = [number for x, y in places for number in ((x - west) * SIZE, (y - north) * SIZE)]
    return _encoded(whole.transform((SIZE, SIZE), Image.Transform.QUAD, quad, Image.Resampling.BILINEAR))
