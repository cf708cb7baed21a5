"""What a feature says of itself: the columns of its layer, its kind in words, and plain fields of its record.

Fields are named here one by one: whatever is not named stays in the office. All of it works inside a query.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shapely.geometry import mapping
from sqlalchemy import Row, select
from sqlmodel import col

from core.entries.commands.sheets import cell_of
from core.geo.shapes import shapes_of
from core.geofiles.queries.gathering import FIELDS, OF_KIND, gathered
from core.kernel.extensions import Layer
from core.kernel.fields import Declared, declared
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.mapping.queries.drawing import KNOWN
from core.mapping.queries.narrowing import things
from core.places.queries import area_names

ALWAYS = {
    "kind": (N_("Kind"), "string"),
    "kind_name": (N_("Kind in words"), "string"),
    "area": (N_("Area path"), "string"),
    "area_name": (N_("Area"), "string"),
}
COUNTED = {"number": (N_("Number"), "integer"), "day": (N_("Day"), "string")}
NAMES = {"name": N_("Name"), "floors": N_("Floors"), "residents": N_("Residents"), "state": N_("State")}
TYPES = {int: "integer", float: "number", bool: "boolean"}
MANY = 500


def schema(uow: UnitOfWork, layer: Layer) -> list[tuple[str, str, str]]:
    """(name, label, type in JSON) of every property that each feature of a layer has, inside a query."""
    columns = gathered(uow, layer, things(uow, layer)).selected_columns
    kinds = {f"{OF_KIND}{one.key}": one.label for one in layer.legend(uow)}
    found = {name: (_(label), kind) for name, (label, kind) in ALWAYS.items()}
    found |= {name: (_(label), kind) for name, (label, kind) in COUNTED.items() if name in columns}
    for name in _extras(layer, uow):
        kind = TYPES.get(_python(columns[name]), "string")
        found[name] = (kinds.get(name) or _(NAMES.get(name, name)), kind)
    for name, known in _fields(layer).items():
        plain = "string" if known.choices() else TYPES.get(known.kind, "string")
        found[_own(name)] = (_(known.label), plain)
    return [(name, label, kind) for name, (label, kind) in found.items()]


def _python(column: Any) -> type:
    try:
        found: type = column.type.python_type
    except RuntimeError:  # a type that says none
        return str
    return found


def _extras(layer: Layer, uow: UnitOfWork) -> list[str]:
    columns = gathered(uow, layer, things(uow, layer)).selected_columns
    return [n for n in columns.keys() if n not in KNOWN | {"kind"}]  # noqa: SIM118


def _fields(layer: Layer) -> dict[str, Declared]:
    kind: Any = layer.of[0]
    known = declared(kind)
    return {name: known[name] for name in FIELDS.get(kind, ()) if name in known}


def _own(name: str) -> str:
    """The name of a record's field among the properties, where `kind` is the layer's."""
    return f"{name}_of" if name in ALWAYS else name


def properties_of(
    uow: UnitOfWork, layer: Layer, rows: Sequence[Row[Any]]
) -> list[tuple[dict[str, Any] | None, dict[str, Any]]]:
    """GeoJSON geometry and properties of some rows of a layer, all with the same names, inside a query."""
    kinds = {one.key: one.label for one in layer.legend(uow)}
    places, own, extras = (
        area_names(uow, {row.area for row in rows}),
        _records(uow, layer, rows),
        _extras(layer, uow),
    )
    found = []
    for row in rows:
        told = {
            "kind": row.kind,
            "kind_name": kinds.get(row.kind, row.kind),
            "area": row.area,
            "area_name": places.get(row.area, ""),
        }
        told |= {name: _plain(getattr(row, name)) for name in (*COUNTED, *extras) if hasattr(row, name)}
        found.append((_geometry(row), told | own.get(row.id, {})))
    return found


def _records(uow: UnitOfWork, layer: Layer, rows: Sequence[Row[Any]]) -> dict[int, dict[str, Any]]:
    """Number -> the named fields of the records behind some rows, masked for the actor, in words."""
    fields, kind = _fields(layer), layer.of[0]
    if not fields:
        return {}
    found: dict[int, dict[str, Any]] = {}
    numbers = [row.id for row in rows]
    for start in range(0, len(numbers), MANY):
        some = select(kind).where(col(kind.id).in_(numbers[start : start + MANY]))
        for record in uow.session.execute(some).scalars():
            values = uow.values(record)
            found[record.id] = {
                _own(name): _plain(cell_of(known, values.get(name))) for name, known in fields.items()
            }
    return found


def _plain(value: Any) -> Any:
    """A value as JSON has it; a sum comes from PostgreSQL as a decimal."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _geometry(row: Row[Any]) -> dict[str, Any] | None:
    if polygon := getattr(row, "polygon", None):
        return dict(mapping(shapes_of([polygon])[0]))
    return (
        None if row.lon is None or row.lat is None else {"type": "Point", "coordinates": [row.lon, row.lat]}
    )
