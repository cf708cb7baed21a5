"""Which houses are meant: of a place or building, by how far their labels are, or some by their numbers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.labels.models import ACTIVE, DoorLabel
from core.places.models import Building, House
from core.places.queries.shared import below

SHOWN = {
    "unprinted": N_("Not printed yet"),
    "changed": N_("Changed since the print"),
    "printed": N_("Printed"),
    "": N_("All houses"),
}
"""How far labels are, by what stands in an address."""


def called(show: str) -> str:
    """One of them in the reader's language."""
    return _(SHOWN[show])


@dataclass(frozen=True)
class Choice:
    """Houses to print labels for; nothing said means all in sight. `houses` names some by their numbers."""

    under: str = ""
    building: int | None = None
    show: str = ""
    houses: tuple[int, ...] = ()

    def told(self) -> dict[str, Any]:
        """As a printing keeps it."""
        return {**asdict(self), "houses": list(self.houses)}


def chosen(told: dict[str, Any]) -> Choice:
    """A choice as it was kept."""
    return Choice(told["under"], told["building"], told["show"], tuple(told["houses"]))


def with_label(*columns: Any) -> Any:
    """A SELECT of houses, each with its label in use where it has one."""
    in_use = and_(col(DoorLabel.house_id) == House.id, col(DoorLabel.state) == ACTIVE)
    return choose(*columns).select_from(House).outerjoin(DoorLabel, in_use)


def conditions(uow: UnitOfWork, choice: Choice) -> list[ColumnElement[bool]]:
    """What a choice asks of House and DoorLabel, inside a query or command."""
    found = [below(uow, House, choice.under)]
    found += [col(House.building_id) == choice.building] if choice.building is not None else []
    found += [col(House.id).in_(choice.houses)] if choice.houses else []
    if choice.show:
        found.append(_state(choice.show, uow.office.settings.origin))
    return found


def _state(show: str, origin: str) -> ColumnElement[bool]:
    is_printed = col(DoorLabel.print_count) > 0
    if show == "unprinted":
        return or_(col(DoorLabel.id).is_(None), col(DoorLabel.print_count) == 0)
    return and_(is_printed, outdated(origin)) if show == "changed" else is_printed


def outdated(origin: str) -> ColumnElement[bool]:
    """Whether a printed label says something else than it would today."""
    return or_(
        col(DoorLabel.printed_address) != House.address,
        col(DoorLabel.printed_code) != House.code,
        col(DoorLabel.printed_for) != origin,
    )


def houses_in_order(uow: UnitOfWork, choice: Choice, most: int) -> Sequence[int]:
    """The numbers of the houses as somebody walks past them, not more than `most`; inside a query or command."""
    way = (House.area, Building.address, House.building_id, House.unit, House.floor, House.room, House.id)
    asked = with_label(House.id).join(Building, col(Building.id) == House.building_id)
    found = asked.where(*conditions(uow, choice)).order_by(*map(col, way)).limit(most)
    return list(uow.session.execute(found).scalars())
