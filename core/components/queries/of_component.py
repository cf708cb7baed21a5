"""One component in full, and who changed what of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.components.models import Component
from core.components.queries.shared import class_names
from core.components.rules import major_name, why_sensitive
from core.kernel.masking import hidden
from core.kernel.trail import TrailLine, trail_of
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.queries.shared import addresses
from core.places.queries.of_areas import chain


@dataclass(frozen=True)
class ComponentDetail:
    """One component: `values` has every field by its name, None where it is withheld (`is_withheld`, `why`).

    `address` is that of the house it stands at, `chain` (path, name) from the root to its grid.
    """

    id: int
    version: int
    area: str
    code: str | None
    class_code: str
    class_name: str
    major: str
    state: str
    house_id: int | None
    address: str
    verified_at: datetime | None
    verified_by: str
    verified_from: str
    is_withheld: bool
    why: str
    values: dict[str, Any]
    chain: list[tuple[str, str]]


@query("component.view")
def component(uow: UnitOfWork, component_id: int | str) -> ComponentDetail:
    """One component. Raises Missing."""
    found = uow.get(Component, component_id)
    withheld = hidden(uow.actor, found)
    house = 0 if "house_id" in withheld else found.house_id or 0
    return uow.show(
        ComponentDetail,
        found,
        class_name=class_names(uow).get(found.class_code, found.class_code),
        major=major_name(found.class_code),
        address=addresses(uow, [house]).get(house, ""),
        is_withheld=bool(withheld),
        why=why_sensitive(found.class_code),
        values=uow.values(found),
        chain=chain(uow, found.area),
    )


@query("record.history")
def trail(uow: UnitOfWork, component_id: int | str) -> list[TrailLine]:
    """Who changed the component, newest first; of positions that are withheld only that they changed."""
    return trail_of(uow, [uow.get(Component, component_id)], "component.view")
