"""Industry grids: schools, hospitals, markets and the like that have a grid of their own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, literal
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.codes import code_name, codes
from core.kernel.colours import several
from core.kernel.extensions import Choice, Kind
from core.kernel.i18n import N_, language
from core.kernel.unit_of_work import UnitOfWork
from core.layers import grids
from core.places.models import Area

TRADE = "grid_trade"


def rows(_uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each valid industry grid with a boundary, inside a query."""
    columns: list[Any] = [
        Area.id,
        Area.area,
        Area.lon,
        Area.lat,
        col(Area.trade).label("kind"),
        Area.name,
        Area.polygon,
        literal(13).label("zoom"),
    ]
    return choose(*columns).where(col(Area.valid_to).is_(None), col(Area.kind) == "industry")


def legend(_uow: UnitOfWork) -> Sequence[Kind]:
    """The trades, inside a query."""
    names = [(trade, code_name(TRADE, trade, lang=language.get())) for trade in codes(TRADE)]
    return [Kind(trade, name, several(place)) for place, (trade, name) in enumerate(names)]


layer = replace(
    grids.layer,
    title=N_("Industry grids"),
    about=N_("Schools, hospitals, markets and parks that have a grid of their own."),
    icon="domain",
    rows=rows,
    legend=legend,
    is_on=False,
    order=20,
)
