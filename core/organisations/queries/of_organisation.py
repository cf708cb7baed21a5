"""One organisation in full: facts, staff, inspections, where it was, and who changed what."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from core.kernel.trail import TrailLine, trail_of
from core.kernel.unit_of_work import UnitOfWork, query
from core.organisations.models import Inspection, Organisation, Premises, Staff
from core.organisations.queries.shared import is_overdue
from core.organisations.rules import registered_as
from core.people.queries.shared import seen_people
from core.places.queries.of_areas import area_names, chain


@dataclass(frozen=True)
class OrganisationDetail:
    """One organisation, masked: `values` has every field by its name, sealed ones as they may be shown.

    `registered` is what the credit code says in words, `grid_name` the name of the industry grid, `chain` (path, name)
    from the root to the general grid; `representative_id` the registered person, when in sight.
    """

    id: int
    version: int
    area: str
    name: str
    short_name: str
    state: str
    kind: str
    trade: str
    address: str
    house_id: int | None
    building_id: int | None
    representative_id: int | None
    industry_grid: str
    grid_name: str
    registered: str
    inspection_due: date | None
    is_overdue: bool
    verified_at: datetime | None
    verified_by: str
    verified_from: str
    values: dict[str, Any]
    chain: list[tuple[str, str]]


@dataclass(frozen=True)
class StaffLine:
    """Somebody who works or worked there; `person_id` when they are registered and in sight."""

    id: int
    name: str
    post: str
    from_on: date | None
    to_on: date | None
    person_id: int | None


@dataclass(frozen=True)
class InspectionLine:
    """One inspection."""

    id: int
    inspected_on: date
    kind: str
    result: str
    inspector: str
    next_due: date | None
    note: str


@dataclass(frozen=True)
class PremisesLine:
    """Where an organisation stood, under which name."""

    id: int
    name: str
    address: str
    house_id: int | None
    from_on: date | None
    to_on: date | None


@query("organisation.view")
def organisation(uow: UnitOfWork, organisation_id: int | str) -> OrganisationDetail:
    """One organisation. Raises Missing."""
    return detail_of_organisation(uow, uow.get(Organisation, organisation_id))


def detail_of_organisation(uow: UnitOfWork, found: Organisation) -> OrganisationDetail:
    """An organisation in full, inside a query; it may be one of another day."""
    sees_people = found.legal_person_id and uow.actor.may("person.view")
    seen = seen_people(uow, [found.legal_person_id or 0]) if sees_people else {}
    return uow.show(
        OrganisationDetail,
        found,
        values=uow.values(found),
        registered=registered_as(found.credit_code),
        representative_id=next(iter(seen), None),
        grid_name=area_names(uow, [found.industry_grid]).get(found.industry_grid, ""),
        is_overdue=is_overdue(found),
        chain=chain(uow, found.area),
    )


@query("organisation.view")
def staff_of(uow: UnitOfWork, organisation_id: int | str) -> list[StaffLine]:
    """Who works there now, then who did before, the newest first. Raises Missing."""
    found = uow.get(Organisation, organisation_id)
    asked = select(Staff).where(Staff.organisation_id == found.id).order_by(col(Staff.id).desc())
    staff = uow.session.exec(asked).all()
    wanted = [one.person_id for one in staff if one.person_id]
    seen = seen_people(uow, wanted) if uow.actor.may("person.view") else {}
    lines = [
        uow.show(StaffLine, one, person_id=one.person_id if one.person_id in seen else None) for one in staff
    ]
    return sorted(lines, key=lambda line: line.to_on or date.max, reverse=True)


@query("organisation.view")
def inspections_of(uow: UnitOfWork, organisation_id: int | str) -> list[InspectionLine]:
    """Every inspection, the newest first. Raises Missing."""
    found = uow.get(Organisation, organisation_id)
    asked = select(Inspection).where(Inspection.organisation_id == found.id)
    newest = asked.order_by(col(Inspection.inspected_on).desc(), col(Inspection.id).desc())
    return [uow.show(InspectionLine, one) for one in uow.session.exec(newest)]


@query("organisation.view")
def premises_of(uow: UnitOfWork, organisation_id: int | str) -> list[PremisesLine]:
    """Where the organisation stands and stood as far as it is in sight, the present place first. Raises Missing."""
    found = uow.get(Organisation, organisation_id)
    asked = select(Premises).where(Premises.organisation_id == found.id).order_by(col(Premises.id).desc())
    lines = [uow.show(PremisesLine, one) for one in uow.session.exec(asked)]
    return sorted(lines, key=lambda one: (one.to_on or date.max, one.from_on or date.min), reverse=True)


@query("record.history")
def trail(uow: UnitOfWork, organisation_id: int | str) -> list[TrailLine]:
    """Who changed the organisation, its staff, premises and inspections; newest first. Raises Missing."""
    found = uow.get(Organisation, organisation_id)
    kinds: tuple[type[Staff] | type[Premises] | type[Inspection], ...] = (Staff, Premises, Inspection)
    hanging = [
        one
        for kind in kinds
        for one in uow.session.exec(select(kind).where(kind.organisation_id == found.id))
    ]
    return trail_of(uow, [found, *hanging], "organisation.view")
