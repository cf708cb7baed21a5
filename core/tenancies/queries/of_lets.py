"""Homes that are let: who is in them since when, how often tenants changed, and whom to call."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import mean

from sqlalchemy import ColumnElement, distinct, func
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.paging import Page, column
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Residence
from core.people.queries.keyset import area_page
from core.people.queries.shared import addresses, below
from core.people.rules import tenancies
from core.places.models import House
from core.registers.rental import Rental
from core.tenancies.queries.shared import IS_TENANT, RECENTLY, began_lately, books, period_of, tenant_stays

OFTEN = 2
"""So many new tenancies within three years, and a home counts as one whose tenants change often."""


@dataclass(frozen=True)
class Landlord:
    """Whom to call about a home, masked; `entry_id` is the entry of the register that says so."""

    landlord: str
    phone: str | None
    lease_to: date | None
    entry_id: int


@dataclass(frozen=True)
class RentedHome:
    """A home that is let: tenants of now, since when the first of them, how many new tenancies in three years.
    `waiting` tenants were not verified since they came."""

    house_id: int
    area: str
    address: str
    tenants: int
    since: date | None
    began: int
    waiting: int
    verified_at: datetime | None
    landlord: Landlord | None


@dataclass(frozen=True)
class HouseTenancies:
    """The tenancies of one home: those of now and before, and how long those that ended lasted on average (days)."""

    tenants: int
    since: date | None
    began: int
    ended: int
    days: int | None
    landlord: Landlord | None


@query("person.view")
def rented_homes(
    uow: UnitOfWork, under: str = "", often: bool = False, after: str | None = None, limit: int = 50
) -> Page[RentedHome]:
    """A page of the homes that are let, by grid; `often`: only those whose tenants changed at least twice in three
    years."""
    where: list[ColumnElement[bool]] = [below(uow, House, under), col(House.state) == "rented"]
    page = area_page(uow, House, [*where, _often(uow.today)] if often else where, after, limit)
    ids = [house.id for house in page.items]
    at, stays, entries = addresses(uow, ids), tenant_stays(uow, ids), books(uow, Rental, ids)
    lines = [
        _line(uow, house, at.get(house.id, ""), stays.get(house.id, []), entries.get(house.id))
        for house in page.items
    ]
    return Page(lines, page.after)


@query("person.view")
def tenancies_of(uow: UnitOfWork, house_id: int | str) -> HouseTenancies | None:
    """The tenancies of a home; None where nobody ever rented. Raises Missing."""
    house = uow.get(House, house_id)
    stays = tenant_stays(uow, [house.id]).get(house.id, [])
    entry = books(uow, Rental, [house.id]).get(house.id)
    if not stays and entry is None and house.state != "rented":
        return None
    told = tenancies(period_of(stay) for stay in stays)
    lasted = [(one.to_on - one.from_on).days for one in told if one.from_on and one.to_on]
    return HouseTenancies(
        tenants=sum(stay.to_on is None for stay in stays),
        since=_since(stays),
        began=began_lately(told, uow.today),
        ended=sum(one.to_on is not None for one in told),
        days=round(mean(lasted)) if lasted else None,
        landlord=_landlord(uow, entry),
    )


def _line(
    uow: UnitOfWork, house: House, address: str, stays: list[Residence], entry: Rental | None
) -> RentedHome:
    now = [stay for stay in stays if stay.to_on is None]
    return uow.show(
        RentedHome,
        house,
        house_id=house.id,
        address=address,
        tenants=len(now),
        since=_since(stays),
        began=began_lately(tenancies(period_of(stay) for stay in stays), uow.today),
        waiting=sum(stay.verified_at is None for stay in now),
        landlord=_landlord(uow, entry),
    )


def _since(stays: list[Residence]) -> date | None:
    """Since when the first tenant of now is there, as far as it is known."""
    return min((stay.from_on for stay in stays if stay.to_on is None and stay.from_on), default=None)


def _landlord(uow: UnitOfWork, entry: Rental | None) -> Landlord | None:
    return uow.show(Landlord, entry, entry_id=entry.id) if entry else None


def _often(today: date) -> ColumnElement[bool]:
    """Homes into which tenants moved on at least two days of the last three years."""
    came = column(Residence.from_on)
    busy = (
        choose(column(Residence.house_id))
        .where(IS_TENANT, came >= today - RECENTLY)
        .group_by(column(Residence.house_id))
        .having(func.count(distinct(came)) >= OFTEN)
    )
    return col(House.id).in_(busy)
