"""Records for the commands on components: only inside a command, never for a screen."""

from collections.abc import Sequence

from sqlmodel import col, select

from core.components.models import Component, LocalClass
from core.components.rules import national
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area, Level
from core.places.queries.of_areas import area_names
from core.places.queries.shared import below
from core.places.rules import path_above
from core.places.rules.position import inside

MANY = 500


def open_classes(uow: UnitOfWork, area: str) -> dict[str, str]:
    """Code -> name of the classes one may choose for a place: the national ones and local ones that hold there."""
    local = uow.session.exec(select(LocalClass).where(col(LocalClass.ended_on).is_(None)))
    return {**national(), **{one.code: one.name for one in local if area.startswith(one.area)}}


def local_names(uow: UnitOfWork, major: str) -> set[str]:
    """The names of the local classes of a major that are in force, as far as they are in sight."""
    asked = select(LocalClass.name).where(
        col(LocalClass.code).startswith(major), col(LocalClass.ended_on).is_(None)
    )
    return set(uow.session.exec(asked))


def grid_at(uow: UnitOfWork, lon: float, lat: float) -> str:
    """The path of the valid general grid of the branch around a place; "" when no boundary holds it."""
    asked = select(Area).where(
        below(uow, Area, ""), Area.level == Level.GRID, Area.kind == "general", col(Area.valid_to).is_(None)
    )
    grids = uow.session.exec(asked)
    return next((one.area for one in grids if one.polygon and inside(one.polygon, lon, lat)), "")


def grid_of_code(uow: UnitOfWork, code: str) -> str:
    """The path of the grid with a code; "" for none in sight."""
    return (
        uow.session.exec(select(Area.area).where(Area.code == code, Area.level == Level.GRID)).first() or ""
    )


def filed_before(uow: UnitOfWork, codes: Sequence[str]) -> set[str]:
    """Those of the old codes that a component of the branch carries already."""
    found: set[str] = set()
    for start in range(0, len(codes), MANY):
        some = col(Component.former_code).in_(codes[start : start + MANY])
        found.update(uow.session.exec(select(Component.former_code).where(some)))
    return found


def where(uow: UnitOfWork, grid: str) -> str:
    """The names of the community and the grid."""
    paths = [path_above(grid), grid]
    names = area_names(uow, paths)
    return " ".join(names[path] for path in paths if path in names)
