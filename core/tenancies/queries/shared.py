"""What these queries share; every function works inside a query."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, literal_column
from sqlmodel import col, select

from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Residence
from core.people.rules import Period
from core.registers.rental import Rental
from core.registers.vacant import VacantHome

Book = TypeVar("Book", Rental, VacantHome)
READS_BOOKS = "register.view"
IS_TENANT: ColumnElement[bool] = col(Residence.kind) == literal_column("'tenant'")
"""Said word for word as the index of tenants says it."""
YEAR = timedelta(days=365)
RECENTLY = 3 * YEAR
"""How far back the turn-over of one home is told."""


def period_of(stay: Residence) -> Period:
    """The days of a residence."""
    return Period(stay.from_on, stay.to_on)


def began_lately(periods: Iterable[Period], today: date) -> int:
    """How many of some tenancies began within the last three years."""
    return sum(one.from_on is not None and one.from_on >= today - RECENTLY for one in periods)


def tenant_stays(uow: UnitOfWork, house_ids: Iterable[int]) -> dict[int, list[Residence]]:
    """House -> the stays of its tenants, those of before among them."""
    asked = select(Residence).where(col(Residence.house_id).in_(set(house_ids)), IS_TENANT)
    found: dict[int, list[Residence]] = {}
    for stay in uow.session.exec(asked.order_by(col(Residence.id))):
        found.setdefault(stay.house_id, []).append(stay)
    return found


def books(uow: UnitOfWork, kind: type[Book], house_ids: Iterable[int]) -> dict[int, Book]:
    """House -> its newest entry in a register; none for who may not read registers."""
    if not uow.actor.may(READS_BOOKS):
        return {}
    asked = select(kind).where(col(kind.house_id).in_(set(house_ids))).order_by(col(kind.id))
    return {entry.house_id: entry for entry in uow.session.exec(asked)}
