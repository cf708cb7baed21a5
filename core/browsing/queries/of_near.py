"""The nearest things to a place, such as fire points around here."""

from dataclasses import dataclass
from math import atan2, degrees, hypot
from typing import Any

from sqlalchemy import Row

from core.browsing.queries.of_inside import Thing, described
from core.geo.cover import ranges_of
from core.geo.shapes import box_around, metres_of_degree
from core.kernel.extensions import Choice, Layer
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork, query
from core.layers import layers_of, sees
from core.mapping.queries.narrowing import ALL, things

REACHES = (100.0, 300.0, 1000.0, 3000.0, 10_000.0)
"""Metres to look around, one after the other until there is enough."""
MOST = 50
Place = tuple[float, float]


@dataclass(frozen=True)
class Near:
    """A thing, its layer, how many metres away it is, and where: degrees from the north by the east."""

    layer: str
    thing: Thing
    metres: float
    bearing: float


@query("map.view")
def nearest(
    uow: UnitOfWork,
    lon: float,
    lat: float,
    layers: tuple[str, ...] = (),
    choice: Choice = ALL,
    limit: int = 10,
) -> list[Near]:
    """The nearest things of some layers (of all, when none is named), nearest first, at most 10 km away."""
    limit, here = min(limit, MOST), (lon, lat)
    wanted = [layer for layer in _placed(uow) if not layers or layer.name in layers]
    found = [near for layer in wanted for near in _of_layer(uow, layer, here, choice, limit)]
    return sorted(found, key=lambda near: near.metres)[:limit]


@query("map.view")
def near_layers(uow: UnitOfWork) -> dict[str, str]:
    """Name -> title of the layers in which the nearest can be looked for."""
    return {layer.name: _(layer.title) for layer in _placed(uow)}


def _placed(uow: UnitOfWork) -> list[Layer]:
    """The layers of single things with a place, as far as the actor may see them; homes are not looked for this way."""
    placed = (one for one in layers_of(uow).values() if one.placed is not None and one.group != "people")
    return [one for one in placed if sees(uow, one)]


def _of_layer(uow: UnitOfWork, layer: Layer, here: Place, choice: Choice, limit: int) -> list[Near]:
    rows = _around(uow, layer, here, choice, limit)
    away = [_away(here, row) for row in rows]
    pairs = zip(described(uow, layer, rows), away, strict=True)
    return [Near(layer.name, thing, round(hypot(*at), 1), _bearing(*at)) for thing, at in pairs]


def _around(uow: UnitOfWork, layer: Layer, here: Place, choice: Choice, limit: int) -> list[Row[Any]]:
    """The nearest rows, one for each feature, from the first reach that has enough of them."""
    found: list[Row[Any]] = []
    for reach in REACHES:
        asked = things(uow, layer, choice, ranges_of(box_around(*here, reach)))
        rows = uow.session.execute(asked).all()
        near = {
            getattr(row, "spot", None) or row.id: row for row in rows if hypot(*_away(here, row)) <= reach
        }
        found = sorted(near.values(), key=lambda row: hypot(*_away(here, row)))[:limit]
        if len(found) == limit:
            break
    return found


def _away(here: Place, row: Row[Any]) -> tuple[float, float]:
    """Metres to the east and to the north."""
    east, north = metres_of_degree(here[1])
    return (row.lon - here[0]) * east, (row.lat - here[1]) * north


def _bearing(east: float, north: float) -> float:
    return round(degrees(atan2(east, north)) % 360, 0)
