"""What is left behind in the register and should not stay so: a table of rules, each a condition in SQL on one kind of
record, so that the count, the list and the strip on a profile ask the same thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, or_, text
from sqlalchemy import select as choose
from sqlalchemy.orm import aliased
from sqlmodel import col

from core.kernel.i18n import N_
from core.kernel.paging import column
from core.kernel.records import AreaRecord
from core.people.models import SINGLE, DeclaredTag, Household, Person, Relation, Residence
from core.people.rules import CHILD, HEAD, PARENT, SPOUSE, born_by
from core.places.models import Area, House

OLDEST = 110
Condition = Callable[[date], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One rule. `of` is the kind of record it is about, `fix` the page that puts it right with the name of its
    parameter; `about` is the field of the record that the parameter takes."""

    title: str
    help: str
    of: type[AreaRecord]
    where: Condition
    fix: str
    parameter: str = "id"
    about: str = "id"
    needs: str = ""


def _gone(*where: Any) -> Any:
    """The numbers of people who no longer live here; said word for word as their index says it."""
    gone = aliased(Person)
    left = col(gone.state) != literal_column("'here'")
    return choose(column(gone.id)).where(left, *(part(gone) for part in where))


def _is_open() -> ColumnElement[bool]:
    return col(Household.closed_on).is_(None)


def _gone_head(_today: date) -> ColumnElement[bool]:
    return and_(_is_open(), col(Household.head_id).in_(_gone()))


def _no_head(_today: date) -> ColumnElement[bool]:
    return and_(_is_open(), col(Household.head_id).is_(None), col(Household.kind) == "family")


def _minor_alone(today: date) -> ColumnElement[bool]:
    head = aliased(Person)
    young = exists().where(col(head.id) == Household.head_id, col(head.birth) > born_by(today, 18))
    return and_(text(SINGLE), young)


def _two_heads(_today: date) -> ColumnElement[bool]:
    other = exists().where(col(Household.id) == Person.household_id, col(Household.head_id) != Person.id)
    return and_(col(Person.relation) == HEAD, col(Person.household_id).is_not(None), other)


def _spouse_of_dead(_today: date) -> ColumnElement[bool]:
    dead = _gone(lambda gone: col(gone.state) == "dead")
    return and_(col(Relation.kind).in_(SPOUSE), col(Relation.other_id).in_(dead))


def _stay_of_gone(_today: date) -> ColumnElement[bool]:
    return and_(col(Residence.to_on).is_(None), col(Residence.person_id).in_(_gone()))


def _vacant_lived_in(_today: date) -> ColumnElement[bool]:
    return and_(col(House.state) == "vacant", col(House.residents) > 0)


def _stays(*where: Any) -> ColumnElement[bool]:
    return exists().where(col(Residence.house_id) == House.id, col(Residence.to_on).is_(None), *where)


def _rented_without_tenant(_today: date) -> ColumnElement[bool]:
    return and_(col(House.state) == "rented", ~_stays(col(Residence.kind) == "tenant"))


def _counter_wrong(_today: date) -> ColumnElement[bool]:
    counted = choose(func.count()).where(col(Residence.house_id) == House.id, col(Residence.to_on).is_(None))
    return or_(
        and_(col(House.residents) > 0, col(House.residents) != counted.scalar_subquery()),
        and_(col(House.residents) == 0, _stays()),
    )


def _ended_grid(_today: date) -> ColumnElement[bool]:
    ended = aliased(Area)
    paths = choose(column(ended.area)).where(col(ended.valid_to).is_not(None))
    return and_(_is_open(), col(Household.area).in_(paths))


def _tag_expired(today: date) -> ColumnElement[bool]:
    return col(DeclaredTag.expires_on) < today


def _homeless(_today: date) -> ColumnElement[bool]:
    home = exists().where(col(Residence.person_id) == Person.id, col(Residence.to_on).is_(None))
    return and_(col(Person.state) == "here", ~home)


def _lives_apart(_today: date) -> ColumnElement[bool]:
    """The household keeps its home in a house in which the person does not live; who lives nowhere is `homeless`."""
    home = exists().where(col(Residence.person_id) == Person.id, col(Residence.to_on).is_(None))
    its = exists().where(col(Household.id) == Person.household_id, col(Household.house_id).is_not(None))
    both = exists().where(
        col(Household.id) == Person.household_id,
        col(Residence.person_id) == Person.id,
        col(Residence.house_id) == Household.house_id,
        col(Residence.to_on).is_(None),
    )
    return and_(col(Person.state) == "here", home, its, ~both)


def _before_birth(_today: date) -> ColumnElement[bool]:
    person = aliased(Person)
    return exists().where(col(person.id) == Residence.person_id, col(person.birth) > Residence.from_on)


