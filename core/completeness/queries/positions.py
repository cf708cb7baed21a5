"""Which buildings and components stand outside the boundary of their own grid."""

from typing import Any

from sqlalchemy import and_
from sqlalchemy import select as choose
from sqlmodel import col, select

from core.components.models import Component
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area, Building
from core.places.queries.shared import below
from core.places.rules.position import inside

MOST = 20_000
"""Numbers that a condition may hold; a list this long needs no longer one."""


def well_placed(uow: UnitOfWork, under: str) -> Any:
    """The numbers of the buildings that stand inside the boundary of their grid, as a subquery, inside a query."""
    there = and_(col(Building.lon).is_not(None), col(Building.lat).is_not(None))
    return select(Building.id).where(there, col(Building.id).not_in(outside(uow, Building, under)))


def outside(uow: UnitOfWork, kind: type[Building] | type[Component], under: str) -> list[int]:
    """Records of a kind with a position that lies outside the boundary of their grid, inside a query.

    A grid without a boundary judges nobody. Looked up once for each piece of work.
    """
    key = f"outside:{kind.__name__}:{under}"
    if key not in uow.known:
        drawn = select(Area.area, Area.polygon).where(below(uow, Area, under))
        rings = {path: polygon for path, polygon in uow.session.exec(drawn) if polygon}
        columns: list[Any] = [kind.id, kind.area, kind.lon, kind.lat]
        placed = choose(*columns).where(
            below(uow, kind, under), col(kind.lon).is_not(None), col(kind.lat).is_not(None)
        )
        found = [
            number
            for number, area, lon, lat in uow.session.execute(placed)
            if area in rings and not inside(rings[area], lon, lat)
        ]
        uow.known[key] = found[:MOST]
    ids: list[int] = uow.known[key]
    return ids
