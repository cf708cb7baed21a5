"""What one tap does at a door: everything is as filed, nobody opens, a note; and taking it back."""

from datetime import date, timedelta

from core.kernel.i18n import _
from core.kernel.problems import Clash, Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.merging import undo_deed
from core.people.commands.people import verify_person
from core.places.commands.houses import verify_house
from core.visits.commands.acting import SOURCE, act, door
from core.visits.queries import records
from core.visits.queries.of_list import mark_of, residents
from core.visits.queries.reasons import days_of

LONGEST = 60
"""Days within which somebody comes again."""


@command("visit.edit")
def confirm_home(uow: UnitOfWork, house_id: int | str, seen: str, way: str = "") -> int:
    """The house and everybody who lives in it are as filed; how many people that were.

    `seen` is the mark of what the worker had before them; when something changed meanwhile it is a Clash. Sent twice,
    it is done once.
    """
    house = door(uow, house_id)
    people = residents(uow, [house.id]).get(house.id, [])
    if records.confirmed_today(uow, house.id, seen):
        return len(people)
    if seen != mark_of(house, people):
        raise Clash(_("Something of this home has changed meanwhile. Look at it again, then confirm."))
    with act(uow, house, "confirmed", way=way, seen=seen):
        verify_house(uow, house.id, SOURCE)
        for person in people:
            verify_person(uow, person.id, SOURCE)
    return len(people)


@command("visit.edit")
def nobody_home(uow: UnitOfWork, house_id: int | str, again_on: date | None = None, way: str = "") -> date:
    """Nobody opened; the day on which somebody comes again, by itself after the days of the area. Said twice on a
    day, it counts once. Raises Invalid for a day that is past or far away."""
    house = door(uow, house_id)
    usual = uow.today + timedelta(days=days_of(uow, house.area).get("again", 3))
    day = again_on or usual
    if not uow.today < day <= uow.today + timedelta(days=LONGEST):
        said = _("Choose a day from tomorrow on, within {days} days.").format(days=LONGEST)
        raise Invalid(said, again_on=said)
    known = records.nobody_today(uow, house.id)
    if known is not None and again_on is None:
        return known
    with act(uow, house, "nobody", way=way, again_on=day):
        return day


@command("visit.edit")
def note(uow: UnitOfWork, house_id: int | str, text: str, way: str = "") -> None:
    """Write down what the next one at this door should know. Raises Invalid for an empty one."""
    house = door(uow, house_id)
    if len(text.strip()) < 2:
        said = _("Write a few words.")
        raise Invalid(said, note=said)
    with act(uow, house, "note", way=way, note=text.strip()):
        pass


@command("visit.edit")
def undo(uow: UnitOfWork, deed_id: int | str) -> None:
    """Take back what was done at a door. Raises Missing, and Clash with what has changed since."""
    records.visit_deed(uow, deed_id)
    undo_deed(uow, deed_id, _("Taken back at the door"))
