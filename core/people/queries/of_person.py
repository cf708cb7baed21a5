"""One person in full: facts, homes, and who changed or looked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from core.kernel.lines import sees_tag
from core.kernel.records import AreaRecord
from core.kernel.trail import TrailLine, trail_of
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import DeclaredTag, Person, Relation, Residence
from core.people.queries.shared import HomeLine, addresses, home_line, homes
from core.people.rules import age_on
from core.people.tags import SEES_SENSITIVE
from core.places.queries.of_areas import chain

Tie = type[Residence] | type[Relation] | type[DeclaredTag]


@dataclass(frozen=True)
class PersonDetail:
    """One person, masked: `values` has every declared field by its name, sealed ones as they may be shown.

    `address` is the short one of the home, `chain` (path, name) from the root to the grid.
    """

    id: int
    version: int
    area: str
    chain: list[tuple[str, str]]
    values: dict[str, Any]
    age: int
    household_id: int | None
    merged_into: int | None
    home: HomeLine | None
    verified_at: datetime | None
    verified_by: str
    verified_from: str

    @property
    def house_id(self) -> int | None:
        """The house of the home."""
        return self.home.house_id if self.home else None

    @property
    def address(self) -> str:
        """The short address of the home; empty when none is known."""
        return self.home.address if self.home else ""


@query("person.view")
def person(uow: UnitOfWork, person_id: int | str) -> PersonDetail:
    """One person; the look is written down. Raises Missing."""
    found = uow.get(Person, person_id)
    return detail_of_person(uow, found, homes(uow, [found.id]).get(found.id), date.today())


def detail_of_person(uow: UnitOfWork, found: Person, home: HomeLine | None, day: date) -> PersonDetail:
    """A person as of a day, inside a query."""
    return uow.show(
        PersonDetail,
        found,
        values=uow.values(found),
        age=age_on(found.birth, day),
        home=home,
        chain=chain(uow, found.area),
    )


@query("person.view")
def residences_of(uow: UnitOfWork, person_id: int | str) -> list[HomeLine]:
    """Where somebody lives and lived as far as it is in sight, the present home first. Raises Missing."""
    found = uow.get(Person, person_id)
    asked = select(Residence).where(Residence.person_id == found.id)
    residences = uow.session.exec(asked.order_by(col(Residence.id).desc())).all()
    at = addresses(uow, (residence.house_id for residence in residences))
    lines = [home_line(residence, at) for residence in residences]
    return sorted(lines, key=lambda line: (line.to_on or date.max, line.from_on or date.min), reverse=True)


@query("record.history")
def trail(uow: UnitOfWork, person_id: int | str) -> list[TrailLine]:
    """Who changed the person, their homes, relations and tags, and who looked; newest first. Raises Missing.

    Whoever may not see people reads which fields changed, not what they say.
    """
    found = uow.get(Person, person_id)
    kinds: list[Tie] = [Residence, Relation, *([DeclaredTag] if uow.actor.may(SEES_SENSITIVE) else [])]
    ties = [each for kind in kinds for each in _of(uow, kind, found.id)]
    seen = [each for each in ties if not isinstance(each, DeclaredTag) or sees_tag(uow.actor, each.tag)]
    return trail_of(uow, [found, *seen], "person.view")


def _of(uow: UnitOfWork, kind: Tie, person_id: int) -> list[AreaRecord]:
    return list(uow.session.exec(select(kind).where(kind.person_id == person_id)))
