"""Keeps what was fetched from services within the disk space that an office grants it: the oldest pictures go first."""

from contextlib import suppress
from pathlib import Path


def tidy(data: Path, room: int) -> int:
    """Remove the oldest pictures until those of all services take no more than `room` bytes; how many went."""
    kept = sorted(_pictures(data / "cache" / "map"))
    over, gone = sum(size for _at, size, _path in kept) - room, 0
    for _at, size, path in kept:
        if over <= 0:
            break
        with suppress(OSError):
            path.unlink()
        over, gone = over - size, gone + 1
    return gone


def _pictures(folder: Path) -> list[tuple[float, int, Path]]:
    """When each was fetched, its bytes and where it lies; one that goes meanwhile is left out."""
    found = []
    for path in folder.rglob("*") if folder.is_dir() else ():
        with suppress(OSError):
            if path.is_file() and path.name != "state.json":
                about = path.stat()
                found.append((about.st_mtime, about.st_size, path))
    return found
