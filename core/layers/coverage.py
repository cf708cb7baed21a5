"""Coverage: of how many houses of each grid somebody found out lately how they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Subquery, case, cast, func, literal
from sqlalchemy import select as choose
from sqlmodel import col

from core.completeness.declaring import limits
from core.kernel.extensions import Choice, Kind, Layer, Section
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.layers import grids
from core.places.models import Area, House, Level

COLOURS = {80: "#2c8c5a", 60: "#8cc58a", 40: "#f3d06b", 20: "#ec9a5c", 0: "#d6453d"}
"""Share in per cent from which on a colour holds; good is green."""
ZOOM = 9


def rows(uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each grid with houses and a boundary, its share beside its name, inside a query. A row counts as one grid."""
    houses = per_grid(uow)
    share = 100 * houses.c.fresh // houses.c.every
    steps = [(share >= low, literal(str(low))) for low in COLOURS]
    kind = case(*steps, else_=literal("0"))
    return grid_rows(kind, col(Area.name) + " " + cast(share, String) + "%").join(
        houses, houses.c.area == Area.area
    )


def grid_rows(kind: ColumnElement[str], name: ColumnElement[str]) -> Select[Any]:
    """The general grids with a boundary as one row each, coloured by a kind, inside a query."""
    columns: list[Any] = [
        Area.id,
        Area.area,
        Area.lon,
        Area.lat,
        kind.label("kind"),
        literal(1).label("number"),
        name.label("name"),
        Area.polygon,
        literal(ZOOM).label("zoom"),
    ]
    there = (col(Area.valid_to).is_(None), col(Area.kind) == "general", col(Area.level) == Level.GRID)
    return choose(*columns).where(*there)


def per_grid(uow: UnitOfWork) -> Subquery:
    """Path of a grid -> how many houses, how many of them verified within the days of the office; inside a query."""
    since = uow.now - timedelta(days=limits(uow.office.settings).house_days)
    fresh = func.count(case((col(House.verified_at) >= since, 1)))
    columns: list[Any] = [House.area, func.count().label("every"), fresh.label("fresh")]
    return choose(*columns).group_by(col(House.area)).subquery()


def legend(_uow: UnitOfWork) -> Sequence[Kind]:
    """Five steps, best first, inside a query."""
    said = _("{low} to {high} % verified")
    tops = (100, *(low - 1 for low in COLOURS))
    pairs = zip(COLOURS.items(), tops, strict=False)
    return [Kind(str(low), said.format(low=low, high=high), tint) for (low, tint), high in pairs]


def card(uow: UnitOfWork, area_id: int) -> Section:
    """A grid with its share. Raises Missing."""
    about = grids.card(uow, area_id)
    houses = per_grid(uow)
    asked = choose(houses.c.every, houses.c.fresh).join(Area, col(Area.area) == houses.c.area)
    found = uow.session.execute(asked.where(col(Area.id) == area_id)).first()
    every, fresh = found or (0, 0)
    days = limits(uow.office.settings).house_days
    told = {_("Verified within {days} days").format(days=days): _("{n} of {all}").format(n=fresh, all=every)}
    return replace(about, facts={**about.facts, **told})


layer = Layer(
    title=N_("Coverage of grids"),
    about=N_("In how many houses of each grid somebody looked within the last months."),
    group="grids",
    icon="fact_check",
    needs="house.view",
    shape="area",
    of=(House, Area),
    placed=None,
    rows=rows,
    legend=legend,
    card=card,
    opens="grid?area={id}",
    from_zoom=ZOOM,
    order=30,
)
