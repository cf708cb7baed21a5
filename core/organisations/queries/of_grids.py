"""Industry grids and their organisations: who belongs to one, who might, and which grids an organisation could join."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select as choose
from sqlmodel import col, func, select

from core.kernel.unit_of_work import UnitOfWork, query
from core.organisations.models import Organisation
from core.organisations.queries.shared import OrganisationLine, line_of
from core.organisations.rules import fits, trades
from core.places.models import Area, Building, Level
from core.places.queries.shared import area_at, below
from core.places.rules import path_above
from core.places.rules.position import inside

MOST = 50


@dataclass(frozen=True)
class GridChoice:
    """An industry grid that an organisation could join; `fits` says why it is suggested: "inside" (it stands on its
    ground), "trade", or "" when it is only possible."""

    area: str
    name: str
    trade: str
    fits: str


@query("organisation.view")
def grid_choices(uow: UnitOfWork, organisation_id: int | str) -> list[GridChoice]:
    """The industry grids of the organisation's community, the likeliest first. Raises Missing."""
    found = uow.get(Organisation, organisation_id)
    spots = _spots(uow, [found])
    choices = [
        GridChoice(grid.area, grid.name, grid.trade, _why(found, grid, spots))
        for grid in _grids(uow, path_above(found.area))
    ]
    return sorted(choices, key=lambda one: ("inside", "trade", "").index(one.fits))


@query("organisation.view")
def suggested_for(uow: UnitOfWork, grid: str) -> list[OrganisationLine]:
    """Open organisations that stand on the ground of an industry grid or have its trade, and belong to none yet: at
    most MOST, those on its ground first. Raises Missing."""
    area = area_at(uow, grid)
    trading = [code for code in trades() if fits(code, area.trade)]
    free = (col(Organisation.industry_grid) == "") & (col(Organisation.state) == "open")
    asked = select(Organisation).where(below(uow, Organisation, path_above(area.area)), free)
    within = _buildings_inside(uow, area)
    on_ground = uow.session.exec(asked.where(col(Organisation.building_id).in_(within)).limit(MOST)).all()
    others = uow.session.exec(asked.where(col(Organisation.trade).in_(trading)).limit(MOST)).all()
    found = {one.id: one for one in (*on_ground, *others)}
    return [line_of(uow, one) for one in list(found.values())[:MOST]]


@query("organisation.count")
def grid_numbers(uow: UnitOfWork, under: str = "") -> dict[str, int]:
    """Path of each industry grid -> its open organisations, at and below a path; empty grids are left out."""
    path: Any = Organisation.industry_grid
    here = (below(uow, Organisation, under), path != "", col(Organisation.state) == "open")
    asked = choose(path, func.count()).where(*here).group_by(path)
    return {grid: count for grid, count in uow.session.execute(asked)}


def _grids(uow: UnitOfWork, community: str) -> list[Area]:
    """The valid industry grids of a community, as far as they are in sight."""
    asked = select(Area).where(below(uow, Area, community), Area.level == Level.GRID, Area.kind == "industry")
    return list(uow.session.exec(asked.where(col(Area.valid_to).is_(None)).order_by(col(Area.area))))


def _why(found: Organisation, grid: Area, spots: dict[int, tuple[float, float]]) -> str:
    at = spots.get(found.building_id or 0)
    if at and grid.polygon and inside(grid.polygon, *at):
        return "inside"
    return "trade" if fits(found.trade, grid.trade) else ""


def _spots(uow: UnitOfWork, organisations: Iterable[Organisation]) -> dict[int, tuple[float, float]]:
    """Building -> longitude and latitude of where organisations stand."""
    wanted = {one.building_id for one in organisations if one.building_id}
    found = uow.session.exec(select(Building).where(col(Building.id).in_(wanted)))
    return {one.id: (one.lon, one.lat) for one in found if one.lon is not None and one.lat is not None}


def _buildings_inside(uow: UnitOfWork, grid: Area) -> list[int]:
    """The buildings of the community that stand on the ground of a grid."""
    if not grid.polygon:
        return []
    buildings = uow.session.exec(select(Building).where(below(uow, Building, path_above(grid.area))))
    return [
        one.id
        for one in buildings
        if one.lon is not None and one.lat is not None and inside(grid.polygon, one.lon, one.lat)
    ]
