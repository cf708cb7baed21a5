"""How a source did last, kept in a small file beside its pictures, so that every process and the page can read it."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.basemap.rasters.trouble import SENTENCES, Trouble
from core.kernel.i18n import _

QUIET = 30.0
"""Seconds in which the same news is not written again."""


@dataclass(frozen=True)
class State:
    """What was last known of a source and when (UTC, ISO 8601); `code` is "" when all was well."""

    at: str
    code: str = ""
    detail: str = ""

    @property
    def sentence(self) -> str:
        """What to tell a person; "" when all is well."""
        return _(SENTENCES[self.code]).format(detail=self.detail) if self.code in SENTENCES else ""

    @property
    def moment(self) -> datetime:
        """When that was."""
        return datetime.fromisoformat(self.at)


def folder(data: Path, source_id: int) -> Path:
    """Where a source keeps its state and what was fetched."""
    return data / "cache" / "map" / str(source_id)


def read(data: Path, source_id: int) -> State | None:
    """The last state; None when nobody has asked for a picture yet."""
    with suppress(OSError, ValueError, TypeError):
        return State(**json.loads((folder(data, source_id) / "state.json").read_text("utf-8")))
    return None


def note(data: Path, source_id: int, trouble: Trouble | None) -> None:
    """Write down how it went, when that is news. A full disk loses the note, not the map."""
    now = datetime.now(UTC)
    fresh = State(now.isoformat(), *((trouble.code, trouble.detail[:120]) if trouble else ()))
    last = read(data, source_id)
    is_news = last is None or (last.code, last.detail) != (fresh.code, fresh.detail)
    if is_news or (last and (now - last.moment).total_seconds() > QUIET):
        with suppress(OSError):
            put(folder(data, source_id) / "state.json", json.dumps(asdict(fresh)).encode())


def put(path: Path, content: bytes) -> None:
    """Write a file at once or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{datetime.now(UTC).timestamp():.6f}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
