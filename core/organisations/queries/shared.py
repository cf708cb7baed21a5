"""What the queries on organisations share; every function here works inside a query or command."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlmodel import col, select

from core.kernel.unit_of_work import UnitOfWork
from core.organisations.models import Organisation


@dataclass(frozen=True)
class OrganisationLine:
    """One organisation in a list, masked; `address` is a short one, `is_overdue` an inspection that is late, `own` what
    the office's own fields say."""

    id: int
    area: str
    name: str
    short_name: str
    credit_code: str | None
    kind: str
    trade: str
    state: str
    address: str
    house_id: int | None
    building_id: int | None
    legal_name: str
    contact_name: str
    contact_phone: str | None
    employees: int | None
    licence_until: date | None
    inspection_due: date | None
    industry_grid: str
    opened_on: date | None
    closed_on: date | None
    verified_at: datetime | None
    is_overdue: bool
    own: dict[str, Any] = field(default_factory=dict)

    @property
    def sign(self) -> str:
        """What stands over the door."""
        return self.short_name or self.name


def line_of(
    uow: UnitOfWork, found: Organisation, own: Mapping[str, Any] = MappingProxyType({})
) -> OrganisationLine:
    """A record as a line, inside a query."""
    return uow.show(OrganisationLine, found, is_overdue=is_overdue(found), own=dict(own))


def is_overdue(found: Organisation) -> bool:
    """Whether an open organisation should have been inspected before today."""
    return found.state == "open" and found.inspection_due is not None and found.inspection_due < date.today()


def seen_organisations(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, Organisation]:
    """Those of the organisations that are in sight, by their number, inside a query."""
    found = uow.session.exec(select(Organisation).where(col(Organisation.id).in_(set(ids))))
    return {one.id: one for one in found}
