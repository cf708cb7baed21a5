"""Records for the work on grids: only inside a query or command, never for a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import col, select

from core.accounts.models import Account
from core.basemap.models import BaseFeature
from core.gridding.models import GridChange, GridMove
from core.gridding.rules import Ground, Metres, Rings, sheet_of
from core.kernel.i18n import _
from core.kernel.problems import Invalid, Refused
from core.kernel.settings import settings
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area, Building, Level
from core.places.queries.shared import area_at, below


def community_at(uow: UnitOfWork, path: str) -> Area:
    """A community of the actor's branch that is still valid. Raises Refused, Missing, Invalid."""
    low, high = uow.actor.branch
    if not low <= path < high:
        raise Refused(_("That place is not in your area."))
    found = area_at(uow, path)
    if found.level != Level.COMMUNITY or found.valid_to is not None:
        raise Invalid(_("Grids stand under a community; {name} is none.").format(name=found.name))
    return found


def grids_of(uow: UnitOfWork, community: str) -> list[Area]:
    """The valid general grids of a community, in the order of their codes."""
    asked = select(Area).where(below(uow, Area, community), Area.level == Level.GRID, Area.kind == "general")
    return list(uow.session.exec(asked.where(col(Area.valid_to).is_(None)).order_by(col(Area.area))))


def ground_of(community: Area, grids: Sequence[Area], drawn: Rings) -> Ground:
    """The land as it is; where nothing has a boundary yet, the sheet is that of what was drawn. Raises Invalid."""
    sheet = sheet_of(community.polygon, *(grid.polygon for grid in grids), drawn)
    shapes = {grid.area: sheet.shape(grid.polygon) for grid in grids}
    names = {grid.area: grid.name for grid in grids}
    return Ground(sheet, sheet.shape(community.polygon), shapes, names, settings().grid_snap)


@dataclass(frozen=True)
class Buildings:
    """The buildings of a community: number, filed grid, address and place of each; `nan` without a position."""

    ids: list[int]
    areas: list[str]
    addresses: list[str]
    degrees: Metres

    @cached_property
    def has_place(self) -> NDArray[np.bool_]:
        """Which of them have a position."""
        return np.asarray(~np.isnan(self.degrees).any(axis=1))


def buildings_of(uow: UnitOfWork, community: str) -> Buildings:
    """Every building of a community."""
    columns = (Building.id, Building.area, Building.address, Building.lon, Building.lat)
    rows = uow.session.exec(select(*columns).where(below(uow, Building, community))).all()  # type: ignore[call-overload]
    places = [(np.nan, np.nan) if lon is None or lat is None else (lon, lat) for *_about, lon, lat in rows]
    ids, areas, addresses = ([row[n] for row in rows] for n in range(3))
    return Buildings(ids, areas, addresses, np.array(places, dtype=float).reshape(-1, 2))


def footprints_of(uow: UnitOfWork, community: str) -> dict[int, Rings]:
    """The outlines of the buildings that have one."""
    asked = select(Building.id, Building.polygon).where(below(uow, Building, community))
    return {number: list(rings) for number, rings in uow.session.exec(asked) if rings}


def roads_of(uow: UnitOfWork) -> list[dict[str, Any]]:
    """The roads of the base map as GeoJSON geometries."""
    asked = select(BaseFeature).where(BaseFeature.kind == "road")
    return [road.shape for road in uow.session.exec(asked)]


def workers_of(uow: UnitOfWork, community: str) -> dict[str, list[str]]:
    """Grid -> the names of the grid workers whose accounts stand in it."""
    asked = select(Account.area, Account.name).where(
        below(uow, Account, community), Account.role == "grid_worker"
    )
    found: dict[str, list[str]] = {}
    for area, name in uow.session.exec(asked.order_by(col(Account.id))):
        found.setdefault(area, []).append(name)
    return found


def moves_of(uow: UnitOfWork, change_id: int) -> list[GridMove]:
    """What a change moved for its own place."""
    return list(uow.session.exec(select(GridMove).where(GridMove.change_id == change_id)))


def later_changes(uow: UnitOfWork, change: GridChange) -> list[GridChange]:
    """The changes of the same community after one that still stand, the newest first."""
    asked = select(GridChange).where(GridChange.area == change.area, col(GridChange.id) > change.id)
    return list(
        uow.session.exec(asked.where(col(GridChange.undone_at).is_(None)).order_by(col(GridChange.id).desc()))
    )


def areas_at(uow: UnitOfWork, paths: Sequence[str]) -> dict[str, Area]:
    """Areas by their path."""
    return {one.area: one for one in uow.session.exec(select(Area).where(col(Area.area).in_(paths)))}
