"""The life of an organisation: it moves, closes, opens again; people work in it, and it is inspected."""

from datetime import date
from typing import Any

from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.organisations.commands.filing import carry, file_organisation, refuse
from core.organisations.commands.spots import leave, settle, spot
from core.organisations.models import Inspection, Organisation, Staff
from core.organisations.queries import records
from core.organisations.rules import GONE, Seen, as_day, move_problem, next_due, period_problems
from core.people.models import Person
from core.places.rules import path_above
from core.places.rules.areas import check_editable


@command("organisation.edit")
def move_organisation(
    uow: UnitOfWork,
    organisation_id: int | str,
    *,
    house_id: int | None = None,
    building_id: int | None = None,
    area: str | None = None,
    place: str = "",
    from_on: date | None = None,
) -> None:
    """The organisation stands elsewhere from a day on (today): the premises before end, new ones begin.

    Raises Invalid for a day that cannot be or the place where it stands already.
    """
    found, day = _open_one(uow, organisation_id), from_on or date.today()
    target = spot(uow, house_id, building_id, area)
    columns = target.columns(place)
    if all(getattr(found, name) == value for name, value in columns.items()):
        refuse({"house_id": _("The organisation stands there already.")})
    _check_move(uow, found, day)
    leave(uow, found, day)
    uow.change(found, **columns, place=place, **_same_community(found, target.area))
    settle(uow, found, target, day)
    carry(uow, found)
    file_organisation(uow, found)


@command("organisation.edit")
def close_organisation(
    uow: UnitOfWork, organisation_id: int | str, closed_on: date | None = None, state: str = "closed"
) -> None:
    """The organisation gave up or, with the state `moved`, left the area on a day (today); the record stays.

    Raises Invalid for a day before it opened.
    """
    found, day = _open_one(uow, organisation_id), closed_on or date.today()
    if state not in GONE:
        refuse({"state": _("This is not one of the choices.")})
    refuse(period_problems(found.opened_on, day, date.today()))
    uow.change(found, state=state, closed_on=day, industry_grid="")
    leave(uow, found, day)
    for one in records.around(uow, found.id):
        if isinstance(one, Staff) and one.to_on is None:
            uow.change(one, to_on=max(day, one.from_on or day))
    file_organisation(uow, found)


@command("organisation.edit")
def reopen_organisation(uow: UnitOfWork, organisation_id: int | str, from_on: date | None = None) -> None:
    """The organisation is open again where it was, from a day on (today). Raises Invalid when it never closed."""
    found, day = uow.get(Organisation, organisation_id), from_on or date.today()
    if found.state == "open":
        raise Invalid(_("This organisation is open."))
    if said := move_problem(day, found.closed_on, date.today()):
        refuse({"from_on": said})
    target = spot(uow, found.house_id, found.building_id, found.area)
    uow.change(found, state="open", closed_on=None)
    settle(uow, found, target, day)
    file_organisation(uow, found)


@command("organisation.edit")
def add_staff(
    uow: UnitOfWork, organisation_id: int | str, /, person_id: int | str | None = None, **values: object
) -> int:
    """Somebody works in the organisation; the name comes from the person when they are registered."""
    check_editable(values, declared(Staff))
    found = uow.get(Organisation, organisation_id)
    person = uow.get(Person, person_id) if person_id else None
    given = {**values, "person_id": person.id, "name": person.name} if person else values
    _check_period(given)
    return uow.add(Staff, **{**given, "area": found.area, "organisation_id": found.id}).id


@command("organisation.edit")
def end_staff(uow: UnitOfWork, staff_id: int | str, to_on: date | None = None) -> None:
    """Somebody does not work there any more since a day (today). Raises Invalid for a day before they began."""
    one, day = uow.get(Staff, staff_id), to_on or date.today()
    _check_period({"from_on": one.from_on, "to_on": day})
    uow.change(one, to_on=day)


@command("organisation.edit")
def add_inspection(uow: UnitOfWork, organisation_id: int | str, /, **values: object) -> int:
    """Write an inspection down; when the next look is due follows from the latest of each kind."""
    check_editable(values, declared(Inspection))
    found = uow.get(Organisation, organisation_id)
    by = str(values.get("inspector") or "") or uow.actor.name or uow.actor.login
    one = uow.add(Inspection, **{**values, "inspector": by, "area": found.area, "organisation_id": found.id})
    if one.next_due and one.next_due < one.inspected_on:
        refuse({"next_due": _("The next look cannot be due before this one.")})
    looks = [
        Seen(each.kind, each.inspected_on, each.next_due) for each in records.inspections_of(uow, found.id)
    ]
    uow.change(found, inspection_due=next_due(looks))
    return one.id


def _open_one(uow: UnitOfWork, organisation_id: int | str) -> Organisation:
    found = uow.get(Organisation, organisation_id)
    if found.state != "open":
        raise Invalid(_("This organisation is closed; open it again first."))
    return found


def _check_move(uow: UnitOfWork, found: Organisation, day: date) -> None:
    began = max((one.from_on for one in records.premises_now(uow, found.id) if one.from_on), default=None)
    if said := move_problem(day, began, date.today()):
        refuse({"from_on": said})


def _check_period(values: dict[str, Any]) -> None:
    first, last = as_day(values.get("from_on")), as_day(values.get("to_on"))
    if first and last and last < first:
        refuse({"to_on": _("The last day is before the first one ({day}).").format(day=first)})


def _same_community(found: Organisation, area: str) -> dict[str, Any]:
    """An industry grid is left with its community."""
    return {} if path_above(found.area) == path_above(area) else {"industry_grid": ""}
