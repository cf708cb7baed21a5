"""The catalogue of layers, the tiles of one, and its numbers as a list."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass

from core.geo.mercator import Tile
from core.kernel.extensions import GROUPS, Choice, Kind, Layer
from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork, query
from core.layers import layer_of, layers_of, sees
from core.mapping.queries.counting import AreaNumber, numbers_at
from core.mapping.queries.drawing import drawn
from core.mapping.queries.narrowing import ALL, mark, reader, version

PACKED = 5
"""How hard tiles are packed: more takes longer than it saves on the way."""


@dataclass(frozen=True)
class LayerLine:
    """A layer as the map's panel shows it; `stamp` moves with its data, `shows_things` is False for numbers only."""

    name: str
    title: str
    about: str
    group: str
    group_title: str
    icon: str
    shape: str
    legend: list[Kind]
    from_zoom: int
    is_dated: bool
    is_on: bool
    has_kinds: bool
    shows_things: bool
    opens: str
    stamp: str


@dataclass(frozen=True)
class Drawn:
    """A tile, packed with gzip, and the mark of its content; `data` is None for who has that content already."""

    mark: str
    data: bytes | None


@query("map.view")
def catalogue(uow: UnitOfWork) -> list[LayerLine]:
    """The layers that the actor may see, group by group."""
    groups = list(GROUPS)
    found = sorted(layers_of(uow).values(), key=lambda one: (groups.index(one.group), one.order))
    return [_line(uow, layer) for layer in found]


def _line(uow: UnitOfWork, layer: Layer) -> LayerLine:
    legend, may_see = list(layer.legend(uow)), sees(uow, layer)
    return LayerLine(
        name=layer.name,
        title=_(layer.title),
        about=_(layer.about),
        group=layer.group,
        group_title=_(GROUPS[layer.group]),
        icon=layer.icon,
        shape=layer.shape,
        legend=legend,
        from_zoom=layer.from_zoom,
        is_dated=layer.is_dated,
        is_on=layer.is_on,
        has_kinds=len(legend) > 1,
        shows_things=may_see,
        opens=layer.opens if may_see else "",
        stamp=version(uow, layer),
    )


@query("map.view")
def layer_opened(uow: UnitOfWork, layer: str) -> Layer:
    """A layer whose things the actor may see one by one. Raises Missing for any other."""
    found = layer_of(uow, layer)
    if not sees(uow, found):
        raise Missing(_("There is no such layer, or it is not for your role."))
    return found


@query("map.view")
def tile(
    uow: UnitOfWork, layer: str, z: int, x: int, y: int, choice: Choice = ALL, known: Sequence[str] = ()
) -> Drawn:
    """A tile of a layer for this actor. `known` are marks of what the asker has. Raises Missing for no such tile."""
    found, wanted = layer_of(uow, layer), Tile(z, x, y)
    if not wanted.is_real:
        raise Missing(_("There is no such tile."))
    now = mark("tile", version(uow, found), reader(uow), (z, x, y), choice)
    if now in known:
        return Drawn(now, None)
    data: bytes = uow.office.kept.once(now, lambda: _packed(drawn(uow, found, wanted, choice)), len)
    return Drawn(now, data)


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, PACKED, mtime=0)


@query("map.view")
def numbers(uow: UnitOfWork, layer: str, level: str, choice: Choice = ALL) -> list[AreaNumber]:
    """How many there are in each area of a level, those with most first: the map as a list. Raises Missing."""
    found = numbers_at(uow, layer_of(uow, layer), choice, level)
    return sorted(found, key=lambda one: (-one.count, one.area))
