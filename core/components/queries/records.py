"""Records for the commands on components: only inside a command, never for a screen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import col, select

from core.components.models import Component, LocalClass
from core.components.queries.shared import placed
from core.components.rules import national
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area, Level
from core.places.queries.of_areas import area_names
from core.places.queries.records import own_grid
from core.places.queries.shared import below
from core.places.rules import path_above
from core.places.rules.position import inside

T = TypeVar("T")
MANY = 500
CLOSE = 5e-8
"""Degrees that are no difference."""


def open_classes(uow: UnitOfWork, area: str) -> dict[str, str]:
    """Code -> name of the classes one may choose for a place: the national ones and local ones that hold there."""

    def look() -> dict[str, str]:
        local = uow.session.exec(select(LocalClass).where(col(LocalClass.ended_on).is_(None)))
        return {**national(), **{one.code: one.name for one in local if area.startswith(one.area)}}

    return _once(uow, f"component classes {area}", look)


def _once(uow: UnitOfWork, key: str, look: Callable[[], T]) -> T:
    """What is looked up once in a piece of work: a list of components asks the same for each row."""
    if key not in uow.known:
        uow.known[key] = look()
    found: T = uow.known[key]
    return found


def local_names(uow: UnitOfWork, major: str) -> set[str]:
    """The names of the local classes of a major that are in force, as far as they are in sight."""
    asked = select(LocalClass.name).where(
        col(LocalClass.code).startswith(major), col(LocalClass.ended_on).is_(None)
    )
    return set(uow.session.exec(asked))


def grid(uow: UnitOfWork, path: str) -> Area:
    """A valid general grid of the branch. Raises Refused, Invalid."""
    return _once(uow, f"component grid {path}", lambda: own_grid(uow, path))


def grid_at(uow: UnitOfWork, lon: float, lat: float) -> str:
    """The path of the valid general grid of the branch around a place; "" when no boundary holds it."""
    return next((one.area for one in _grids(uow) if one.polygon and inside(one.polygon, lon, lat)), "")


def _grids(uow: UnitOfWork) -> Sequence[Area]:
    """The valid general grids of the branch."""
    here = (
        below(uow, Area, ""),
        Area.level == Level.GRID,
        Area.kind == "general",
        col(Area.valid_to).is_(None),
    )
    return _once(uow, "component grids", lambda: uow.session.exec(select(Area).where(*here)).all())


def grids_by_word(uow: UnitOfWork) -> dict[str, list[str]]:
    """Code or name -> the paths of the valid general grids of the branch that carry it."""
    found: dict[str, list[str]] = {}
    for one in _grids(uow):
        for word in (one.code, one.name):
            found.setdefault(word, []).append(one.area)
    return found


def by_codes(uow: UnitOfWork, codes: Sequence[str]) -> dict[str, Component]:
    """The components of the branch by their code or former code, as far as the actor may know these."""
    found: dict[str, Component] = {}
    for start in range(0, len(codes), MANY):
        some = codes[start : start + MANY]
        for name in (Component.former_code, Component.code):
            asked = select(Component).where(col(name).in_(some), placed(uow)).order_by(col(Component.id))
            found.update((getattr(one, name.key), one) for one in uow.session.exec(asked))  # type: ignore[attr-defined]
    return {code: one for code, one in found.items() if code}


def standing_at(uow: UnitOfWork, class_code: str, area: str, place: Mapping[str, Any]) -> Component | None:
    """The component of a class in a grid that stands at a very place, as far as the actor may know where it stands."""
    lon, lat = place.get("lon"), place.get("lat")
    if lon is None or lat is None:
        return None
    here: list[Any] = [
        col(Component.area) == area,
        col(Component.class_code) == class_code,
        Component.state != "removed",
    ]
    here += [
        col(Component.lon).between(lon - CLOSE, lon + CLOSE),
        col(Component.lat).between(lat - CLOSE, lat + CLOSE),
    ]
    return uow.session.exec(select(Component).where(*here, placed(uow)).order_by(col(Component.id))).first()


def where(uow: UnitOfWork, grid: str) -> str:
    """The names of the community and the grid."""
    paths = [path_above(grid), grid]
    names = area_names(uow, paths)
    return " ".join(names[path] for path in paths if path in names)
