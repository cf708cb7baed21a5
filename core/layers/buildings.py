"""Buildings: their outlines with floors and use, who lives in them as a number, and how long nobody has looked."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.codes import code_name
from core.kernel.extensions import Choice, Kind, Layer, Section
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.layers import kinds_of
from core.places import queries
from core.places.models import Building, House

USES = ("10", "20", "30", "40", "50", "60", "70", "80")


def rows(_uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each building, inside a query."""
    inside = choose(func.sum(House.residents), func.min(House.verified_at))
    own = inside.where(col(House.building_id) == Building.id)
    residents, seen = (own.with_only_columns(c).scalar_subquery() for c in inside.selected_columns)
    columns: list[Any] = [
        Building.id,
        Building.area,
        Building.cell,
        Building.lon,
        Building.lat,
        (func.substr(Building.use, 1, 1) + "0").label("kind"),
        Building.polygon,
        Building.name,
        Building.floors,
        residents.label("residents"),
        seen.label("seen"),
    ]
    return choose(*columns).where(col(Building.cell).is_not(None))


def legend(_uow: UnitOfWork) -> Sequence[Kind]:
    """The uses of buildings, in their broad classes, inside a query."""
    return kinds_of("house_use", USES)


def card(uow: UnitOfWork, building_id: int) -> Section:
    """A building at a glance. Raises Missing."""
    found = queries.building(uow, building_id)
    cells = queries.matrix(uow, building_id)
    facts: dict[str, object] = {
        _("Use"): code_name("house_use", found.use, lang=language.get()),
        _("Floors"): found.floors,
        _("Units"): found.units,
        _("Houses"): found.houses,
        _("Residents"): sum(cell.residents for cell in cells),
        _("Grid"): found.chain[-1][1] if found.chain else "",
    }
    return Section(title=found.title, facts=facts)


layer = Layer(
    title=N_("Buildings"),
    about=N_("Outlines, floors and use; tilt the map to see them stand."),
    group="places",
    icon="apartment",
    needs="house.view",
    shape="building",
    of=(Building, House),
    placed=Building,
    rows=rows,
    legend=legend,
    card=card,
    opens="building?id={id}",
    from_zoom=15,
    is_on=True,
    order=10,
)
