"""Entering households in one go, and who belongs to them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.identifiers import tidy
from core.kernel.problems import Clash, Invalid, Problem
from core.kernel.undo import deed
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.filing import file_person
from core.people.commands.people import add_person
from core.people.commands.reach import registered
from core.people.commands.shared import join, leave, lived_as, lives_in, now_vacant, refuse, settle
from core.people.models import Household, Person
from core.people.queries import records
from core.people.rules import HEAD, Member, household_problems
from core.places.models import House
from core.places.rules.areas import check_editable


@command("household.edit")
def enter_household(
    uow: UnitOfWork,
    /,
    house_id: int | str,
    *,
    number: str = "",
    kind: str = "family",
    members: Sequence[Mapping[str, Any]],
    **values: object,
) -> int:
    """File a household with its people in a house, all or nothing, and return its number.

    Each member: the values of a person (or `person_id` of somebody filed already), `relation` to the head
    and `residence_kind`; one of them is the head (02). Problems name the member: "0.name". Raises Invalid
    or Clash.
    """
    check_editable(values, declared(Household))
    house = uow.get(House, house_id)
    refuse(_household_wrong(members, kind))
    opened = {"opened_on": date.today(), **{n: v for n, v in values.items() if v}}
    household = uow.add(Household, area=house.area, number=number, kind=kind, house_id=house.id, **opened)
    troubles: dict[int, Problem] = {}
    for place, member in enumerate(members):
        try:
            _enter(uow, household, house, member)
        except Problem as trouble:
            troubles[place] = trouble
            if not uow.session.is_active:
                break
    _raise_all(troubles)
    return household.id


@command("household.edit")
def edit_household(
    uow: UnitOfWork, /, household_id: int | str, *, seen: int | None = None, **values: object
) -> None:
    """Change number, kind and days; with people in it a household stays open. A newer version than `seen`
    raises Clash.
    """
    check_editable(values, declared(Household))
    household = uow.get(Household, household_id)
    if values.get("closed_on") and household.size:
        refuse(
            {"closed_on": _("{count} people still belong to this household.").format(count=household.size)}
        )
    uow.change(household, seen=seen, **values)


@command("household.edit")
def move_household(
    uow: UnitOfWork,
    household_id: int | str,
    house_id: int | str,
    from_on: date | None = None,
    vacant: bool = False,
) -> None:
    """Everybody of the household moves to another house together, as what they lived before; `vacant`: the old one
    stands empty now, if nobody is left in it. Raises Invalid.
    """
    household, house = uow.get(Household, household_id), uow.get(House, house_id)
    old = uow.get(House, household.house_id) if vacant and household.house_id else None
    with deed(uow, "moved", household, house):
        uow.change(household, house_id=house.id, area=house.area)
        for member in records.members_of(uow, household.id):
            if not lives_in(uow, member.id, house.id):
                settle(uow, member, house, lived_as(uow, member), from_on, moves=True)
                file_person(uow, member)
        if old is not None:
            now_vacant(uow, old)


@command("household.edit")
def change_head(
    uow: UnitOfWork, household_id: int | str, person_id: int | str, relations: Mapping[int, str]
) -> None:
    """Another member becomes the head; `relations` says what everybody else is to the new one, by their
    numbers.

    Raises Invalid with a sentence for each number whose relation is missing or cannot be.
    """
    household = uow.get(Household, household_id)
    members = records.members_of(uow, household.id)
    if int(person_id) not in {member.id for member in members}:
        raise Invalid(_("The new head must be a member of the household."))
    wanted = {m.id: HEAD if m.id == int(person_id) else str(relations.get(m.id) or "") for m in members}
    rules = [_as_member(uow, member, wanted[member.id], household.house_id) for member in members]
    wrong = household_problems(rules, household.kind)
    refuse({str(members[int(place.split(".")[0])].id): said for place, said in wrong.items() if "." in place})
    for member in members:
        uow.change(member, relation=wanted[member.id])
    uow.change(household, head_id=int(person_id))


@command("household.edit")
def join_household(
    uow: UnitOfWork,
    household_id: int | str,
    person_id: int | str,
    relation: str,
    *,
    residence_kind: str = "family",
    from_on: date | None = None,
) -> None:
    """Somebody filed already joins a household, and moves into its house when living elsewhere. Raises
    Invalid.
    """
    household, person = uow.get(Household, household_id), registered(uow, person_id)
    if household.house_id and not lives_in(uow, person.id, household.house_id):
        settle(uow, person, uow.get(House, household.house_id), residence_kind, from_on, moves=True)
    join(uow, household, person, relation)
    file_person(uow, person)


@command("household.edit")
def leave_household(uow: UnitOfWork, person_id: int | str) -> None:
    """Somebody leaves the household but stays in the house. Raises Invalid for the head while others are
    in it.
    """
    person = uow.get(Person, person_id)
    if not person.household_id:
        raise Invalid(_("This person belongs to no household."))
    household = uow.get(Household, person.household_id)
    if household.head_id == person.id and household.size > 1:
        raise Invalid(_("Choose another head first; then this person can leave."))
    leave(uow, person)


def _household_wrong(members: Sequence[Mapping[str, Any]], kind: str) -> dict[str, str]:
    """What is wrong with a household before anybody is filed: relations, and one number for two people."""
    rules = [
        Member(str(member.get("relation") or ""), None, str(member.get("name") or "")) for member in members
    ]
    wrong, numbers = household_problems(rules, kind), set[str]()
    for place, member in enumerate(members):
        number = tidy(str(member.get("document_no") or ""))
        if number and number in numbers:
            wrong[f"{place}.document_no"] = _("Two people of this household have the same number.")
        numbers.add(number)
    return wrong


def _enter(uow: UnitOfWork, household: Household, house: House, member: Mapping[str, Any]) -> None:
    values = dict(member)
    relation, kind = str(values.pop("relation") or ""), str(values.pop("residence_kind", "") or "family")
    known = values.pop("person_id", None)
    if known:
        join_household(uow, household.id, known, relation, residence_kind=kind, from_on=values.get("from_on"))
    else:
        add_person(
            uow,
            house_id=house.id,
            household_id=household.id,
            relation=relation,
            residence_kind=kind,
            **values,
        )


def _raise_all(troubles: Mapping[int, Problem]) -> None:
    """One Problem with the fields of all members; nothing is kept of the household then."""
    if not troubles:
        return
    fields = {f"{n}.{name}": said for n, trouble in troubles.items() for name, said in trouble.fields.items()}
    sentence = " ".join(dict.fromkeys(trouble.sentence for trouble in troubles.values()))
    if any(isinstance(trouble, Clash) for trouble in troubles.values()):
        raise Clash(sentence, differences=None, **fields)
    if any(not isinstance(trouble, Invalid) for trouble in troubles.values()):
        raise next(iter(troubles.values()))
    raise Invalid(sentence, **fields)


def _as_member(uow: UnitOfWork, person: Person, relation: str, house_id: int | None) -> Member:
    there = house_id is None or relation != HEAD or lives_in(uow, person.id, house_id)
    return Member(relation, person.birth, person.name, there)
