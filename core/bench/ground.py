"""The office that is measured: invented, in a folder of its own, and the three people who ask."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from core.demo.build import build
from core.kernel import database
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.i18n import _
from core.kernel.opening import open_office
from core.kernel.problems import Invalid
from core.kernel.settings import Settings
from core.kernel.snapshot import database_path

NOTE = "bench.json"
NOT_BASE = ("search_doc", "account")
"""Tables that are no records of the district: an index and the staff."""
ROLES = {"district": "lead", "community": "clerk", "grid": "grid_worker"}
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Built:
    """How the demo was built: kept beside the office, so that a second run need not build it again."""

    scale: str
    seconds: float
    records: int
    megabytes: float


class Ground:
    """The office with what was noted when it was built."""

    def __init__(self, office: Office, built: Built) -> None:
        self.office, self.built = office, built
        self.actors = [Actor(f"bench-{level}", ROLES[level], area) for level, area in self._areas().items()]

    def rows(self, sql: str, *values: object) -> Sequence[Any]:
        """The rows of plain SQL with "?" for its values, past everything that the unit of work does."""
        if self.office.reader.dialect.name == "postgresql":
            sql = sql.replace("%", "%%").replace("?", "%s")
        with self.office.reader.connect() as connection:
            return connection.exec_driver_sql(sql, values).all()

    def _areas(self) -> dict[str, str]:
        """Level -> path of the district and of its most populous community and grid: the hardest of each."""
        grid = self.rows("SELECT area FROM person GROUP BY area ORDER BY count(*) DESC LIMIT 1")[0][0]
        parts = grid.split("/")
        return {"district": f"{parts[0]}/", "community": "/".join(parts[:3]) + "/", "grid": grid}


def level(actor: Actor) -> str:
    """The level of the area tree at which an actor of the bench stands."""
    return actor.login.removeprefix("bench-")


@contextmanager
def opened(folder: Path, scale: str, progress: Progress, url: str = "") -> Iterator[Ground]:
    """The office of a folder for the length of the block; an empty folder gets the demo first.

    `url` names a database of its own (empty at first) instead of the SQLite file in the folder. Raises Invalid when
    the folder holds anything but an office that the bench built at this scale.
    """
    chosen = Settings(data=folder, demo="none", database_url=url, keys="")
    note = folder / NOTE
    _claim(note, folder / "office.db")
    office = open_office(chosen)
    database.use(office)
    try:
        if not note.stat().st_size:
            note.write_text(json.dumps(asdict(_build(office, scale, progress))), encoding="utf-8")
        built = Built(**json.loads(note.read_text(encoding="utf-8")))
        if built.scale != scale:
            said = _("{folder} holds the scale {scale}. Name another folder.")
            raise Invalid(said.format(folder=folder, scale=built.scale))
        yield Ground(office, built)
    finally:
        database.use(None)
        office.close()


def _claim(note: Path, file: Path) -> None:
    """Mark a folder as the bench's; the note stays empty until the demo is whole. Raises Invalid."""
    if not note.exists():
        if file.exists():
            said = _("{folder} holds an office that the bench did not make. Name another folder.")
            raise Invalid(said.format(folder=note.parent))
        note.parent.mkdir(parents=True, exist_ok=True)
        note.touch()


def _build(office: Office, scale: str, progress: Progress) -> Built:
    """Build the demo and take the time."""
    begun = perf_counter()
    counts = build(office, scale, 1, progress)
    seconds = perf_counter() - begun
    records = sum(rows for table, rows in counts.items() if table not in NOT_BASE)
    return Built(scale, seconds, records, _megabytes(office))


def _megabytes(office: Office) -> float:
    """How much room the database takes."""
    if office.reader.dialect.name == "sqlite":
        return database_path(office.settings).stat().st_size / 1e6
    with office.reader.connect() as connection:
        size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar()
    return float(size or 0) / 1e6
