"""The layers of the map, one file each: tiles, legend, card, counts, lists and exports follow from it.

A file holds one `Layer` (core/kernel/extensions.py) and the SELECT of its rows. Things of a domain that comes later,
such as events, become a layer the same way; the page, the tiles and the search inside a shape know none of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as choose
from sqlmodel import col

from core.entries.queries.of_places import register_layers
from core.kernel.codes import code_name, codes
from core.kernel.colours import several
from core.kernel.discovery import discover
from core.kernel.extensions import Kind, Layer
from core.kernel.i18n import _, language
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Building


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


# --- what several layers do alike ---------------------------------------------------------------------------


def kinds_of(code_list: str, only: Sequence[str] = ()) -> list[Kind]:
    """A legend from a code list, or from some of its codes: each in a colour of its own."""
    names = [(key, code_name(code_list, key, lang=language.get())) for key in only or codes(code_list)]
    return [Kind(key, name, several(place)) for place, (key, name) in enumerate(names)]


def counts_at(uow: UnitOfWork, rows: Select[Any], building_id: int) -> dict[str, int]:
    """Kind -> how many of a layer's rows stand at a building, inside a query."""
    here = rows.where(col(Building.id) == building_id).subquery()
    counted: Any = choose(here.c.kind, func.count()).group_by(here.c.kind)
    return {kind: int(number) for kind, number in uow.session.execute(counted)}
