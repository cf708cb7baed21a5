"""MBTiles: an SQLite file with a table of tiles, rows counted from the south (MBTiles specification 1.3)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from core.basemap.rasters.trouble import Trouble
from core.geo.mercator import Tile

ONE = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
LARGEST = 64_000_000
"""Bytes of one value; more is a damaged file."""
PATIENCE = 5.0
"""Seconds for one question: what is called a table may be a view that never ends."""
STEPS = 10_000
"""Steps of the database after which it is asked whether it takes too long."""


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file for reading only, as it stands: it is nobody's database, and nobody knows who wrote it."""
    until = monotonic() + PATIENCE
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
            file.set_progress_handler(lambda: monotonic() > until, STEPS)
            yield file
    except (sqlite3.Error, UnicodeError) as trouble:
        raise Trouble("broken") from trouble


def tile(path: Path, wanted: Tile) -> bytes | None:
    """The picture of a tile, None where there is none. Raises Trouble for a damaged file."""
    with _opened(path) as file:
        row = file.execute(ONE, (wanted.z, wanted.x, (1 << wanted.z) - 1 - wanted.y)).fetchone()
    return bytes(row[0]) if row and isinstance(row[0], bytes) else None


def facts(path: Path) -> dict[str, Any]:
    """What the file says of itself, with `maxzoom`. Raises Trouble for a damaged one or one without pictures."""
    with _opened(path) as file:
        found = dict(file.execute("SELECT name, value FROM metadata").fetchall())
        deepest = file.execute("SELECT max(zoom_level) FROM tiles").fetchone()[0]
    if deepest is None:
        raise Trouble("broken")
    if str(found.get("format", "")).lower() in ("pbf", "mvt"):
        raise Trouble("vector")
    return {**found, "maxzoom": int(deepest)}
