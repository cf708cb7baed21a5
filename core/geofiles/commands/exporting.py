"""Layers as files: for a purpose, masked as on the map, counted in the log."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.entries.commands.sheets import MOST_EXPORTED, check_purpose, exported
from core.geofiles import writing
from core.geofiles.queries.of_layers import AT_ONCE, Feature, Window, page_of, seen_layer
from core.geofiles.queries.properties import schema
from core.kernel.extensions import Layer
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork, command

EVERYTHING = Window()


@dataclass(frozen=True)
class Handed:
    """What was handed on, as the log tells it."""

    form: str
    under: str
    kinds: str


@command("map.export")
def export_layer(
    uow: UnitOfWork, layer: str, purpose: str, form: str = writing.GPKG, window: Window = EVERYTHING
) -> bytes:
    """A layer of the map, or a part of it, as a file of `writing.FORMS`.

    Raises Invalid without a purpose, for another form and for too many features, Missing for a layer that is not seen.
    """
    check_purpose(purpose)
    if form not in writing.FORMS:
        raise Invalid(_("There is no such form of file."))
    found = seen_layer(uow, layer)
    kinds = {name: kind for name, _label, kind in schema(uow, found)}
    rows = [writing.Written(one.geometry, one.properties) for one in _all(uow, found, window)]
    exported(uow, f"map/{layer}", len(rows), Handed(form, window.under, ",".join(window.kinds)), purpose)
    return writing.write(form, _(found.title), kinds, rows)


def _all(uow: UnitOfWork, layer: Layer, window: Window) -> Iterator[Feature]:
    after: int | None = 0
    while after is not None:
        page = page_of(uow, layer, window, after, AT_ONCE)
        if page.matched > MOST_EXPORTED:
            said = _("More than {n} rows: narrow the list first.").format(n=f"{MOST_EXPORTED:,}")
            raise Invalid(said)
        yield from page.items
        after = page.after
