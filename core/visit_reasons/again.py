"""Nobody was at home, and the day to come again has come."""

from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as choose
from sqlalchemy.orm import aliased
from sqlmodel import col

from core.kernel.extensions import VisitReason
from core.kernel.i18n import N_
from core.kernel.unit_of_work import UnitOfWork
from core.visits.models import VisitAct
from core.visits.rules import SILENT


def due(uow: UnitOfWork, grid: str, _days: int) -> Select[Any]:
    """Houses at which nobody opened and where nobody was since, inside a query."""
    later = aliased(VisitAct)
    after = choose(col(later.id)).where(
        col(later.house_id) == col(VisitAct.house_id), later.at > col(VisitAct.at), col(later.kind) != SILENT
    )
    columns: list[Any] = [VisitAct.house_id, func.count(), func.min(VisitAct.at)]
    found = choose(*columns).where(
        col(VisitAct.area) == grid, col(VisitAct.again_on) <= uow.today, ~after.exists()
    )
    return found.group_by(col(VisitAct.house_id))


REASON = VisitReason(
    title=N_("Nobody was at home"),
    asks=N_("Come again after"),
    needs="visit.view",
    due=due,
    usual=lambda _uow: 3,
    order=10,
)
