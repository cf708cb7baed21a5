"""Looking at the area tree."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, func, select

from core.kernel.i18n import _
from core.kernel.problems import Invalid, Missing
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import Area, Building, Level
from core.places.queries.shared import area_at, below
from core.places.rules import paths_to
from core.places.rules.areas import free_serial

MANY = 500


@dataclass(frozen=True)
class AreaLine:
    """One area in a list or a choice."""

    id: int
    area: str
    code: str
    name: str
    level: Level
    kind: str
    trade: str
    valid_to: date | None


@dataclass(frozen=True)
class AreaDetail:
    """One area in full.

    `chain` is (path, name) from the root to itself, `children` the number of valid areas right under it.
    """

    id: int
    version: int
    area: str
    code: str
    name: str
    level: Level
    kind: str
    trade: str
    polygon: list[Any] | None
    lon: float | None
    lat: float | None
    valid_from: date | None
    valid_to: date | None
    chain: list[tuple[str, str]]
    children: int


@dataclass(frozen=True)
class Extent:
    """The smallest box around something, in degrees."""

    west: float
    south: float
    east: float
    north: float


@query("area.view")
def areas(uow: UnitOfWork, *, under: str = "", level: str = "", with_closed: bool = False) -> list[AreaLine]:
    """The areas at and below `under` (the actor's own branch when empty), from above to below."""
    wanted = select(Area).where(below(uow, Area, under)).order_by(col(Area.area))
    if level:
        wanted = wanted.where(Area.level == level)
    if not with_closed:
        wanted = wanted.where(col(Area.valid_to).is_(None))
    return [uow.show(AreaLine, found) for found in uow.session.exec(wanted)]


@query("area.view")
def area(uow: UnitOfWork, path_or_id: str | int) -> AreaDetail:
    """One area by its path or number. Raises Missing."""
    found = area_at(uow, str(path_or_id)) if "/" in str(path_or_id) else uow.get(Area, path_or_id)
    return uow.show(AreaDetail, found, chain=chain(uow, found.area), children=_children(uow, found.area))


@query("area.view")
def area_names(uow: UnitOfWork, paths: Iterable[str]) -> dict[str, str]:
    """Path -> name of the areas in sight; the others are left out."""
    wanted = sorted(set(paths))
    names: dict[str, str] = {}
    for start in range(0, len(wanted), MANY):
        some = select(Area.area, Area.name).where(col(Area.area).in_(wanted[start : start + MANY]))
        names.update((path, name) for path, name in uow.session.exec(some))
    return names


@query("area.view")
def my_root(uow: UnitOfWork) -> AreaLine:
    """Where the actor stands; for a job the root of the tree. Raises Missing in an office without areas."""
    wanted = select(Area).where(below(uow, Area, uow.actor.area)).order_by(col(Area.area)).limit(1)
    found = uow.session.exec(wanted).first()
    if found is None:
        raise Missing(_("There is no area yet; load the divisions of your county first."))
    return uow.show(AreaLine, found)


@query("area.view")
def extent(uow: UnitOfWork, under: str) -> Extent | None:
    """The box around an area's own boundary, or around what lies below it; None where that has no place yet."""
    own = area_at(uow, under).polygon
    spots = list(_corners(own)) if own else _spots_below(uow, under)
    if not spots:
        return None
    lons, lats = zip(*spots, strict=True)
    return Extent(min(lons), min(lats), max(lons), max(lats))


def _spots_below(uow: UnitOfWork, path: str) -> list[tuple[float, float]]:
    """Where the areas at and below a path are, and the outermost corners of their buildings."""
    drawn = select(Area.polygon, Area.lon, Area.lat).where(
        below(uow, Area, path), col(Area.valid_to).is_(None)
    )
    spots: list[tuple[float, float]] = []
    for polygon, lon, lat in uow.session.exec(drawn):
        spots += _corners(polygon or [])
        spots += [(lon, lat)] if lon is not None and lat is not None else []
    sides = [form(side) for form in (func.min, func.max) for side in (col(Building.lon), col(Building.lat))]
    west, south, east, north = uow.session.execute(select(*sides).where(below(uow, Building, path))).one()
    return spots if west is None or south is None else [*spots, (west, south), (east, north)]


def _corners(shape: Sequence[Any]) -> Iterator[tuple[float, float]]:
    """The positions of rings, however deep they lie."""
    for part in shape:
        if part and isinstance(part[0], int | float):
            yield part[0], part[1]
        else:
            yield from _corners(part)


@query("area.view")
def next_grid_code(uow: UnitOfWork, community_path: str, kind: str = "general") -> str:
    """The 15 digits a new grid would get: general ones from 001, industry ones from 601.

    Codes of closed grids stay used. Raises Invalid for what is not a community, and when all are used up.
    """
    community = area_at(uow, community_path)
    if community.level != Level.COMMUNITY:
        raise Invalid(_("Grids stand under a community; {name} is none.").format(name=community.name))
    codes = uow.session.exec(
        select(Area.code).where(below(uow, Area, community_path), Area.level == Level.GRID)
    )
    return community.code + free_serial((code[-3:] for code in codes), kind)


def chain(uow: UnitOfWork, path: str) -> list[tuple[str, str]]:
    """(path, name) of the areas from the root to `path`, inside a query."""
    names = area_names(uow, paths_to(path))
    return [(step, names[step]) for step in paths_to(path) if step in names]


def _children(uow: UnitOfWork, path: str) -> int:
    right_under = col(Area.area).like(f"{path}%/") & ~col(Area.area).like(f"{path}%/%/")
    counted = (
        select(func.count())
        .select_from(Area)
        .where(below(uow, Area, path), right_under, col(Area.valid_to).is_(None))
    )
    return uow.session.exec(counted).one()
