"""Pictures of the land, tile by tile: from a file or a service, moved to where they belong. Nothing found is nothing
drawn: a map never fails because a picture does, and what went wrong stands beside the source."""

from dataclasses import dataclass
from pathlib import Path

from core.basemap.rasters import files, online, pictures, state
from core.basemap.rasters.trouble import Trouble
from core.basemap.rules import FILES
from core.geo.coordinates import System
from core.geo.mercator import Tile
from core.kernel.crypto import Sealed

__all__ = ["EMPTY", "Picture", "Source", "picture"]

SHIFTS_FROM = 7
"""The first zoom at which half a kilometre is more than half a pixel."""


@dataclass(frozen=True)
class Source:
    """Where pictures come from, as MapSource has it; the key stays sealed until a service is asked."""

    id: int
    kind: str
    address: str
    layers: str
    matrix: str
    key: Sealed | None
    file: str
    is_own_server: bool
    system: str
    max_zoom: int


@dataclass(frozen=True)
class Picture:
    """A tile as a browser gets it; `is_found`: it is the land, not the empty tile in its place."""

    data: bytes
    media: str
    is_found: bool = True


EMPTY = Picture(pictures.CLEAR, "image/png", is_found=False)


def picture(data: Path, source: Source, tile: Tile) -> Picture:
    """The picture of a tile of WGS-84, or the clear one; `data` is the office's folder. Waits for services at most
    some seconds; what goes wrong is noted beside the source."""
    if not tile.is_real or tile.z > source.max_zoom:
        return EMPTY
    try:
        found = _moved(data, source, tile) if _is_beside(source, tile) else _read(data, source, tile)
    except Trouble as trouble:
        state.note(data, source.id, trouble)
        return EMPTY
    state.note(data, source.id, None)
    media = pictures.media_of(found) if found else ""
    return Picture(found, media) if found and media else EMPTY


def _is_beside(source: Source, tile: Tile) -> bool:
    return source.system != System.WGS84 and tile.z >= SHIFTS_FROM


def _moved(data: Path, source: Source, tile: Tile) -> bytes | None:
    """The tile put together from those of the source's own system. Raises Trouble."""
    corners = pictures.corners(source.system, tile)
    parts = {(x, y): _read(data, source, Tile(tile.z, x, y)) for x, y in pictures.under(corners)}
    return pictures.moved(corners, parts)


def _read(data: Path, source: Source, tile: Tile) -> bytes | None:
    """The picture as the source has it; None where it has none. Raises Trouble."""
    if source.kind in FILES:
        return files.read(data, source.kind, source.file, tile)
    return pictures.over(online.read(data, source, tile))
