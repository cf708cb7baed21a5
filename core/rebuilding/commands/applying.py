"""Applying: who sees that a house is built, pulled down, split or merged, says so with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from core.kernel.i18n import _
from core.kernel.problems import Clash, Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork, command
from core.places.commands.buildings import PARTS
from core.places.commands.filing import place_of
from core.places.models import Building, House
from core.places.queries.records import address_taken, community_code, own_grid
from core.places.rules import check_standing, door
from core.places.rules.rooms import check_floor
from core.rebuilding.models import ChangeStep, HouseChange
from core.rebuilding.queries import records
from core.rebuilding.rules import BUILD, DEMOLISH, OPEN, Wanted, check_counts, doors_of

FACTS = (
    "address",
    "spot",
    "road",
    "number",
    "estate",
    "name",
    "floors",
    "units",
    "use",
    "structure",
    "built_year",
)
ROOMS = ("plan_units", "plan_floors", "rooms", "first")
"""How the rooms of a new building are counted, as `add_building_with_rooms` takes them."""


@command("rebuild.apply")
def apply(
    uow: UnitOfWork,
    /,
    kind: str,
    *,
    reason: str,
    area: str = "",
    building_id: int | None = None,
    replaces_id: int | None = None,
    house_ids: Sequence[int] = (),
    doors: Sequence[Mapping[str, Any]] = (),
    facts: Mapping[str, Any] | None = None,
    happened_on: date | None = None,
) -> int:
    """Apply for a change and return the number of the application.

    `build` files a new building from `facts` in the grid `area`, or `doors` in a building; `demolish` closes the
    houses, or the whole building without any; `split` and `merge` put `doors` in the place of the houses. Raises
    Invalid for what cannot be, Clash for houses of another open application and for doors that are there already.
    """
    building = uow.get(Building, building_id) if building_id else None
    grid = building.area if building else own_grid(uow, area).area
    given = _checked(uow, kind, building, house_ids, doors, facts or {})
    if replaces_id:
        _check_replaced(uow, replaces_id)
    change = uow.add(
        HouseChange,
        area=grid,
        kind=kind,
        building_id=building.id if building else None,
        replaces_id=replaces_id,
        reason=reason,
        happened_on=_past(happened_on),
        applicant=uow.actor.login,
        applicant_name=uow.actor.name,
        applied_at=uow.now,
        **given,
    )
    write_step(uow, change, "apply", reason)
    return change.id


@command("rebuild.apply")
def amend(
    uow: UnitOfWork,
    application_id: int | str,
    *,
    seen: int | None,
    reason: str,
    house_ids: Sequence[int] = (),
    doors: Sequence[Mapping[str, Any]] = (),
    facts: Mapping[str, Any] | None = None,
    happened_on: date | None = None,
) -> None:
    """Correct one's own application and hand it in again; it is reviewed anew. Raises Refused, Invalid, Clash."""
    change = _own(uow, application_id)
    building = records.building_of(uow, change)
    given = _checked(uow, change.kind, building, house_ids, doors, facts or {}, but=change.id)
    anew: dict[str, Any] = {"state": "applied", "reviewer": "", "stays": {}}
    uow.change(change, seen=seen, reason=reason, happened_on=_past(happened_on), **given, **anew)
    write_step(uow, change, "amend", reason)


@command("rebuild.apply")
def withdraw(uow: UnitOfWork, application_id: int | str, why: str = "") -> None:
    """Take one's own application back. Raises Refused for another's, Invalid when it is settled."""
    change = _own(uow, application_id)
    uow.change(change, state="withdrawn", decided_at=uow.now)
    write_step(uow, change, "withdraw", why)


@command("rebuild.apply")
def assign(
    uow: UnitOfWork, application_id: int | str, stays: Mapping[str, Any], seen: int | None = None
) -> None:
    """Say where everybody who lives in the houses goes: a key of `HouseChange.stays` -> place of a door, or "away".

    Raises Invalid when the application is settled.
    """
    change = uow.get(HouseChange, application_id)
    check_open(change)
    kept = {key: str(place) for key, place in stays.items() if str(place)}
    uow.change(change, seen=seen, stays={**change.stays, **kept})


