"""Why a home is due for a visit, one file each: the list, the page of a visit and the counts of the leads follow."""

from core.kernel.access import Actor
from core.kernel.discovery import discover
from core.kernel.extensions import VisitReason


def reasons(actor: Actor | None = None) -> dict[str, VisitReason]:
    """Every reason by its name in the order in which they are said, or those that an actor may be told."""
    found = discover("core.visit_reasons", VisitReason)
    seen = {n: r for n, r in found.items() if actor is None or actor.may(r.needs)}
    return dict(sorted(seen.items(), key=lambda item: (item[1].order, item[0])))
