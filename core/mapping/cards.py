"""What a click on the map opens: the essentials of a thing, as its own queries show it to whoever asks."""

from core.kernel.extensions import Link, Section
from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork
from core.mapping.queries import layer_opened


def card(uow: UnitOfWork, name: str, number: int) -> Section:
    """The card of a thing of a layer; a look at a watched record is written down as everywhere. Raises Missing for a
    layer without cards or one of which the actor may only see numbers, and what the layer's queries raise."""
    layer = layer_opened(uow, name)
    if layer.card is None:
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    with uow.reading(layer.needs):
        found = layer.card(uow, number)
    own = (Link(label=_("Open"), href=layer.opens.format(id=number)),) if layer.opens else ()
    return Section(title=found.title or _(layer.title), facts=found.facts, links=(*own, *found.links))
