"""What happens to people: birth, death, moving in and out. Each is one deed: shown beforehand, done as a whole, and
taken back as a whole."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.kernel.i18n import _
from core.kernel.undo import deed
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.filing import file_person
from core.people.commands.households import change_head, join_household, move_household
from core.people.commands.people import add_person
from core.people.commands.reach import registered
from core.people.commands.shared import end_homes, is_guest, leave, now_vacant, refuse, settle
from core.people.commands.ties import relate
from core.people.models import DeclaredTag, Household, Person
from core.people.queries import records
from core.people.rules import HEAD, age_on
from core.places.models import House

YOUNGEST_PARENT = 12
FATHER, MOTHER, EITHER = "51", "52", "50"
LIVED_IN = {"owner": "owned", "tenant": "rented"}
"""Residence kind of who moves in -> state of a house that was vacant or not verified."""


@command("household.edit")
def register_birth(
    uow: UnitOfWork,
    /,
    household_id: int | str,
    *,
    parents: Sequence[int | str],
    relation: str,
    reason: str = "",
    **values: object,
) -> int:
    """A newborn joins the household of a parent; the ties to the parents come with it. Returns the child's number.

    Raises Invalid for parents that are too young or none, and whatever adding a person raises.
    """
    household = uow.get(Household, household_id)
    found = [registered(uow, parent) for parent in dict.fromkeys(parents)]
    _check_parents(found, values.get("birth"))
    uow.because(reason)
    usual = {
        "category": found[0].category,
        "no_document_reason": "" if values.get("document_no") else "newborn",
    }
    with deed(uow, "birth", household) as done:
        facts: dict[str, Any] = {
            **usual,
            **{name: value for name, value in values.items() if value not in (None, "")},
        }
        home: dict[str, Any] = {
            "household_id": household.id,
            "relation": relation,
            "from_on": facts.get("birth"),
        }
        child = add_person(uow, residence_kind="family", **home, **facts)
        for parent in found:
            relate(uow, child, parent.id, {"1": FATHER, "2": MOTHER}.get(parent.sex, EITHER))
        done.other = uow.get(Person, child)
    return child


@command("household.edit")
def register_death(
    uow: UnitOfWork,
    person_id: int | str,
    day: date,
    *,
    head_id: int | str | None = None,
    relations: Mapping[int, str] | None = None,
    reason: str = "",
) -> None:
    """Somebody died: homes, household and service tags end that day, and another member becomes the head.

    Raises Invalid for a day that cannot be and for a head that is missing; `relations` as in `change_head`.
    """
    person = registered(uow, person_id)
    _check_day(person, day)
    household = uow.get(Household, person.household_id) if person.household_id else None
    uow.because(reason)
    with deed(uow, "death", person, household):
        end_homes(uow, person, day)
        depart(uow, [person], head_id, relations)
        for tie in records.ties_of(uow, person.id):
            if isinstance(tie, DeclaredTag):
                uow.remove(tie)
        uow.change(person, state="dead", state_since=day)
        file_person(uow, person)


@command("household.edit")
def move_out(
    uow: UnitOfWork,
    person_ids: Sequence[int | str],
    day: date,
    *,
    place: str = "",
    head_id: int | str | None = None,
    relations: Mapping[int, str] | None = None,
    vacant: bool = False,
) -> None:
    """People of one home move away, to a `place` outside the register. `vacant`: the house stands empty now, if so.

    Raises Invalid for a day that cannot be, and for a head that is missing among those who stay.
    """
    people = _people(uow, person_ids)
    for person in people:
        _check_day(person, day)
    houses = {
        stay.house_id for one in people for stay in records.residences(uow, one.id) if stay.to_on is None
    }
    household = uow.get(Household, people[0].household_id) if people[0].household_id else None
    uow.because(_("Moved to {place}").format(place=place) if place.strip() else _("Moved away"))
    with deed(uow, "moved_out", people[0], household):
        for person in people:
            end_homes(uow, person, day)
        depart(uow, people, head_id, relations)
        for person in people:
            uow.change(person, state="away", state_since=day)
            file_person(uow, person)
        for house_id in houses if vacant else ():
            now_vacant(uow, uow.get(House, house_id))


@command("household.edit")
def move_in(
    uow: UnitOfWork,
    person_id: int | str,
    house_id: int | str,
    day: date | None = None,
    *,
    kind: str = "family",
    with_household: bool = False,
    household_id: int | str | None = None,
    relation: str = HEAD,
    place: str = "",
) -> None:
    """Somebody who is filed already comes to live in a house: with the whole household, into a household that lives
    there, or as the head of a new one; who only visits keeps home and household. `place` says where from. Raises
    Invalid, Clash.
    """
    person, house = registered(uow, person_id), uow.get(House, house_id)
    uow.because(_("Moved in from {place}").format(place=place) if place.strip() else _("Moved in"))
    with deed(uow, "moved_in", person, house):
        if with_household and person.household_id:
            move_household(uow, person.household_id, house.id, day)
        elif household_id:
            join_household(uow, household_id, person.id, relation, residence_kind=kind, from_on=day)
        elif is_guest(uow, person.id, kind):
            settle(uow, person, house, kind, day)
            return
        else:
            settle(uow, person, house, kind, day)
            found_household(uow, [person], person.id, {}, house, day)
        if house.state in ("vacant", "unknown") and kind in LIVED_IN:
            uow.change(house, state=LIVED_IN[kind])
        uow.change(person, state_since=day)
        file_person(uow, person)


def found_household(
    uow: UnitOfWork,
    people: Sequence[Person],
    head_id: int,
    relations: Mapping[int, str],
    house: House,
    day: date | None,
    number: str = "",
) -> Household:
    """A new household of people who live in a house, inside a command. They have left their old one."""
    facts = {"number": number, "house_id": house.id, "opened_on": day or date.today()}
    household = uow.add(Household, area=house.area, **facts)
    ordered = sorted(people, key=lambda one: one.id != head_id)
    for person in ordered:
        relation = HEAD if person.id == head_id else str(relations.get(person.id) or "")
        join_household(uow, household.id, person.id, relation)
    return household


def depart(
    uow: UnitOfWork,
    people: Sequence[Person],
    head_id: int | str | None,
    relations: Mapping[int, str] | None,
) -> None:
    """People leave their households, inside a command; where the head is among them, another member takes over.

    Raises Invalid when somebody stays and no head was chosen.
    """
    for household_id in dict.fromkeys(one.household_id for one in people if one.household_id):
        household = uow.get(Household, household_id)
        for person in people:
            if person.household_id == household_id:
                leave(uow, person)
        if household.size and household.head_id is None and household.kind == "family":
            if not head_id:
                refuse({"head_id": _("Somebody stays in the household: choose the new head.")})
            change_head(uow, household.id, str(head_id), relations or {})


def _people(uow: UnitOfWork, person_ids: Sequence[int | str]) -> list[Person]:
    if not person_ids:
        refuse({"person_ids": _("Choose at least one person.")})
    return [registered(uow, each) for each in dict.fromkeys(person_ids)]


def _check_day(person: Person, day: date | None) -> None:
    if day is None or day > date.today():
        refuse({"day": _("Choose a day that is not in the future.")})
    elif day < person.birth:
        refuse({"day": _("This day is before the birth of {name}.").format(name=person.name)})


def _check_parents(parents: Sequence[Person], birth: object) -> None:
    if not parents:
        refuse({"parents": _("Choose at least one parent.")})
    for parent in parents:
        if isinstance(birth, date) and age_on(parent.birth, birth) < YOUNGEST_PARENT:
            said = _("{name} was {age} years old on that day; please check the dates.")
            refuse({"birth": said.format(name=parent.name, age=age_on(parent.birth, birth))})
