"""Pictures in a file of the office: what lies in the folder `basemap`, and one tile of it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.basemap.rasters import mbtiles, pictures, pmtiles
from core.basemap.rasters.trouble import Trouble
from core.basemap.rules import FILES
from core.geo.mercator import Tile

DEEPER = 5
"""Zooms by which a picture is enlarged where the file does not go deep enough."""
READERS: dict[str, Callable[[Path, Tile], bytes | None]] = {"mbtiles": mbtiles.tile, "pmtiles": pmtiles.tile}
FACTS: dict[str, Callable[[Path], dict[str, Any]]] = {"mbtiles": mbtiles.facts, "pmtiles": pmtiles.facts}


@dataclass(frozen=True)
class Dropped:
    """A file somebody put into the folder, and what it says of itself; `trouble` is why it cannot be used."""

    file: str
    kind: str
    megabytes: float
    title: str = ""
    attribution: str = ""
    max_zoom: int = 18
    trouble: Trouble | None = None


def folder(data: Path) -> Path:
    """Where an office drops files with pictures of the land."""
    return data / "basemap"


def dropped(data: Path) -> list[Dropped]:
    """Every file there that may be a base map, by name."""
    kinds = {ending: kind for kind, ending in FILES.items()}
    found = []
    with suppress(FileNotFoundError):
        for path in sorted(folder(data).iterdir()):
            if path.suffix.lower() in kinds and not path.name.startswith(".") and path.is_file():
                found.append(_described(path, kinds[path.suffix.lower()]))
    return found


def _described(path: Path, kind: str) -> Dropped:
    size = round(path.stat().st_size / 1e6, 1)
    try:
        said = FACTS[kind](path)
    except Trouble as trouble:
        return Dropped(path.name, kind, size, trouble=trouble)
    title, whose = str(said.get("name") or path.stem), str(said.get("attribution") or "")
    return Dropped(path.name, kind, size, title[:40], whose[:120], min(22, max(1, int(said["maxzoom"]))))


def read(data: Path, kind: str, name: str, tile: Tile) -> bytes | None:
    """A tile of a file, enlarged from one above where it is missing; None where there is none. Raises Trouble."""
    path = folder(data) / Path(name).name
    if not path.is_file():
        raise Trouble("gone")
    for up in range(min(DEEPER, tile.z) + 1):
        parts = 1 << up
        found = READERS[kind](path, Tile(tile.z - up, tile.x // parts, tile.y // parts))
        if found and not pictures.media_of(found):
            raise Trouble("picture")
        if found:
            return found if not up else pictures.quarter(found, tile.x % parts, tile.y % parts, parts)
    return None
