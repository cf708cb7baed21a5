"""Measures of grids, buildings and houses."""

from functools import partial
from typing import Any

from sqlalchemy import String, and_, cast, exists
from sqlmodel import col

from core.completeness.declaring import Ask, Measure
from core.completeness.queries.positions import well_placed
from core.kernel.i18n import N_
from core.people.models import Household
from core.places.models import Area, House, Level


def _every(_ask: Ask) -> Any:
    return col(House.id) > 0


def _positioned(ask: Ask) -> Any:
    """Houses whose building stands inside the boundary of its grid."""
    return col(House.building_id).in_(well_placed(ask.uow, ask.under))


def _bounded(_ask: Ask) -> Any:
    drawn = cast(col(Area.polygon), String)
    return and_(drawn.is_not(None), drawn.not_in(("null", "[]")))


def _has_household(_ask: Ask) -> Any:
    return exists().where(col(Household.house_id) == House.id, col(Household.closed_on).is_(None))


_house = partial(Measure, of=House, needs="house.view", opens="house.view")

MEASURES = (
    _house(
        key="house_confirmed",
        item="files",
        title=N_("Houses confirmed lately"),
        missing=N_("Houses not confirmed lately"),
        among=_every,
        good=lambda ask: col(House.verified_at) >= ask.since(ask.limits.house_days),
    ),
    _house(
        key="house_area",
        item="files",
        title=N_("Houses with their floor area"),
        missing=N_("Houses without their floor area"),
        fields=("floor_area",),
        among=_every,
        good=lambda _ask: col(House.floor_area).is_not(None),
    ),
    _house(
        key="house_position",
        item="map",
        title=N_("Houses with a position inside their grid"),
        missing=N_("Houses without a position inside their grid"),
        among=_every,
        good=_positioned,
    ),
    Measure(
        key="boundary",
        item="map",
        title=N_("Grids with a boundary"),
        missing=N_("Grids without a boundary"),
        of=Area,
        needs="area.view",
        opens="area.view",
        among=lambda _ask: and_(col(Area.level) == Level.GRID, col(Area.valid_to).is_(None)),
        good=_bounded,
    ),
    _house(
        key="house_state",
        item="families",
        title=N_("Houses whose state is known"),
        missing=N_("Houses whose state is not known"),
        fields=("state",),
        among=_every,
        good=lambda _ask: col(House.state) != "unknown",
    ),
    _house(
        key="house_household",
        item="families",
        title=N_("Lived-in houses with a household"),
        missing=N_("Lived-in houses without a household"),
        among=lambda _ask: col(House.residents) > 0,
        good=_has_household,
    ),
)
