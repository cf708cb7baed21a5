"""A self-report that somebody has to look at on the spot before it can be decided."""

from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as choose
from sqlmodel import col

from core.claims.models import Claim
from core.kernel.extensions import VisitReason
from core.kernel.i18n import N_
from core.kernel.unit_of_work import UnitOfWork


def due(_uow: UnitOfWork, grid: str, _days: int) -> Select[Any]:
    """Homes with self-reports of which the one who checked them said that a visit is needed, inside a query."""
    columns: list[Any] = [Claim.house_id, func.count(), func.min(Claim.handed_in_at)]
    found = choose(*columns).where(col(Claim.area) == grid, col(Claim.state) == "visit")
    return found.group_by(col(Claim.house_id))


REASON = VisitReason(
    title=N_("Self-report to look at"),
    needs="claim.view",
    due=due,
    usual=lambda _uow: 1,
    opens="claims?state=visit",
    tone="bad",
    is_pressing=True,
    order=12,
)
