"""Moving in and out of houses and households, inside the commands that do it."""

from collections.abc import Sequence
from datetime import date

from core.kernel.codes import codes
from core.kernel.freshness import looks_at
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.people.commands.filing import carry
from core.people.models import Household, Person, Residence
from core.people.queries import records
from core.people.rules import HEAD, Member, Period, household_problems, period_problems
from core.places.models import House


def refuse(wrong: dict[str, str]) -> None:
    """Raises Invalid with the sentences at their fields; goes on when there are none."""
    if wrong:
        raise Invalid(" ".join(dict.fromkeys(wrong.values())), **wrong)


def lives_in(uow: UnitOfWork, person_id: int, house_id: int | None) -> bool:
    """Whether the person is registered in the house now."""
    stays = records.residences(uow, person_id)
    return any(stay.house_id == house_id and stay.to_on is None for stay in stays)


def settle(uow: UnitOfWork, person: Person, house: House, kind: str, from_on: date | None) -> Residence:
    """The house becomes the home: homes before it end that day, a household of another house is left.

    Raises Invalid for a kind that is none, a day in the future or a period the person was there already.
    """
    if kind not in codes("residence_kind"):
        refuse({"residence_kind": _("Say as what the person lives there.")})
    stays = records.residences(uow, person.id)
    here = [Period(stay.from_on, stay.to_on) for stay in stays if stay.house_id == house.id]
    refuse(period_problems(Period(from_on), here, date.today()))
    _end_all(uow, [stay for stay in stays if stay.to_on is None], from_on or date.today())
    stay = uow.add(
        Residence, area=house.area, person_id=person.id, house_id=house.id, kind=kind, from_on=from_on
    )
    uow.change(house, residents=house.residents + 1)
    _leave_other_houses(uow, person, house)
    uow.session.add_all(looks_at(uow, person, ["home"], uow.source))
    carry(uow, person, house.area)
    if person.state != "here":
        uow.change(person, state="here")
    return stay


def _end_all(uow: UnitOfWork, stays: Sequence[Residence], day: date) -> None:
    for stay in stays:
        if stay.from_on and stay.from_on > day:
            said = _("The present home began later, on {day}; end or correct it first.").format(
                day=stay.from_on
            )
            raise Invalid(said, from_on=said)
        end(uow, stay, day)


def _leave_other_houses(uow: UnitOfWork, person: Person, house: House) -> None:
    if person.household_id:
        household = uow.get(Household, person.household_id)
        if household.house_id not in (None, house.id):
            leave(uow, person)


def end(uow: UnitOfWork, stay: Residence, to_on: date) -> None:
    """The stay ends that day. Raises Invalid for a day that cannot be; the last day of an ended one may
    be corrected.
    """
    refuse(period_problems(Period(stay.from_on, to_on), (), date.today()))
    if stay.to_on is None:
        house = uow.get(House, stay.house_id)
        uow.change(house, residents=max(0, house.residents - 1))
    uow.change(stay, to_on=to_on)


def end_homes(uow: UnitOfWork, person: Person, day: date) -> None:
    """Nobody lives on anywhere after death or after moving away; a home that began later ends on its
    first day.
    """
    for stay in records.residences(uow, person.id):
        if stay.to_on is None:
            end(uow, stay, max(day, stay.from_on or day))


def leave(uow: UnitOfWork, person: Person) -> None:
    """Out of the household; without its last member it is closed, without its head it waits for another
    one.
    """
    household = uow.get(Household, person.household_id)
    size = max(0, household.size - 1)
    head_id = None if household.head_id == person.id else household.head_id
    uow.change(person, household_id=None, relation="")
    uow.change(household, size=size, head_id=head_id, closed_on=None if size else date.today())


def join(uow: UnitOfWork, household: Household, person: Person, relation: str) -> None:
    """Into the household. Raises Invalid for a relation that does not fit the others, or a household that
    is closed.
    """
    if household.closed_on is not None:
        raise Invalid(_("This household is closed."))
    if person.household_id == household.id:
        raise Invalid(_("This person belongs to the household already."))
    members = records.members_of(uow, household.id)
    rules = [Member(member.relation, member.birth, member.name) for member in members]
    wrong = household_problems([*rules, Member(relation)], household.kind)
    refuse({"relation": wrong[f"{len(rules)}.relation"]} if f"{len(rules)}.relation" in wrong else {})
    if person.household_id:
        leave(uow, person)
    uow.change(person, household_id=household.id, relation=relation)
    uow.change(
        household, size=household.size + 1, head_id=person.id if relation == HEAD else household.head_id
    )


def now_vacant(uow: UnitOfWork, house: House) -> None:
    """The house stands empty, when nobody is left in it; inside the command after which it may be so."""
    if house.residents == 0 and house.state != "business":
        uow.change(house, state="vacant")
