"""Homes that stand empty: somebody looks at them now and then, sooner when the register of vacant homes says so."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, literal
from sqlalchemy import select as choose
from sqlmodel import col, or_

from core.kernel.extensions import VisitReason
from core.kernel.i18n import N_
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import House
from core.registers.vacant import VacantHome


def due(uow: UnitOfWork, grid: str, days: int) -> Select[Any]:
    """Vacant houses that nobody has looked at since, or whose next check is due, inside a query."""
    seen = col(House.verified_at)
    stale = or_(seen.is_(None), seen < uow.now - timedelta(days=days))
    wanted = col(VacantHome.next_check)
    unmet = (col(VacantHome.house_id) == House.id) & (wanted <= uow.today) & (func.date(seen) < wanted)
    columns: list[Any] = [House.id, literal(1), seen]
    found = choose(*columns).where(col(House.area) == grid, col(House.state) == "vacant")
    return found.where(or_(stale, choose(col(VacantHome.id)).where(unmet).exists()))


REASON = VisitReason(
    title=N_("Vacant: look again"),
    asks=N_("Look at a vacant home after"),
    needs="house.view",
    due=due,
    usual=lambda _uow: 90,
    opens="entry_edit?register=vacant&house={id}",
    tone="info",
    order=50,
)
