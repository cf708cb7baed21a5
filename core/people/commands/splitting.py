"""One household becomes two, or two become one."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.kernel.i18n import _
from core.kernel.problems import Clash
from core.kernel.undo import deed
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.households import join_household
from core.people.commands.life import depart, found_household
from core.people.commands.merging import undo_deed
from core.people.commands.reach import registered
from core.people.commands.shared import lived_as, lives_in, refuse, settle
from core.people.models import Household, Person
from core.people.queries import records
from core.people.rules import HEAD
from core.places.models import House


@command("household.edit")
def split_household(
    uow: UnitOfWork,
    household_id: int | str,
    person_ids: Sequence[int | str],
    *,
    new_head_id: int | str,
    relations: Mapping[int, str],
    house_id: int | str | None = None,
    day: date | None = None,
    number: str = "",
    head_id: int | str | None = None,
    head_relations: Mapping[int, str] | None = None,
    reason: str = "",
) -> int:
    """Some members become a household of their own, in the same house or in another one; returns its number.

    `relations` says what each of them is to their head; `head_id` and `head_relations` are for those who stay, when
    the head goes along. Raises Invalid when nobody or everybody goes, or when a head or relation is missing.
    """
    household = uow.get(Household, household_id)
    going = _members(uow, household, person_ids)
    house = uow.get(House, house_id or household.house_id)
    if int(new_head_id) not in {one.id for one in going}:
        refuse({"new_head_id": _("The new head must be one of those who go.")})
    uow.because(reason)
    with deed(uow, "split", household) as done:
        depart(uow, going, head_id, head_relations)
        for person in going:
            if not lives_in(uow, person.id, house.id):
                settle(uow, person, house, lived_as(uow, person), day, moves=True)
        fresh = found_household(uow, going, int(new_head_id), relations, house, day, number)
        done.other = fresh
    return fresh.id


@command("household.edit")
def merge_households(
    uow: UnitOfWork,
    household_id: int | str,
    other_id: int | str,
    relations: Mapping[int, str],
    day: date | None = None,
    reason: str = "",
) -> None:
    """Everybody of the other household joins this one and moves into its house; the other one is closed.

    `relations` says what each of them is to the head. Raises Invalid for a relation that is missing or cannot be.
    """
    household, other = uow.get(Household, household_id), uow.get(Household, other_id)
    if household.id == other.id or other.closed_on or household.closed_on:
        raise Clash(_("Choose another household that is still open."))
    uow.because(reason)
    with deed(uow, "joined", household, other):
        for person in records.members_of(uow, other.id):
            relation = str(relations.get(person.id) or "")
            if relation in ("", HEAD):
                refuse({str(person.id): _("Say how this person is related to the head.")})
            kind = lived_as(uow, person)
            join_household(uow, household.id, person.id, relation, residence_kind=kind, from_on=day)


@command("household.edit")
def undo(uow: UnitOfWork, deed_id: int | str, reason: str = "") -> None:
    """Take back what happened to people or households. Raises Clash with what has changed since, Refused, Missing."""
    undo_deed(uow, deed_id, reason)


def _members(uow: UnitOfWork, household: Household, person_ids: Sequence[int | str]) -> list[Person]:
    going = [registered(uow, each) for each in dict.fromkeys(person_ids)]
    if not going or any(one.household_id != household.id for one in going):
        refuse({"person_ids": _("Choose members of this household.")})
    if len(going) >= household.size:
        refuse({"person_ids": _("Somebody must stay; to move everybody, move the household.")})
    return going
