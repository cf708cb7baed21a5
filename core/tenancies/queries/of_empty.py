"""Homes that stand empty: since when, who was the last to live there, whose they are, and who looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.fields import CHINA
from core.kernel.history import FieldChange
from core.kernel.paging import Page
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Residence
from core.people.queries.keyset import area_page
from core.people.queries.shared import addresses, below, rows
from core.places.models import House
from core.registers.vacant import VacantHome
from core.tenancies.queries.shared import books

VACANT, NOBODY = "vacant", "nobody"
LIVED_IN = ("owned", "rented", "unknown")
"""States of a home in which somebody should be registered."""


@dataclass(frozen=True)
class Owner:
    """Whom to call about an empty home, masked; `entry_id` is the entry of the register that says so."""

    owner: str
    phone: str | None
    entry_id: int


@dataclass(frozen=True)
class EmptyHome:
    """A home in which nobody lives: since when, until when somebody did, and the newest look at it; None: not known."""

    house_id: int
    area: str
    address: str
    state: str
    since: date | None
    lived_until: date | None
    verified_at: datetime | None
    verified_by: str
    verified_from: str
    owner: Owner | None


@query("person.view")
def idle_homes(
    uow: UnitOfWork, under: str = "", what: str = VACANT, after: str | None = None, limit: int = 50
) -> Page[EmptyHome]:
    """A page of empty homes, by grid. `what`: "vacant", those found vacant; "nobody", those in which somebody should
    live and nobody is registered."""
    page = area_page(uow, House, [below(uow, House, under), *_which(what)], after, limit)
    ids = [house.id for house in page.items]
    at, since, until = addresses(uow, ids), _vacant_since(uow, ids), _lived_until(uow, ids)
    entries = books(uow, VacantHome, ids)
    return Page(
        [
            uow.show(
                EmptyHome,
                house,
                house_id=house.id,
                address=at.get(house.id, ""),
                since=_since(entries.get(house.id), since.get(house.id), until.get(house.id)),
                lived_until=until.get(house.id),
                owner=_owner(uow, entries.get(house.id)),
            )
            for house in page.items
        ],
        page.after,
    )


def _which(what: str) -> list[ColumnElement[bool]]:
    if what == NOBODY:
        return [col(House.state).in_(LIVED_IN), col(House.residents) == 0]
    return [col(House.state) == VACANT]


def _since(entry: VacantHome | None, found: date | None, until: date | None) -> date | None:
    """What the register of vacant homes says, else the day on which the house was found vacant or the last one left."""
    return (entry.since if entry else None) or found or until


def _owner(uow: UnitOfWork, entry: VacantHome | None) -> Owner | None:
    return uow.show(Owner, entry, entry_id=entry.id) if entry else None


def _vacant_since(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, date]:
    """House -> the day on which it became vacant in the register."""
    columns: list[Any] = [FieldChange.record_id, func.max(FieldChange.at)]
    asked = choose(*columns).where(
        col(FieldChange.kind) == House.__name__,
        col(FieldChange.record_id).in_(ids),
        col(FieldChange.field) == "state",
        col(FieldChange.after) == '"vacant"',
    )
    found = rows(uow, asked.group_by(col(FieldChange.record_id)))
    return {house: at.astimezone(CHINA).date() for house, at in found}


def _lived_until(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, date]:
    """House -> the last day on which somebody lived there."""
    columns: list[Any] = [Residence.house_id, func.max(Residence.to_on)]
    asked = choose(*columns).where(col(Residence.house_id).in_(ids), col(Residence.to_on).is_not(None))
    return {house: day for house, day in rows(uow, asked.group_by(col(Residence.house_id)))}
