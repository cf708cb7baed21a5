"""One application with everything it would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.kernel.i18n import _
from core.kernel.masking import name_for
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.queries.told import household_name
from core.places.commands.filing import place_of
from core.places.models import Building, House
from core.places.queries.of_areas import chain
from core.places.rules import door, short_address
from core.rebuilding.models import HouseChange
from core.rebuilding.queries import records
from core.rebuilding.queries.of_lists import title_of
from core.rebuilding.rules import APPROVES, OPEN, REVIEWS, Wanted, undecided


@dataclass(frozen=True)
class DoorLine:
    """A house that is closed or made: before it is made only its address."""

    id: int | None
    title: str
    code: str
    residents: int


@dataclass(frozen=True)
class Whose:
    """A household, person or organisation in the houses; `place` is where they go, "" while nobody said."""

    key: str
    kind: str
    title: str
    place: str
    href: str


@dataclass(frozen=True)
class StepLine:
    """One step that was taken."""

    step: str
    at: datetime
    who: str
    name: str
    said: str


@dataclass(frozen=True)
class ChangeDetail:
    """One application in full. `old` are the houses it closes, `new` those it makes, `whose` who is in them now (empty
    for who may see no people); `may` are the acts that are open to this reader: amend, withdraw, assign, review,
    decide, take_back. `left` tells how many still have to be decided about."""

    id: int
    version: int
    area: str
    kind: str
    state: str
    title: str
    reason: str
    happened_on: date | None
    applicant: str
    applicant_name: str
    applied_at: datetime
    decided_at: datetime | None
    building_id: int | None
    building: str
    is_whole: bool
    house_ids: list[int]
    doors: list[Any]
    facts: dict[str, Any]
    old: list[DoorLine]
    new: list[DoorLine]
    made_buildings: list[int]
    whose: list[Whose]
    left: int
    steps: list[StepLine]
    may: frozenset[str]
    chain: list[tuple[str, str]]


@query("rebuild.view")
def change(uow: UnitOfWork, application_id: int | str) -> ChangeDetail:
    """One application with everything it would change, or has changed. Raises Missing."""
    one = uow.get(HouseChange, application_id)
    building, old = records.building_of(uow, one), _old(uow, one)
    there = records.inhabitants(uow, [house.id for house in old])
    usual = dict.fromkeys(there.keys(), "0") if len(one.doors) == 1 else {}
    stays = {**usual, **one.stays}
    return uow.show(
        ChangeDetail,
        one,
        title=title_of(uow, one),
        building=short_address(place_of(building)) if building else "",
        is_whole=one.kind == "demolish" and not one.house_ids,
        old=[_line(uow, house) for house in old],
        new=_new(uow, one, building),
        made_buildings=list(one.made.get("buildings", ())),
        whose=_whose(uow, there, stays),
        left=len(undecided(stays, there.keys(), len(one.doors))) if one.state in OPEN else 0,
        steps=[uow.show(StepLine, step) for step in records.steps_of(uow, one.id)],
        may=frozenset(_acts(uow, one)),
        chain=chain(uow, one.area),
    )


def _old(uow: UnitOfWork, one: HouseChange) -> list[House]:
    if one.state == "effective":
        return records.houses_about_closed(uow, one)
    return records.houses_about(uow, one) if one.state in OPEN else [uow.get(House, n) for n in one.house_ids]


def _new(uow: UnitOfWork, one: HouseChange, building: Building | None) -> list[DoorLine]:
    """The new houses: as they are once it is in effect, as they would be before."""
    if made := [uow.get(House, each) for each in one.made.get("houses", ())]:
        return [_line(uow, house) for house in made]
    if not building:
        return []
    wanted = [Wanted(**each) for each in one.doors]
    place = place_of(building)
    return [DoorLine(None, short_address(door(place, w.unit, w.floor, w.room)), "", 0) for w in wanted]


def _line(uow: UnitOfWork, house: House) -> DoorLine:
    place = place_of(uow.get(Building, house.building_id))
    title = short_address(door(place, house.unit, house.floor, house.room))
    return DoorLine(house.id, title, house.code, house.residents)


def _whose(uow: UnitOfWork, there: records.Inhabitants, stays: dict[str, Any]) -> list[Whose]:
    """Who is there by name as this reader may see it; nobody for who sees no people."""
    found = []
    if uow.actor.may("person.view"):
        for household in there.households:
            key = f"household:{household.id}"
            said = _("{who}, {n} people").format(who=household_name(uow, household.id), n=household.size)
            found.append(
                Whose(key, "household", said, str(stays.get(key, "")), f"household?id={household.id}")
            )
        for person in there.people:
            key, name = f"person:{person.id}", name_for(uow.actor, person.name)
            found.append(Whose(key, "person", name, str(stays.get(key, "")), f"person?id={person.id}"))
    if uow.actor.may("organisation.view"):
        for firm in there.organisations:
            key = f"organisation:{firm.id}"
            place = str(stays.get(key, "0"))
            found.append(Whose(key, "organisation", firm.name, place, f"organisation?id={firm.id}"))
    return found


def _acts(uow: UnitOfWork, one: HouseChange) -> Iterable[str]:
    actor, level = uow.actor, records.level_of_actor(uow)
    is_own = actor.login == one.applicant
    if actor.may("rebuild.apply") and one.state in OPEN:
        yield "assign"
        yield from ("amend", "withdraw") if is_own else ()
    if actor.may("rebuild.review") and one.state == "applied" and not is_own and level in REVIEWS:
        yield "review"
    if actor.may("rebuild.approve") and level in APPROVES:
        if one.state == "reviewed" and actor.login not in (one.applicant, one.reviewer):
            yield "decide"
        if one.state == "effective":
            yield "take_back"
