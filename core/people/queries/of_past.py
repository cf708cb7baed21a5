"""What the register said of a person or household on a day, and every change since, field by field."""

from datetime import date

from sqlmodel import col, select

from core.kernel import freshness as looks
from core.kernel import history
from core.kernel.freshness import Fresh
from core.kernel.past import History, Past, history_of, past_of
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Household, Person, Residence
from core.people.queries.of_homes import HouseholdDetail, detail_of_household
from core.people.queries.of_person import PersonDetail, detail_of_person
from core.people.queries.shared import HomeLine, addresses, home_line, seen_people
from core.people.queries.told import HOUSEHOLD, PERSON
from core.people.rules import TEMPORARY, Period, lives_on


@query("person.view")
def person_then(uow: UnitOfWork, person_id: int | str, day: date) -> Past[PersonDetail]:
    """A person as the register had them at the end of a day, with the home of that day. Raises Missing, Refused."""

    def tell(then: Person) -> PersonDetail:
        return detail_of_person(uow, then, _home_on(uow, then.id, day), day)

    return past_of(uow, Person, person_id, day, tell)


@query("person.view")
def household_then(uow: UnitOfWork, household_id: int | str, day: date) -> Past[HouseholdDetail]:
    """A household with the members it had at the end of a day, as they were then. Raises Missing, Refused."""

    def tell(then: Household) -> HouseholdDetail:
        return detail_of_household(uow, then, members_on(uow, then.id, day), day)

    return past_of(uow, Household, household_id, day, tell)


@query("person.view")
def person_history(uow: UnitOfWork, person_id: int | str, only: str = "") -> History:
    """Every change of a person's fields, newest first; `only` names one field. Raises Missing, Refused."""
    uow.require("record.history")
    return history_of(uow, uow.get(Person, person_id), PERSON, only)


@query("person.view")
def household_history(uow: UnitOfWork, household_id: int | str, only: str = "") -> History:
    """Every change of a household, newest first. Raises Missing, Refused."""
    uow.require("record.history")
    return history_of(uow, uow.get(Household, household_id), HOUSEHOLD, only)


@query("person.view")
def person_freshness(uow: UnitOfWork, person_id: int | str) -> dict[str, Fresh | None]:
    """Key field -> when it was last found true; "" is the whole record. Raises Missing."""
    return dict(looks.freshness(uow, uow.get(Person, person_id)))


def members_on(uow: UnitOfWork, household_id: int, day: date) -> list[Person]:
    """The people in sight who belonged to a household at the end of a day, as they were, inside a query."""
    now = set(uow.session.exec(select(Person.id).where(Person.household_id == household_id)))
    before = history.once_pointed_at(uow, Person, "household_id", household_id)
    people = list(seen_people(uow, now | before).values())
    then = history.all_as_of(uow, people, day)
    return [person for person in then.values() if person.household_id == household_id]


def _home_on(uow: UnitOfWork, person_id: int, day: date) -> HomeLine | None:
    """Where the register of a day said that somebody lived that day; on the day of a move the new home."""
    stays = uow.session.exec(select(Residence).where(col(Residence.person_id) == person_id)).all()
    said = history.all_as_of(uow, stays, day).values()
    there = [stay for stay in said if lives_on(Period(stay.from_on, stay.to_on), day)]
    last = max(
        there, key=lambda stay: (stay.kind != TEMPORARY, stay.from_on or date.min, stay.id), default=None
    )
    return home_line(last, addresses(uow, [last.house_id])) if last else None
