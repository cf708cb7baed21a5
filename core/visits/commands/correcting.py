"""What a worker finds otherwise at a door: somebody to confirm alone, to correct, to add, or who moved out."""

from collections.abc import Mapping
from datetime import date

from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands import life
from core.people.commands import people as of_people
from core.people.models import Person
from core.places.commands import houses as of_houses
from core.places.models import House
from core.visits.commands.acting import SOURCE, act, door
from core.visits.queries.of_list import residents


@command("visit.edit")
def confirm_person(uow: UnitOfWork, house_id: int | str, person_id: int | str, way: str = "") -> None:
    """One of those who live here is as filed. Raises Missing for somebody who does not."""
    house = door(uow, house_id)
    person = _resident(uow, house, person_id)
    with act(uow, house, "person", way=way) as doing:
        of_people.verify_person(uow, person.id, SOURCE)
        doing.other = person


@command("visit.edit")
def correct_person(
    uow: UnitOfWork, /, house_id: int | str, person_id: int | str, *, seen: int | None, **values: object
) -> None:
    """Facts of somebody who lives here are otherwise; those that were not touched are confirmed with it.

    Raises Missing, and what editing a person raises; `seen` is the version the form was filled from.
    """
    house = door(uow, house_id)
    person = _resident(uow, house, person_id)
    with act(uow, house, "corrected") as doing:
        of_people.edit_person(uow, person.id, seen=seen, source=SOURCE, **values)
        of_people.verify_person(uow, person.id, SOURCE)
        doing.other = person


@command("visit.edit")
def correct_house(uow: UnitOfWork, /, house_id: int | str, *, seen: int | None, **values: object) -> None:
    """Facts of the house are otherwise. Raises what editing a house raises."""
    house = door(uow, house_id)
    with act(uow, house, "house"):
        of_houses.edit_house(uow, house.id, seen, **values)
        of_houses.verify_house(uow, house.id, SOURCE)


@command("visit.edit")
def add_person(uow: UnitOfWork, /, house_id: int | str, **values: object) -> int:
    """Somebody lives here who is not filed; the new number. Raises what adding a person raises."""
    house = door(uow, house_id)
    with act(uow, house, "added") as doing:
        number = of_people.add_person(uow, house_id=house.id, **values)  # type: ignore[arg-type]
        of_people.verify_person(uow, number, SOURCE)
        doing.other = uow.get(Person, number)
    return number


@command("visit.edit")
def moved_out(
    uow: UnitOfWork,
    house_id: int | str,
    person_id: int | str,
    day: date,
    *,
    place: str = "",
    head_id: int | None = None,
    relations: Mapping[int, str] | None = None,
) -> None:
    """Somebody lives here no more; without anybody left the house stands empty. Raises Missing, and Invalid as moving
    out does: for a day that cannot be, or when others stay without a head."""
    uow.require("household.edit")
    house = door(uow, house_id)
    person = _resident(uow, house, person_id)
    with act(uow, house, "moved_out") as doing:
        said = uow.reason
        life.move_out(uow, [person.id], day, place=place, head_id=head_id, relations=relations, vacant=True)
        uow.because(said)
        doing.other = person


def _resident(uow: UnitOfWork, house: House, person_id: int | str) -> Person:
    """One of those who live in the house now."""
    for person in residents(uow, [house.id]).get(house.id, []):
        if str(person.id) == str(person_id):
            return person
    raise Missing(_("This person does not live here any more."))
