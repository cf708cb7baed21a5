"""Which office can do what needs two people at once: nothing of somebody out of sight is told but where to ask."""

from collections.abc import Iterable

from core.kernel.i18n import _
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.people.duplicates import common_area
from core.people.models import Person
from core.places.queries.of_areas import area_names
from core.places.rules import path_above


def both_in_reach(uow: UnitOfWork, person_id: int | str, other_id: int | str) -> tuple[Person, Person]:
    """Two different people who are both in sight and both still their own record, inside a command.

    Raises Missing for the first, Refused with the way to go for the second, Invalid for one and the same.
    """
    one = registered(uow, person_id)
    try:
        other = registered(uow, other_id)
    except Missing as trouble:
        raise Refused(_not_here(uow)) from trouble
    if one.id == other.id:
        raise Invalid(_("Choose another person: this is the same record."))
    return one, other


def registered(uow: UnitOfWork, person_id: int | str) -> Person:
    """A person who is no remainder of a merge, inside a command. Raises Missing, Clash with the way to the record that
    holds everything now.
    """
    person = uow.get(Person, person_id)
    if person.merged_into is not None:
        said = _("This record was merged into another one; change that one instead.")
        raise Clash(said, person_id=str(person.merged_into))
    return person


def office_above(uow: UnitOfWork, areas: Iterable[str]) -> str:
    """The name of the office whose area covers all of these and the actor's, inside a query or command."""
    shared = uow.actor.area
    for area in areas:
        shared = common_area(shared, area)
    return area_names(uow, [shared]).get(shared, "")


def _not_here(uow: UnitOfWork) -> str:
    """The same words whether the other is elsewhere or nowhere."""
    above = path_above(uow.actor.area)
    name = area_names(uow, [above]).get(above, "") if above else ""
    if not name:
        return _("The other record is not here.")
    said = _("The other record is not in your area. Ask the office that covers both: {office}.")
    return said.format(office=name)
