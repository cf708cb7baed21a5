"""Addresses of buildings and doors, and how rooms are numbered."""

import re
from dataclasses import dataclass, replace
from itertools import product

from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.places.address import Address, normalise

MOST_ROOMS = 5000
LOWEST, HIGHEST = -9, 200


@dataclass(frozen=True)
class RoomPlan:
    """One room that a building would get; `unit` is empty in a building with a single unit."""

    unit: str
    floor: int
    room: str


def building_address(road: str = "", number: str = "", estate: str = "", name: str = "") -> Address:
    """A building's address from parts such as "12号" and "三号楼". Raises Invalid when it says no place."""
    parts = [normalise(number).removesuffix("号"), normalise(name).removesuffix("幢")]
    address = Address("".join(road.split()), parts[0], "".join(estate.split()), parts[1])
    if not (address.road or address.number or address.estate):
        said = _("Say at least the road, the door number or the estate.")
        raise Invalid(said, road=said)
    return address


def door(building: Address, unit: str, floor: int, room: str) -> Address:
    """The address of a house in a building; the floor is said only where the room does not tell it."""
    own_unit, own_room = normalise(unit).removesuffix("单元"), normalise(room).removesuffix("室")
    return replace(building, unit=own_unit, floor=_said_floor(floor, own_room), room=own_room)


def _said_floor(floor: int, room: str) -> str:
    tells = re.match(r"[0-9]{3}" if floor >= 0 else r"B[1-9][0-9]{2}", room)
    plain = floor == 1 and not re.fullmatch(r"[0-9]{1,2}", room)
    return "" if tells or plain else str(floor)


def short_address(address: Address) -> str:
    """How an address is shown in a list: 和平路 12 号 3幢 2单元 501室."""
    number = f"{address.number} 号" if address.number else ""
    inside = (
        Address(building=address.building).text(),
        Address(unit=address.unit).text(),
        Address(floor=address.floor, room=address.room).text(),
    )
    return " ".join(part for part in (address.road, number, address.estate, *inside) if part)


def floor_of(room: str) -> int:
    """The floor a room number tells: 1203 -> 12, B101 -> -1; 1 when it tells none."""
    found = re.match(r"(B[1-9]|[0-9]{1,2})[0-9]{2}(?![0-9])", normalise(room))
    return int(found[1].replace("B", "-")) or 1 if found else 1


def check_floor(floor: int, floors: int) -> None:
    """Raises Invalid for a floor above the highest of `floors`, or one that is none; basements may be."""
    if floor > floors:
        said = _("This building has {floors} floors; there is no floor {floor}.")
        raise Invalid(said.format(floors=floors, floor=floor), floor=said.format(floors=floors, floor=floor))
    if floor == 0 or floor < LOWEST:
        said = _("Floors count from 1 upwards and from -1 downwards to {lowest}.").format(lowest=LOWEST)
        raise Invalid(said, floor=said)


def room_number(floor: int, place: int) -> str:
    """The usual number of a room: 101, 1203, below the ground B101."""
    return f"{floor}{place:02}" if floor > 0 else f"B{-floor}{place:02}"


def room_plan(units: int, floors: int, rooms_per_floor: int, first_floor: int = 1) -> list[RoomPlan]:
    """The rooms of a regular building, unit by unit from the lowest floor.

    `floors` counts from `first_floor`; there is no floor 0. Raises Invalid for counts that cannot be.
    """
    _check_plan(units, floors, rooms_per_floor, first_floor)
    levels = [n for n in range(first_floor, first_floor + floors + 1) if n][:floors]
    names = [str(n) for n in range(1, units + 1)] if units > 1 else [""]
    places = range(1, rooms_per_floor + 1)
    return [RoomPlan(unit, floor, room_number(floor, n)) for unit, floor, n in product(names, levels, places)]


def _check_plan(units: int, floors: int, rooms_per_floor: int, first_floor: int) -> None:
    limits = {
        "units": (units, 1, 30),
        "floors": (floors, 1, HIGHEST),
        "rooms_per_floor": (rooms_per_floor, 1, 99),
        "first_floor": (first_floor, LOWEST, HIGHEST),
    }
    said = _("This must be from {low} to {high}.")
    off = {name: limit for name, limit in limits.items() if not limit[1] <= limit[0] <= limit[2]}
    if wrong := {name: said.format(low=low, high=high) for name, (_value, low, high) in off.items()}:
        raise Invalid(_("These numbers do not make a building."), **wrong)
    if units * floors * rooms_per_floor > MOST_ROOMS:
        raise Invalid(
            _("This would be {count} rooms; at most {most} can be filed at once.").format(
                count=units * floors * rooms_per_floor, most=MOST_ROOMS
            )
        )
