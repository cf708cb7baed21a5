"""What becomes effective, in one go: new houses filed, old ones closed with their successors, everybody moved along."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import core.labels.commands  # noqa: F401  (the label of a closed house ends with it: AT_CLOSING)
from core.kernel.i18n import _
from core.kernel.problems import Clash, Invalid
from core.kernel.undo import deed
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.commands import move_organisation
from core.organisations.models import Organisation
from core.people.commands import move_household, move_out
from core.people.commands.filing import file_person
from core.people.commands.shared import settle
from core.people.models import Household, Person
from core.people.queries.records import members_of, residences
from core.places.commands import add_building_with_rooms, add_house
from core.places.commands.closing import close_building, close_house, free_address, succeed
from core.places.models import Building, House
from core.rebuilding.commands.applying import FACTS
from core.rebuilding.models import HouseChange
from core.rebuilding.queries import records
from core.rebuilding.rules import AWAY, BUILD, DEMOLISH, MERGE, undecided

KEPT = ("use", "ownership", "state")
"""What a new house takes over where all the old ones agree."""


def take_effect(uow: UnitOfWork, change: HouseChange, told: Mapping[str, Any]) -> None:
    """Do what an application asks for and write `told` on it, inside the command that approves; one deed that can be
    taken back. Raises Clash when the houses are not there any more, Invalid with what is still to be decided."""
    with deed(uow, "rebuilt", change):
        made = _build(uow, change) if change.kind == BUILD else _replace(uow, change)
        uow.change(change, made=made, **told)


# --- building -----------------------------------------------------------------------------------------------


def _build(uow: UnitOfWork, change: HouseChange) -> dict[str, Any]:
    if change.building_id:
        return {"houses": _new_houses(uow, change, {})}
    building_id = _new_building(uow, change)
    if change.replaces_id:
        succeed(uow, [uow.get(Building, change.replaces_id)], [uow.get(Building, building_id)], date.today())
    return {"buildings": [building_id]}


def _new_building(uow: UnitOfWork, change: HouseChange) -> int:
    """The building from the facts of the application, with its rooms."""
    facts = {name: value for name, value in change.facts.items() if name in FACTS}
    units, floors, rooms, first = (int(change.facts.get(name) or usual) for name, usual in _PLAN)
    return add_building_with_rooms(uow, change.area, facts, units, floors, rooms, first)


_PLAN = (("plan_units", 1), ("plan_floors", 1), ("rooms", 0), ("first", 1))


def _new_houses(uow: UnitOfWork, change: HouseChange, facts: Mapping[str, Any]) -> list[int]:
    return [
        add_house(uow, int(change.building_id or 0), one["unit"], one["floor"], one["room"], **facts)
        for one in change.doors
    ]


# --- closing ------------------------------------------------------------------------------------------------


def _replace(uow: UnitOfWork, change: HouseChange) -> dict[str, Any]:
    """Close houses, with new ones in their place when they are split or merged."""
    day, old = date.today(), records.houses_about(uow, change)
    if len(old) < len(change.house_ids):
        raise Clash(_("Some of these houses are closed meanwhile. Return the application."), differences=None)
    _check_decided(uow, change, old)
    for house in old:
        free_address(uow, house)
    made = _new_houses(uow, change, _taken_over(change, old))
    new = [uow.get(House, each) for each in made]
    _move_all(uow, change, old, new, day)
    for house in old:
        close_house(uow, house, day)
    succeed(uow, old, new, day)
    is_whole = change.kind == DEMOLISH and not change.house_ids
    if is_whole and (building := records.building_of(uow, change)):
        close_building(uow, building, day)
    return {"houses": made, "closed": [house.id for house in old]}


def _taken_over(change: HouseChange, old: Sequence[House]) -> dict[str, Any]:
    """What the old houses say alike; the floor area of merged ones is their sum."""
    facts = {name: getattr(old[0], name) for name in KEPT if len({getattr(h, name) for h in old}) == 1}
    areas = [house.floor_area for house in old]
    if change.kind == MERGE and all(areas):
        facts["floor_area"] = round(sum(area or 0 for area in areas), 2)
    return facts


def _check_decided(uow: UnitOfWork, change: HouseChange, old: Sequence[House]) -> None:
    """Raises Invalid when somebody lives or works there and nobody has said where they go."""
    there = records.inhabitants(uow, [house.id for house in old])
    stays = _usual(change, there.keys())
    if left := undecided(stays, there.keys(), len(change.doors)):
        said = _("Say first where everybody goes: {count} households or people are still to be decided.")
        raise Invalid(said.format(count=len(left)), stays=said.format(count=len(left)))
    doors = {str(place) for place in range(len(change.doors))}
    if leaving := [one.name for one in there.organisations if _place(stays, one) not in doors]:
        names = "、".join(leaving)
        raise Invalid(_("Close or move first: {names}.").format(names=names))


def _place(stays: Mapping[str, Any], organisation: Organisation) -> str:
    """The door behind which an organisation goes on: the first one, unless somebody said another."""
    return str(stays.get(f"organisation:{organisation.id}", "0"))


def _usual(change: HouseChange, whose: Sequence[str]) -> dict[str, Any]:
    """Where there is one door only, everybody moves there unless something else was said."""
    usual = dict.fromkeys(whose, "0") if len(change.doors) == 1 else {}
    return {**usual, **change.stays}


def _move_all(
    uow: UnitOfWork, change: HouseChange, old: Sequence[House], new: Sequence[House], day: date
) -> None:
    there = records.inhabitants(uow, [house.id for house in old])
    stays = _usual(change, there.keys())
    for household in there.households:
        place = str(stays[f"household:{household.id}"])
        _move_household(uow, household, None if place == AWAY else new[int(place)], day)
    for person in there.people:
        place = str(stays[f"person:{person.id}"])
        _move_person(uow, person, None if place == AWAY else new[int(place)], day)
    for organisation in there.organisations:
        house = new[int(_place(stays, organisation))]
        move_organisation(uow, organisation.id, house_id=house.id, from_on=day)


def _move_household(uow: UnitOfWork, household: Household, house: House | None, day: date) -> None:
    if house is not None:
        move_household(uow, household.id, house.id, day)
    elif members := members_of(uow, household.id):
        move_out(uow, [member.id for member in members], day)


def _move_person(uow: UnitOfWork, person: Person, house: House | None, day: date) -> None:
    """Somebody who belongs to no household there."""
    if house is None:
        move_out(uow, [person.id], day)
        return
    stays = [stay for stay in residences(uow, person.id) if stay.to_on is None]
    settle(uow, person, house, stays[-1].kind if stays else "family", day)
    file_person(uow, person)
