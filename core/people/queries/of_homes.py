"""Who lives together: households, and the people of a house now or on any day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from core.kernel.i18n import _
from core.kernel.paging import Page
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Household, Person, Residence
from core.people.queries.keyset import area_page
from core.people.queries.open_work import headless
from core.people.queries.shared import addresses, below, seen_people
from core.people.rules import HEAD, Member, age_on, household_warnings
from core.places.models import House


@dataclass(frozen=True)
class MemberLine:
    """One person of a household, masked."""

    id: int
    name: str
    relation: str
    sex: str
    age: int
    birth: date
    state: str
    phone: str | None
    document_no: str | None
    verified_at: datetime | None


@dataclass(frozen=True)
class HouseholdDetail:
    """One household; the head stands first. `warnings` are sentences about ages that are unusual."""

    id: int
    version: int
    area: str
    number: str
    kind: str
    house_id: int | None
    head_id: int | None
    size: int
    opened_on: date | None
    closed_on: date | None
    address: str
    members: list[MemberLine]
    warnings: list[str]


@dataclass(frozen=True, kw_only=True)
class HouseholdFilter:
    """Which households; everything empty means all open ones in sight."""

    under: str = ""
    kind: str = ""
    house_id: int | None = None
    headless: bool = False
    closed: bool = False


@dataclass(frozen=True)
class HouseholdLine:
    """One household in a list; `head` is the name of the head as the actor may see it."""

    id: int
    area: str
    number: str
    kind: str
    house_id: int | None
    head_id: int | None
    size: int
    closed_on: date | None
    head: str
    address: str


@dataclass(frozen=True)
class OccupantLine:
    """Somebody who lives or lived in a house. Of people of another area only the period shows, and no
    number.
    """

    residence_id: int
    kind: str
    from_on: date | None
    to_on: date | None
    name: str
    person_id: int | None = None
    sex: str = ""
    age: int | None = None
    relation: str = ""
    household_id: int | None = None
    phone: str | None = None
    document_no: str | None = None
    verified_at: datetime | None = None


@query("person.view")
def household(uow: UnitOfWork, household_id: int | str) -> HouseholdDetail:
    """One household with its members. Raises Missing."""
    found = uow.get(Household, household_id)
    return detail_of_household(uow, found, members_of(uow, found.id), date.today())


def detail_of_household(
    uow: UnitOfWork, found: Household, members: list[Person], day: date
) -> HouseholdDetail:
    """A household with its members as of a day, inside a query."""
    lines = [uow.show(MemberLine, one, age=age_on(one.birth, day)) for one in sorted(members, key=_place)]
    rules = [Member(line.relation, line.birth, line.name) for line in lines]
    house = found.house_id or 0
    return uow.show(
        HouseholdDetail,
        found,
        members=lines,
        warnings=household_warnings(rules),
        address=addresses(uow, [house]).get(house, ""),
    )


@query("person.view")
def households(
    uow: UnitOfWork, wanted: HouseholdFilter, after: str | None = None, limit: int = 50
) -> Page[HouseholdLine]:
    """A page of households by grid, in the order in which they were filed; `after` is the key of the page
    before.
    """
    page = area_page(uow, Household, _conditions(uow, wanted), after, limit)
    at = addresses(uow, (one.house_id for one in page.items if one.house_id))
    heads = seen_people(uow, (one.head_id for one in page.items if one.head_id))
    names = {key: uow.show(_Named, head).name for key, head in heads.items()}
    lines = [
        uow.show(
            HouseholdLine, one, head=names.get(one.head_id or 0, ""), address=at.get(one.house_id or 0, "")
        )
        for one in page.items
    ]
    return Page(lines, page.after)


@query("person.view")
def occupants(uow: UnitOfWork, house_id: int | str, on: date | None = None) -> list[OccupantLine]:
    """Who lives in a house now, or lived there on a day; the days of moving in and out count. Raises
    Missing.
    """
    house = uow.get(House, house_id)
    asked = select(Residence).where(Residence.house_id == house.id, *_on(on)).order_by(col(Residence.id))
    residences = uow.session.exec(asked).all()
    people = seen_people(uow, (residence.person_id for residence in residences))
    lines = [(people.get(r.person_id), _occupant(uow, r, people.get(r.person_id))) for r in residences]
    return [line for _person, line in sorted(lines, key=lambda pair: _place(pair[0]))]


def members_of(uow: UnitOfWork, household_id: int) -> list[Person]:
    """The people of a household, head first, then by relation and age, inside a query or command."""
    asked = select(Person).where(Person.household_id == household_id)
    return sorted(uow.session.exec(asked), key=_place)


@dataclass(frozen=True)
class _Named:
    name: str


def _place(person: Person | None) -> tuple[bool, bool, int, str, date]:
    """Where somebody stands in a list: people in sight by household, heads first."""
    if person is None:
        return (True, True, 0, "", date.max)
    return (
        False,
        person.household_id is None,
        person.household_id or 0,
        "" if person.relation == HEAD else person.relation or "~",
        person.birth,
    )


def _conditions(uow: UnitOfWork, wanted: HouseholdFilter) -> list[ColumnElement[bool]]:
    closed = col(Household.closed_on).is_not(None) if wanted.closed else col(Household.closed_on).is_(None)
    found = [below(uow, Household, wanted.under), closed]
    found += [col(Household.kind) == wanted.kind] if wanted.kind else []
    found += [col(Household.house_id) == wanted.house_id] if wanted.house_id is not None else []
    return [*found, headless()] if wanted.headless else found  # type: ignore[list-item]


def _on(day: date | None) -> list[ColumnElement[bool]]:
    if day is None:
        return [col(Residence.to_on).is_(None)]
    came, left = col(Residence.from_on), col(Residence.to_on)
    return [or_(came.is_(None), came <= day), or_(left.is_(None), left >= day)]


def _occupant(uow: UnitOfWork, residence: Residence, person: Person | None) -> OccupantLine:
    stay = {
        "residence_id": residence.id,
        "kind": residence.kind,
        "from_on": residence.from_on,
        "to_on": residence.to_on,
    }
    if person is None:
        return OccupantLine(**stay, name=_("A resident of another grid"))  # type: ignore[arg-type]
    return uow.show(OccupantLine, person, **stay, person_id=person.id, age=age_on(person.birth, date.today()))
