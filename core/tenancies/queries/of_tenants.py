"""Tenants who came lately, and who among them nobody has looked at yet."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from core.kernel.i18n import _
from core.kernel.masking import name_for
from core.kernel.paging import Page, after, column, write_key
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Residence
from core.people.queries.shared import addresses, below, seen_people
from core.tenancies.queries.shared import IS_TENANT

LATELY = 30
"""Days for which a tenant is a new one, unless somebody asks otherwise."""


@dataclass(frozen=True)
class NewTenant:
    """A tenant who came lately: the person (None for one of another area), the home, the day and who says so."""

    residence_id: int
    person_id: int | None
    name: str
    house_id: int
    address: str
    area: str
    from_on: date
    source: str
    verified_at: datetime | None


@query("person.view")
def new_tenants(
    uow: UnitOfWork,
    under: str = "",
    days: int = LATELY,
    only_unverified: bool = True,
    after_key: str | None = None,
    limit: int = 50,
) -> Page[NewTenant]:
    """A page of the tenants who moved in within so many days and still live there, the newest first;
    `only_unverified`: whose period nobody of the office has confirmed."""
    came, number = column(Residence.from_on), column(Residence.id)
    since = uow.today - timedelta(days=days)
    asked = after(select(Residence), [came, number], after_key, down=True)
    asked = asked.where(
        below(uow, Residence, under), IS_TENANT, came >= since, col(Residence.to_on).is_(None)
    )
    if only_unverified:
        asked = asked.where(col(Residence.verified_at).is_(None))
    found = uow.session.exec(asked.limit(limit + 1)).all()
    shown = list(found[:limit])
    more = write_key(shown[-1].from_on, shown[-1].id) if len(found) > limit else None
    return Page(_told(uow, shown), more)


def _told(uow: UnitOfWork, stays: list[Residence]) -> list[NewTenant]:
    people = seen_people(uow, {stay.person_id for stay in stays})
    at = addresses(uow, {stay.house_id for stay in stays})
    names = {number: name_for(uow.actor, one.name) for number, one in people.items()}
    return [
        uow.show(
            NewTenant,
            stay,
            residence_id=stay.id,
            person_id=stay.person_id if stay.person_id in people else None,
            name=names.get(stay.person_id) or _("A resident of another grid"),
            address=at.get(stay.house_id, ""),
        )
        for stay in stays
    ]
