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
from core.people.rules import HEAD, TEMPORARY, Member, Period, Stay, household_problems, stay_problems
from core.places.models import House
from core.places.rules import check_standing

SEEN = ("visit", "phone", "document")
"""Sources that are a look of the office itself: what is filed from them is verified. What others say waits for one."""


def refuse(wrong: dict[str, str]) -> None:
    """Raises Invalid with the sentences at their fields; goes on when there are none."""
    if wrong:
        raise Invalid(" ".join(dict.fromkeys(wrong.values())), **wrong)


def lives_in(uow: UnitOfWork, person_id: int, house_id: int | None) -> bool:
    """Whether the person is registered in the house now."""
    stays = records.residences(uow, person_id)
    return any(stay.house_id == house_id and stay.to_on is None for stay in stays)


def lived_as(uow: UnitOfWork, person: Person) -> str:
    """As what somebody lives at home now."""
    home = records.home(uow, person.id)
    return home.kind if home else "family"


def is_guest(uow: UnitOfWork, person_id: int, kind: str) -> bool:
    """Whether somebody who comes to a house as this only visits: the usual home is elsewhere and stays."""
    home = records.home(uow, person_id)
    return kind == TEMPORARY and home is not None and home.kind != TEMPORARY


def settle(
    uow: UnitOfWork,
    person: Person,
    house: House,
    kind: str,
    from_on: date | None,
    *,
    moves: bool | None = None,
) -> Residence:
    """The house becomes the home: homes before it end that day, a household of another house is left. Somebody who
    only visits keeps home and household, unless `moves` says otherwise.

    Raises Invalid for a kind that is none, a day in the future or a period that contradicts another one.
    """
    check_standing(house)
    if kind not in codes("residence_kind"):
        refuse({"residence_kind": _("Say as what the person lives there.")})
    moves = not is_guest(uow, person.id, kind) if moves is None else moves
    new = Stay(house.id, kind, Period(from_on))
    here = [stay for stay in stays_of(uow, person.id) if stay.house_id == house.id]
    refuse(stay_problems(new, here, date.today()))
    if moves:
        open_ones = [stay for stay in records.residences(uow, person.id) if stay.to_on is None]
        _end_all(uow, open_ones, from_on or date.today())
    stay = file(uow, person, house, new)
    if moves:
        _leave_other_houses(uow, person, house)
        uow.session.add_all(looks_at(uow, person, ["home"], uow.source))
        carry(uow, person, house.area)
        if person.state != "here":
            uow.change(person, state="here")
    return stay


def file(uow: UnitOfWork, person: Person, house: House, new: Stay) -> Residence:
    """A stay of somebody in a house, inside a command. Raises Invalid for a period that contradicts another one."""
    refuse(stay_problems(new, stays_of(uow, person.id), date.today()))
    if new.period.to_on is None:
        count(uow, house.id, 1)
    days = {"from_on": new.period.from_on, "to_on": new.period.to_on}
    about = {"area": house.area, "person_id": person.id, "house_id": house.id}
    stay = uow.add(Residence, **about, **days, kind=new.kind, source=uow.source)
    if uow.source in SEEN:
        confirm(uow, stay, uow.source)
    return stay


def confirm(uow: UnitOfWork, stay: Residence, source: str) -> None:
    """The period was found to be so, inside a command."""
    uow.change(stay, verified_at=uow.now, verified_by=uow.actor.login, verified_from=source)


def count(uow: UnitOfWork, house_id: int, more: int) -> None:
    """So many more live in a house, or fewer."""
    house = uow.get(House, house_id)
    uow.change(house, residents=max(0, house.residents + more))


def stays_of(uow: UnitOfWork, person_id: int, but: int = 0) -> list[Stay]:
    """Where somebody lived and lives as far as it is in sight, inside a command, without one of the records."""
    return [told(each) for each in records.residences(uow, person_id) if each.id != but]


def told(stay: Residence) -> Stay:
    """What a record says."""
    return Stay(stay.house_id, stay.kind, Period(stay.from_on, stay.to_on), stay.id)


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
    new = Stay(stay.house_id, stay.kind, Period(stay.from_on, to_on))
    refuse(stay_problems(new, stays_of(uow, stay.person_id, but=stay.id), date.today()))
    if stay.to_on is None:
        count(uow, stay.house_id, -1)
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
