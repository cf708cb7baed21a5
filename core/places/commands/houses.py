"""Adding, editing and verifying houses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.kernel import freshness
from core.kernel.codes import codes
from core.kernel.fields import CUSTOM
from core.kernel.i18n import _
from core.kernel.problems import Clash, Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.places.address import Address
from core.places.commands.buildings import add_building, add_building_without_address
from core.places.commands.filing import file_house, place_of, where
from core.places.commands.giving import codes_for, give_new, renew
from core.places.models import Building, House
from core.places.queries import records
from core.places.rules import HouseCodes, RoomPlan, check_standing, door, floor_of, room_plan
from core.places.rules.areas import check_editable
from core.places.rules.rooms import check_floor

FACTS = ("state", "use", "ownership", "floor_area", "note")
DOOR = ("unit", "floor", "room")
EDITABLE = (*DOOR, *FACTS)


@dataclass(frozen=True)
class Filed:
    """How many rooms of a plan were added, and how many were there before."""

    added: int
    there: int


@command("house.edit")
def add_house(
    uow: UnitOfWork,
    building_id: int,
    /,
    unit: str = "",
    floor: int | None = None,
    room: str = "",
    **values: object,
) -> int:
    """File one house and return its number; without `floor` the room tells it (1203: 12).

    Raises Invalid for a floor the building does not have, Clash for an address that is filed already.
    """
    check_editable(values, FACTS)
    building = uow.get(Building, building_id)
    check_standing(building)
    plan = RoomPlan(unit, floor_of(room) if floor is None else floor, room)
    check_floor(plan.floor, building.floors)
    address = door(place_of(building), unit, plan.floor, room)
    _check_free(uow, address, records.community_code(uow, building.area))
    [house] = _file(uow, building, [plan], values)
    return house.id


@command("house.edit")
def add_houses(
    uow: UnitOfWork,
    building_id: int,
    /,
    units: int,
    floors: int,
    rooms_per_floor: int,
    first_floor: int = 1,
    **values: object,
) -> Filed:
    """File the rooms of `rules.room_plan` in one go; those that stand there already stay as they are.

    `values` hold for each new room. Raises Invalid for more floors or units than the building has.
    """
    check_editable(values, FACTS)
    building = uow.get(Building, building_id)
    check_standing(building)
    plans = room_plan(units, floors, rooms_per_floor, first_floor)
    check_floor(plans[-1].floor, building.floors)
    if units > building.units:
        said = _("This building has {units} units.").format(units=building.units)
        raise Invalid(said, units=said)
    place, community = place_of(building), records.community_code(uow, building.area)
    taken = {house.address_key for house in records.houses_of(uow, building.id)}
    missing = [p for p in plans if door(place, p.unit, p.floor, p.room).key(community) not in taken]
    _file(uow, building, missing, values)
    return Filed(len(missing), len(plans) - len(missing))


@command("house.edit")
def edit_house(uow: UnitOfWork, /, house_id: int, seen: int | None, **values: object) -> None:
    """Change a house; with unit, floor or room its address changes, and with unit or room its code: the old one is
    closed and still leads to the house.

    `seen` is the version the person had before them; a newer one raises Clash.
    """
    check_editable(values, EDITABLE)
    house = records.standing_house(uow, house_id)
    where_now = {part: getattr(house, part) for part in DOOR}
    if {**where_now, **{part: values[part] for part in DOOR if part in values}} == where_now:
        uow.change(house, seen=seen, **values)
        if any(name.startswith(CUSTOM) for name in values):
            file_house(uow, house, place_of(uow.get(Building, house.building_id)), where(uow, house.area))
        return
    building, before = uow.get(Building, house.building_id), house.code
    uow.change(house, seen=seen, **{**values, **_moved(uow, building, house, values)})
    renew(uow, house, before)
    file_house(uow, house, place_of(building), where(uow, house.area))


@command("house.edit")
def verify_house(uow: UnitOfWork, house_id: int, source: str, fields: Sequence[str] = ()) -> None:
    """Note that a house, or only some of its key `fields`, was found as filed; `source` is a code of `sources`."""
    if source not in codes("sources"):
        said = _("Say how you know: choose one of the sources.")
        raise Invalid(said, source=said)
    house = records.standing_house(uow, house_id)
    if fields:
        freshness.confirm(uow, house, fields, source)
        return
    uow.change(house, verified_at=uow.now, verified_by=uow.actor.login, verified_from=source)


def _check_free(uow: UnitOfWork, address: Address, community: str, but: int = 0) -> None:
    """Raises Clash when another house in sight has the address."""
    if records.address_taken(uow, House, [address.key(community)], but):
        said = _("{address} is filed already; look it up and open it instead.").format(address=address.text())
        raise Clash(said, room=said)


def _file(
    uow: UnitOfWork, building: Building, plans: Sequence[RoomPlan], values: dict[str, object]
) -> list[House]:
    """New houses of one building, with their addresses, codes and search documents."""
    community, around = records.community_code(uow, building.area), where(uow, building.area)
    place = place_of(building)
    given = codes_for(uow, building)
    fresh = []
    for plan in plans:
        columns = _columns(door(place, plan.unit, plan.floor, plan.room), plan.floor, community, given)
        facts = {**values, **columns, "area": building.area, "building_id": building.id}
        fresh.append(uow.checked(House, facts))
    uow.session.add_all(fresh)
    uow.session.flush()
    give_new(uow, fresh)
    for house in fresh:
        file_house(uow, house, place, around, born=True)
    return fresh


def _columns(address: Address, floor: int, community: str, given: HouseCodes) -> dict[str, object]:
    """Where a house is: unit, floor, room, address, its key and the code."""
    return {
        "unit": address.unit,
        "floor": floor,
        "room": address.room,
        "address": address.text(),
        "address_key": address.key(community),
        "code": given.give(address.unit, floor, address.room),
    }


def _moved(uow: UnitOfWork, building: Building, house: House, values: dict[str, object]) -> dict[str, object]:
    """The columns of a house at its corrected door. Raises Invalid for a floor the building does not have."""
    unit, room = (str(values.get(part, getattr(house, part)) or "") for part in ("unit", "room"))
    floor = values.get("floor", house.floor)
    number = floor if isinstance(floor, int) else floor_of(room)
    check_floor(number, building.floors)
    address = door(place_of(building), unit, number, room)
    community = records.community_code(uow, building.area)
    _check_free(uow, address, community, but=house.id)
    columns = _columns(address, number, community, codes_for(uow, building, house))
    same_door = (address.unit, address.room) == (house.unit, house.room)
    return {**columns, "code": house.code} if same_door else columns


@command("house.edit")
def add_building_with_rooms(
    uow: UnitOfWork,
    area: str,
    facts: Mapping[str, object],
    units: int,
    floors: int,
    rooms: int,
    first: int = 1,
) -> int:
    """File a building and all its rooms at once: both or neither; the number of the building.

    `facts` may hold the address in one line, or `spot` where it stands while it has none; `rooms` is the number of
    doors on each floor of a unit, 0 for none. Raises what its two steps raise.
    """
    plain = {name: value for name, value in facts.items() if name not in ("address", "spot")}
    if facts.get("spot"):
        building_id = add_building_without_address(uow, area, str(facts["spot"]), **plain)
    else:
        building_id = add_building(uow, area, str(facts.get("address") or ""), **plain)
    if rooms:
        add_houses(uow, building_id, units, floors, rooms, first)
    return building_id
