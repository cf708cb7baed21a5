"""Who has a derived tag, as conditions on Person in SQL: each takes today and looks at nothing but our
own fields.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, exists, false, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from core.people.models import DeclaredTag, Person, Residence
from core.people.models import Relation as RelationRow
from core.people.rules import CHILD, HEAD, PARENT, SPOUSE, born_by, school_start

HELPED_FIRST = ("失能老人", "残疾人", "重度残疾人", "孕产妇")


def aged(low: int, below: int | None = None) -> Callable[[date], ColumnElement[bool]]:
    """At least `low` full years old, and younger than `below`."""

    def rule(today: date) -> ColumnElement[bool]:
        old_enough = col(Person.birth) <= born_by(today, low)
        return old_enough if below is None else and_(old_enough, col(Person.birth) > born_by(today, below))

    return rule


def of_school_age(today: date) -> ColumnElement[bool]:
    """Six or older, and younger than fifteen, on the last 31 August."""
    return aged(6, 15)(school_start(today))


def _there_is(*where: Any) -> Exists:
    return exists().where(*where)


def _home(*, kind: str = "") -> ColumnElement[bool]:
    """Lives in a house now (as `kind`)."""
    mine = aliased(Residence)
    found = _there_is(mine.person_id == Person.id, col(mine.to_on).is_(None))
    return found.where(col(mine.kind) == kind) if kind else found


def _shares_the_house() -> ColumnElement[bool]:
    mine, other = aliased(Residence), aliased(Residence)
    return _there_is(
        mine.person_id == Person.id,
        col(mine.to_on).is_(None),
        other.house_id == mine.house_id,
        col(other.to_on).is_(None),
        other.person_id != Person.id,
    )


def alone(today: date) -> ColumnElement[bool]:
    """60 or older and the only one registered in the house."""
    return and_(aged(60)(today), _home(), ~_shares_the_house())


def _known_child() -> ColumnElement[bool]:
    child = aliased(RelationRow)
    return _there_is(child.person_id == Person.id, col(child.kind).in_(CHILD))


def _child_in_house() -> ColumnElement[bool]:
    child, mine, theirs = aliased(RelationRow), aliased(Residence), aliased(Residence)
    return _there_is(
        child.person_id == Person.id,
        col(child.kind).in_(CHILD),
        theirs.person_id == child.other_id,
        col(theirs.to_on).is_(None),
        mine.person_id == Person.id,
        col(mine.to_on).is_(None),
        mine.house_id == theirs.house_id,
    )


def _child_in_household() -> ColumnElement[bool]:
    """By the relations to the head: a child of the head or spouse, or the head where the person is a
    parent.
    """
    other = aliased(Person)
    as_parent = and_(col(Person.relation).in_((HEAD, *SPOUSE)), col(other.relation).in_(CHILD))
    as_grandparent = and_(col(Person.relation).in_(PARENT), col(other.relation) == HEAD)
    return _there_is(
        other.household_id == Person.household_id,
        other.id != Person.id,
        other.state == "here",
        or_(as_parent, as_grandparent),
    )


def empty_nest(today: date) -> ColumnElement[bool]:
    """60 or older with children on record, none of whom lives in the house or household."""
    return and_(aged(60)(today), _known_child(), ~_child_in_house(), ~_child_in_household())


def migrant(_today: date) -> ColumnElement[bool]:
    """Registered in another county or city."""
    return col(Person.category) == "migrant"


def apart(_today: date) -> ColumnElement[bool]:
    """Lives elsewhere than registered (GB/T 31000 人户一致标识 02)."""
    return col(Person.consistent) == "02"


def tenant(_today: date) -> ColumnElement[bool]:
    """Lives in a rented home now."""
    return _home(kind="tenant")


def head(_today: date) -> ColumnElement[bool]:
    """Head of a household."""
    return col(Person.relation) == HEAD


def party(_today: date) -> ColumnElement[bool]:
    """Member or probationary member (GB/T 4762 01, 02)."""
    return col(Person.political).in_(("01", "02"))


def declared(today: date, *keys: str) -> ColumnElement[bool]:
    """Has one of the declared tags, and it has not expired."""
    given = aliased(DeclaredTag)
    if not keys:
        return false()
    still = or_(col(given.expires_on).is_(None), col(given.expires_on) >= today)
    return _there_is(given.person_id == Person.id, col(given.tag).in_(keys), still)


def urgent(today: date) -> ColumnElement[bool]:
    """To be helped first in an emergency: very old and alone, an infant, or declared to need help."""
    return or_(and_(aged(80)(today), alone(today)), aged(0, 3)(today), declared(today, *HELPED_FIRST))
