"""Sections of profile pages, one file each: a page shows those of its kind of record and knows none of them."""

from core.kernel.access import Actor
from core.kernel.discovery import discover
from core.kernel.extensions import Panel


def panels_of(kind: str, actor: Actor) -> dict[str, Panel]:
    """The panels for the page of a kind of record that this actor may see, in their order."""
    found = {n: p for n, p in discover("core.panels", Panel).items() if p.of == kind and actor.may(p.needs)}
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))
