"""People are never features: what stands for somebody is told as numbers where it stands. Works inside a query."""

from typing import Any

from sqlalchemy import Select, case, func, literal, select

from core.components.models import Component
from core.kernel.extensions import Layer
from core.kernel.unit_of_work import UnitOfWork
from core.mapping.queries.narrowing import has
from core.organisations.models import Organisation
from core.places.models import Area, Building, House

FIELDS: dict[type[Any], tuple[str, ...]] = {
    Area: ("code", "level", "kind", "trade", "valid_from"),
    Building: ("code", "address", "use", "structure", "units", "built_year"),
    House: ("code", "address", "unit", "floor", "room", "use", "ownership", "floor_area"),
    Organisation: ("name", "credit_code", "kind", "trade", "address"),
    Component: ("code", "place", "state", "initial_on"),
}
"""Kinds of record that are features of their own, and the fields that these show besides the columns of their layer;
never one about a person. Of other kinds, those that share a place are one feature with their numbers."""
OF_KIND = "n_"


def gathered(uow: UnitOfWork, layer: Layer, asked: Select[Any]) -> Select[Any]:
    """The rows of a layer as its features are: as they come, or one for each place with how many of each kind, inside
    a query."""
    if layer.of[0] in FIELDS or not has(asked, "spot"):
        return asked
    columns = asked.selected_columns
    wanted = [columns[name] for name in ("spot", "area", "lon", "lat", "kind", "number") if name in columns]
    rows = asked.with_only_columns(*wanted, maintain_column_froms=True).subquery()
    one: Any = rows.c.number if "number" in rows.c else 1
    kinds = [
        func.sum(case((rows.c.kind == each.key, one), else_=0)).label(f"{OF_KIND}{each.key}")
        for each in layer.legend(uow)
        if each.key
    ]
    return select(
        rows.c.spot.label("id"),
        func.min(rows.c.area).label("area"),
        func.min(rows.c.lon).label("lon"),
        func.min(rows.c.lat).label("lat"),
        literal("").label("kind"),
        func.sum(case((rows.c.spot.is_not(None), one), else_=0)).label("number"),
        *kinds,
    ).group_by(rows.c.spot)
