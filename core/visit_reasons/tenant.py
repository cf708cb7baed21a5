"""Tenants who came lately and whom nobody has met at their new home yet."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.extensions import VisitReason
from core.kernel.i18n import N_
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Residence


def due(uow: UnitOfWork, grid: str, days: int) -> Select[Any]:
    """Homes with tenants who moved in within so many days and whose stay nobody has verified, inside a query."""
    came, begun = col(Residence.from_on), uow.today - timedelta(days=days)
    columns: list[Any] = [Residence.house_id, func.count(), func.min(came)]
    found = choose(*columns).where(col(Residence.area) == grid)
    found = found.where(col(Residence.kind) == "tenant", col(Residence.to_on).is_(None), came >= begun)
    return found.where(col(Residence.verified_at).is_(None)).group_by(col(Residence.house_id))


REASON = VisitReason(
    title=N_("New tenant"),
    asks=N_("A tenant is new for"),
    needs="person.view",
    due=due,
    usual=lambda _uow: 60,
    order=20,
)