def check_open(change: HouseChange) -> None:
    """Raises Invalid for an application that is settled."""
    if change.state not in OPEN:
        raise Invalid(_("This application is settled already."))


def write_step(uow: UnitOfWork, change: HouseChange, step: str, said: str) -> None:
    """Write down what happened to an application, inside the command that does it."""
    uow.add(
        ChangeStep,
        area=change.area,
        about_kind="HouseChange",
        about_id=change.id,
        step=step,
        at=uow.now,
        who=uow.actor.login,
        name=uow.actor.name,
        said=said.strip()[:200],
    )


def _own(uow: UnitOfWork, application_id: int | str) -> HouseChange:
    change = uow.get(HouseChange, application_id)
    if change.applicant != uow.actor.login:
        raise Refused(_("Only who applied does this."))
    check_open(change)
    return change


def _past(day: date | None) -> date | None:
    if day and day > date.today():
        said = _("Choose a day that is not in the future.")
        raise Invalid(said, happened_on=said)
    return day


def _checked(
    uow: UnitOfWork,
    kind: str,
    building: Building | None,
    house_ids: Sequence[int],
    doors: Sequence[Mapping[str, Any]],
    facts: Mapping[str, Any],
    but: int = 0,
) -> dict[str, Any]:
    """The columns that say what is wanted. Raises Invalid, Clash, Missing."""
    wanted = doors_of(doors)
    new = {
        name: value for name, value in facts.items() if name in (*FACTS, *ROOMS) and value not in (None, "")
    }
    if new.get("spot"):
        new = {name: value for name, value in new.items() if name not in ("address", *PARTS)}
    is_new = building is None and bool(new)
    check_counts(
        kind, len(set(house_ids)), len(wanted), has_building=building is not None, new_building=is_new
    )
    if building is not None:
        check_standing(building)
        going = _houses(uow, building, house_ids)
        _check_alone(uow, kind, building, going, but)
        _check_doors(uow, building, wanted, going)
    elif not (
        new.get("spot") or new.get("address") or new.get("road") or new.get("number") or new.get("estate")
    ):
        said = _("Say the address of the new building, or where it stands until it has one.")
        raise Invalid(said, address=said)
    return {
        "house_ids": sorted(set(house_ids)),
        "doors": [asdict(one) for one in wanted],
        "facts": new if building is None and kind == BUILD else {},
    }


def _houses(uow: UnitOfWork, building: Building, house_ids: Sequence[int]) -> list[House]:
    houses = [uow.get(House, each) for each in dict.fromkeys(house_ids)]
    for house in houses:
        check_standing(house)
        if house.building_id != building.id:
            said = _("All houses of an application stand in one building.")
            raise Invalid(said, houses=said)
    return houses


def _check_alone(uow: UnitOfWork, kind: str, building: Building, going: Sequence[House], but: int) -> None:
    """Raises Clash when another open application is about the same houses, or about the whole building."""
    mine = {house.id for house in going}
    for other in records.open_about(uow, building.id, but):
        is_whole = DEMOLISH in (kind, other.kind) and not (mine and other.house_ids)
        if is_whole or mine & set(other.house_ids):
            said = _("Another application about this is under way; look at it first.")
            raise Clash(said, application_id=str(other.id))


def _check_doors(
    uow: UnitOfWork, building: Building, wanted: Sequence[Wanted], going: Sequence[House]
) -> None:
    """Raises Invalid for a floor there is not, Clash for a door that stays there already."""
    place, community = place_of(building), community_code(uow, building.area)
    leaving = {house.address_key for house in going}
    for one in wanted:
        check_floor(one.floor, building.floors)
        key = door(place, one.unit, one.floor, one.room).key(community)
        if key not in leaving and address_taken(uow, House, [key]):
            said = _("{door} is there already and is not one of the houses chosen.").format(door=one.label())
            raise Clash(said, doors=said)


def _check_replaced(uow: UnitOfWork, building_id: int) -> None:
    if uow.get(Building, building_id).closed_on is None:
        said = _("A new building comes in the place of one that was pulled down.")
        raise Invalid(said, replaces_id=said)
