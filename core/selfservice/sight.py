"""What of the register somebody sees at their own page, beside what points at them by a foreign key: themselves, their
homes, what is attached to them and what they asked for. Everything else is out of sight (core/kernel/oneself.py)."""

from typing import Any

from sqlalchemy import ColumnElement, false
from sqlalchemy import select as choose
from sqlmodel import SQLModel, col

from core.kernel.kinds import Attached
from core.kernel.oneself import RULES
from core.people.duplicates import DuplicatePair
from core.people.models import Person
from core.places.models import Building, House
from core.rights.models import SubjectRequest
from core.selfservice.models import OwnCode, OwnVisit

Bound = ColumnElement[int]


def _attached(kind: Any, person: Bound) -> ColumnElement[bool]:
    return (col(kind.about_kind) == "Person") & (col(kind.about_id) == person)


def _by_number(kind: Any, person: Bound) -> ColumnElement[bool]:
    return col(kind.person_id) == person


def _homes(person: Bound) -> Any:
    """The numbers of the houses where the person lives or lived."""
    stays = SQLModel.metadata.tables["residence"].c
    return choose(stays.house_id).where(stays.person_id == person)


def _house(kind: Any, person: Bound) -> ColumnElement[bool]:
    return col(kind.id).in_(_homes(person))


def _building(kind: Any, person: Bound) -> ColumnElement[bool]:
    houses = SQLModel.metadata.tables["house"].c
    return col(kind.id).in_(choose(houses.building_id).where(houses.id.in_(_homes(person))))


RULES.update(
    {
        Attached: _attached,
        Building: _building,
        DuplicatePair: lambda _kind, _person: false(),
        House: _house,
        OwnCode: _by_number,
        OwnVisit: _by_number,
        Person: lambda kind, person: col(kind.id) == person,
        SubjectRequest: _by_number,
    }
)
