"""Where an organisation stands: in a house, at a building or just in a grid; and the history of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.commands.filing import refuse
from core.organisations.models import Organisation, Premises
from core.organisations.queries import records
from core.places.models import Building, House
from core.places.queries.records import own_grid, standing_house
from core.places.rules import check_standing

FOLLOWS = ("area", "house_id", "building_id", "address")
OPENS = ("vacant", "unknown")
"""States of a house that an organisation in it proves wrong."""


@dataclass(frozen=True)
class Spot:
    """A place for an organisation: the grid, the house or building if there is one, and its short address."""

    area: str
    house: House | None = None
    building: Building | None = None
    address: str = ""

    def columns(self, words: str) -> dict[str, Any]:
        """The columns of an organisation that stands here; `words` say where exactly."""
        return {
            "area": self.area,
            "house_id": self.house.id if self.house else None,
            "building_id": self.building.id if self.building else None,
            "address": " ".join(part for part in (self.address, words) if part),
        }


def spot(uow: UnitOfWork, house_id: int | None, building_id: int | None, area: str | None) -> Spot:
    """The place that was meant, inside a command: the house says building and grid, the building the grid.

    Raises Missing for a house of another branch, Invalid when nothing was said.
    """
    if house_id:
        house = standing_house(uow, house_id)
        building = uow.get(Building, house.building_id)
        return Spot(house.area, house, building, records.short_place(uow, house, building))
    if building_id:
        building = uow.get(Building, building_id)
        check_standing(building)
        return Spot(building.area, None, building, records.short_place(uow, None, building))
    if not area:
        refuse({"area": _("Choose the house or the grid where this organisation stands.")})
    return Spot(own_grid(uow, str(area)).area)


def settle(uow: UnitOfWork, organisation: Organisation, place: Spot, from_on: date | None) -> None:
    """Write down that the organisation stands here from a day on, and what that says of the house, inside a command."""
    uow.add(
        Premises,
        area=place.area,
        organisation_id=organisation.id,
        house_id=organisation.house_id,
        building_id=organisation.building_id,
        name=organisation.name,
        address=organisation.address,
        from_on=from_on,
    )
    if place.house and place.house.state in OPENS:
        uow.change(place.house, state="business")


def leave(uow: UnitOfWork, organisation: Organisation, day: date) -> None:
    """End what is open in the history of the organisation's premises, inside a command."""
    for one in records.premises_now(uow, organisation.id):
        uow.change(one, to_on=max(day, one.from_on or day))


def rename(uow: UnitOfWork, organisation: Organisation) -> None:
    """The present premises carry the present name and address, inside a command."""
    for one in records.premises_now(uow, organisation.id):
        uow.change(one, name=organisation.name, address=organisation.address)
