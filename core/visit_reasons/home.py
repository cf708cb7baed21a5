"""A home whose facts nobody has confirmed for too long, or whose state nobody knows."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, literal
from sqlalchemy import select as choose
from sqlmodel import col, or_

from core.completeness.declaring import limits
from core.kernel.extensions import VisitReason
from core.kernel.i18n import N_
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import House


def due(uow: UnitOfWork, grid: str, days: int) -> Select[Any]:
    """Houses not verified since, or with a state that is not known, inside a query."""
    seen = col(House.verified_at)
    stale = or_(seen.is_(None), seen < uow.now - timedelta(days=days), col(House.state) == "unknown")
    columns: list[Any] = [House.id, literal(1), seen]
    return choose(*columns).where(col(House.area) == grid, col(House.state) != "vacant", stale)


REASON = VisitReason(
    title=N_("Home not confirmed"),
    asks=N_("Confirm a home after"),
    needs="house.view",
    due=due,
    usual=lambda uow: limits(uow.office.settings).house_days,
    order=40,
)
