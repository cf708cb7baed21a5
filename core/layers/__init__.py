"""The layers of the map, one file each: tiles, legend, card, counts, lists and exports follow from it.

A file holds one `Layer` (core/kernel/extensions.py) and the SELECT of its rows. Things of a domain that comes later,
such as events, become a layer the same way; the page, the tiles and the search inside a shape know none of them.
"""

from dataclasses import replace
from functools import cache

from core.entries.queries.of_places import register_layers
from core.kernel.discovery import discover
from core.kernel.extensions import Layer
from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork


@cache
def shipped() -> dict[str, Layer]:
    """Every layer of this folder by the name of its file, in the order of the screen."""
    found = {name: replace(one, name=name) for name, one in discover("core.layers", Layer).items()}
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


def layers_of(uow: UnitOfWork) -> dict[str, Layer]:
    """The layers of which the actor may see at least the numbers, by their names; inside a query. Registers with a
    place come by themselves, also those that the office designed."""
    registers = register_layers(uow) if uow.actor.may("register.view") else {}
    return {name: one for name, one in {**shipped(), **registers}.items() if counts(uow, one)}


def layer_of(uow: UnitOfWork, name: str) -> Layer:
    """One of them, inside a query. Raises Missing."""
    found = shipped().get(name) or layers_of(uow).get(name)
    if found is None or not counts(uow, found):
        raise Missing(_("There is no such layer, or it is not for your role."))
    return found


def sees(uow: UnitOfWork, layer: Layer) -> bool:
    """Whether the actor may see the things themselves."""
    return uow.actor.may(layer.needs)


def counts(uow: UnitOfWork, layer: Layer) -> bool:
    """Whether the actor may see at least how many there are in an area."""
    return sees(uow, layer) or (bool(layer.counts) and uow.actor.may(layer.counts))