def _too_old(today: date) -> ColumnElement[bool]:
    return and_(col(Person.state) == "here", col(Person.birth) <= born_by(today, OLDEST))


def _child_older(_today: date) -> ColumnElement[bool]:
    one, other = aliased(Person), aliased(Person)
    both = and_(col(one.id) == Relation.person_id, col(other.id) == Relation.other_id)
    as_child = and_(col(Relation.kind).in_(CHILD), col(other.birth) <= col(one.birth))
    as_parent = and_(col(Relation.kind).in_(PARENT), col(other.birth) >= col(one.birth))
    kin = col(Relation.kind).in_((*CHILD, *PARENT))
    return and_(kin, exists().where(both, or_(as_child, as_parent)))


CHECKS: Mapping[str, Check] = {
    "gone_head": Check(
        title=N_("Head has died or moved away"),
        help=N_("Choose another head, or close the household."),
        of=Household,
        where=_gone_head,
        fix="household",
    ),
    "no_head": Check(
        title=N_("Household without a head"),
        help=N_("Choose one of the members as head."),
        of=Household,
        where=_no_head,
        fix="household",
    ),
    "minor_alone": Check(
        title=N_("Minor alone in a household"),
        help=N_("Find out who looks after the child, and enter the household it belongs to."),
        of=Household,
        where=_minor_alone,
        fix="household",
    ),
    "two_heads": Check(
        title=N_("Two heads in one household"),
        help=N_("Say what this person is to the head, or make them the head."),
        of=Person,
        where=_two_heads,
        fix="household",
        about="household_id",
    ),
    "spouse_of_dead": Check(
        title=N_("Husband or wife has died"),
        help=N_("Look whether the marital status is still right, and who lives alone now."),
        of=Relation,
        where=_spouse_of_dead,
        fix="person",
        about="person_id",
    ),
    "stay_of_gone": Check(
        title=N_("Still at home after death or moving away"),
        help=N_("End the residence with the day on which it ended."),
        of=Residence,
        where=_stay_of_gone,
        fix="residence",
        parameter="person",
        about="person_id",
    ),
    "vacant_lived_in": Check(
        title=N_("Vacant house with residents"),
        help=N_("Correct the state of the house, or let the residents move out."),
        of=House,
        where=_vacant_lived_in,
        fix="house_edit",
        needs="house.edit",
    ),
    "rented_without_tenant": Check(
        title=N_("Rented house without tenants"),
        help=N_("Enter the tenants, or correct the state of the house."),
        of=House,
        where=_rented_without_tenant,
        fix="house",
    ),
    "counter_wrong": Check(
        title=N_("Number of residents is wrong"),
        help=N_("Counts anew who is registered in the house."),
        of=House,
        where=_counter_wrong,
        fix="house",
    ),
    "ended_grid": Check(
        title=N_("Household in an area that has ended"),
        help=N_("Move the household to a house that is in use."),
        of=Household,
        where=_ended_grid,
        fix="household",
    ),
    "tag_expired": Check(
        title=N_("Service tag has expired"),
        help=N_("Ask whether it still holds; renew or withdraw it."),
        of=DeclaredTag,
        where=_tag_expired,
        fix="person",
        about="person_id",
        needs="person.tags",
    ),
    "homeless": Check(
        title=N_("Person without a home"),
        help=N_("Say where the person lives, or that they moved away."),
        of=Person,
        where=_homeless,
        fix="residence",
        parameter="person",
    ),
    "lives_apart": Check(
        title=N_("Home is not the household's"),
        help=N_(
            "The household is registered in another house: let the person move there, or leave the household."
        ),
        of=Person,
        where=_lives_apart,
        fix="residence",
        parameter="person",
    ),
    "before_birth": Check(
        title=N_("Lived there before birth"),
        help=N_("Correct the day of the home, or the birth date."),
        of=Residence,
        where=_before_birth,
        fix="stay",
    ),
    "too_old": Check(
        title=N_("Older than 110"),
        help=N_("Check the birth date; somebody may have died without being reported."),
        of=Person,
        where=_too_old,
        fix="person_edit",
    ),
    "child_older": Check(
        title=N_("Child older than the parent"),
        help=N_("Correct the relation, or one of the birth dates."),
        of=Relation,
        where=_child_older,
        fix="relation",
        parameter="person",
        about="person_id",
    ),
}
NUMBER = "number_wrong"
"""The one rule that SQL cannot ask: the identity number says another birth date or sex than the record."""
NUMBER_CHECK = Check(
    title=N_("Identity number contradicts birth or sex"),
    help=N_("Look at the card and correct what is wrong."),
    of=Person,
    where=lambda _today: col(Person.document_no).is_not(None),
    fix="person_edit",
)
ALL: Mapping[str, Check] = {**CHECKS, NUMBER: NUMBER_CHECK}
