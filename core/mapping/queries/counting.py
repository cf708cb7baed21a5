"""How many there are: the rows of a layer counted by area and kind, and at the areas of one level."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as choose
from sqlmodel import col, select

from core.kernel.extensions import Choice, Layer
from core.kernel.unit_of_work import UnitOfWork
from core.mapping.queries.narrowing import chosen, has, mark, reader, version
from core.places.models import Area, Level
from core.places.rules import paths_to

LEVEL_AT = (
    (14, Level.GRID),
    (12, Level.COMMUNITY),
    (10, Level.STREET),
    (8, Level.DISTRICT),
    (6, Level.CITY),
    (0, Level.PROVINCE),
)
"""From which zoom on numbers stand at the areas of which level."""
LEVELS = tuple(level for _zoom, level in reversed(LEVEL_AT))


@dataclass(frozen=True)
class AreaNumber:
    """An area with what is in it: the number of each kind, and where it is shown."""

    id: int
    area: str
    name: str
    level: str
    lon: float | None
    lat: float | None
    kinds: dict[str, int]

    @property
    def count(self) -> int:
        """All of them together."""
        return sum(self.kinds.values())


def level_at(zoom: int) -> Level:
    """The level whose areas carry the numbers at a zoom."""
    return next(level for low, level in LEVEL_AT if zoom >= low)


def numbers_at(uow: UnitOfWork, layer: Layer, choice: Choice, level: str) -> list[AreaNumber]:
    """The numbers of a layer at the areas of a level, inside a query. Where the actor has none of that level, at the
    next one below; nobody is told numbers of an area above their own."""
    areas = areas_at(uow, level)
    found = {one.area: one for one in areas}
    counts: dict[str, Counter[str]] = {path: Counter() for path in found}
    for (path, kind), number in counted(uow, layer, choice).items():
        for above in paths_to(path):
            if above in counts:
                counts[above][kind] += number
    return [_numbered(found[path], kinds) for path, kinds in counts.items() if kinds]


def _numbered(area: Area, kinds: Counter[str]) -> AreaNumber:
    return AreaNumber(area.id, area.area, area.name, area.level, area.lon, area.lat, dict(kinds))


def areas_at(uow: UnitOfWork, level: str) -> list[Area]:
    """The valid general areas of the branch at a level or, where there is none, at the first level below it that has
    some, inside a query."""
    low, high = uow.actor.branch
    mine = select(Area).where(Area.area >= low, Area.area < high, col(Area.valid_to).is_(None))
    mine = mine.where(Area.kind == "general")
    for each in LEVELS[LEVELS.index(Level(level)) :]:
        if found := uow.session.exec(mine.where(Area.level == each)).all():
            return list(found)
    return []


def counted(uow: UnitOfWork, layer: Layer, choice: Choice) -> dict[tuple[str, str], int]:
    """(path, kind) -> how many, as the records stand in the tree, inside a query; kept while nothing changes."""
    key = mark("counted", version(uow, layer), reader(uow), choice)
    return uow.office.kept.once(key, lambda: _counted(uow, layer, choice), lambda found: 200 * len(found))


def _counted(uow: UnitOfWork, layer: Layer, choice: Choice) -> dict[tuple[str, str], int]:
    tally = layer.tally(uow, choice) if layer.tally else layer.rows(uow, choice)
    asked = chosen(layer, tally, choice)
    columns = asked.selected_columns
    wanted = [columns[name] for name in ("area", "kind", "number") if name in columns]
    rows = asked.with_only_columns(*wanted, maintain_column_froms=True).subquery()
    many: Any = func.sum(rows.c.number) if has(asked, "number") else func.count()
    grouped = choose(rows.c.area, rows.c.kind, many).group_by(rows.c.area, rows.c.kind)
    return {(path, kind): int(number or 0) for path, kind, number in uow.session.execute(grouped)}
