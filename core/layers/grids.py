"""The boundaries of the areas: district, streets, communities, general grids; each from the zoom at which it helps."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, literal
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.codes import code_name
from core.kernel.extensions import Choice, Kind, Layer, Section
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.places import queries
from core.places.models import Area, Level

SHOWN = {Level.DISTRICT: (0, "#5b4b8a"), Level.STREET: (9, "#3f6fb5"), Level.COMMUNITY: (11, "#2f8f7f")}
"""Level -> from which zoom on it is drawn, and in which colour."""
LEVELS = {**SHOWN, Level.GRID: (13, "#c0622f")}


def rows(_uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each valid area with a boundary, inside a query."""
    zooms = [(col(Area.level) == level, literal(zoom)) for level, (zoom, _colour) in LEVELS.items()]
    columns: list[Any] = [
        Area.id,
        Area.area,
        Area.lon,
        Area.lat,
        col(Area.level).label("kind"),
        Area.name,
        Area.polygon,
        case(*zooms, else_=literal(0)).label("zoom"),
    ]
    there = (col(Area.valid_to).is_(None), col(Area.kind) == "general", col(Area.level).in_(list(LEVELS)))
    return choose(*columns).where(*there)


def legend(_uow: UnitOfWork) -> Sequence[Kind]:
    """The four levels, inside a query."""
    return [Kind(k, code_name("area_level", k, lang=language.get()), c) for k, (_zoom, c) in LEVELS.items()]


def card(uow: UnitOfWork, area_id: int) -> Section:
    """An area at a glance. Raises Missing."""
    found = queries.area(uow, area_id)
    facts: dict[str, object] = {
        _("Level"): code_name("area_level", found.level, lang=language.get()),
        _("Code"): found.code,
        _("Part of"): " ".join(name for _path, name in found.chain[:-1]),
    }
    if found.trade:
        facts[_("Trade")] = code_name("grid_trade", found.trade, lang=language.get())
    if uow.actor.may("house.view"):
        facts[_("Buildings")] = queries.building_count(uow, found.area)
        facts[_("Houses")] = sum(queries.state_counts(uow, found.area).values())
    return Section(title=found.name, facts=facts)


layer = Layer(
    title=N_("Grid boundaries"),
    about=N_("District, streets, communities and grids."),
    group="grids",
    icon="grid_view",
    needs="area.view",
    shape="area",
    of=(Area,),
    placed=None,
    rows=rows,
    legend=legend,
    card=card,
    opens="grid?area={id}",
    from_zoom=0,
    is_on=True,
    order=10,
)
