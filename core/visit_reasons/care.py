"""Care visits of the register that are due: older people and others who need somebody to look in."""

from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.extensions import VisitReason
from core.kernel.i18n import N_
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Residence
from core.registers.care import CareVisit


def due(uow: UnitOfWork, grid: str, _days: int) -> Select[Any]:
    """Homes of the people whose last care visit asks for the next one by today, inside a query."""
    newest = (
        choose(col(CareVisit.person_id).label("who"), func.max(CareVisit.next_visit).label("next"))
        .where(col(CareVisit.area) == grid)
        .group_by(col(CareVisit.person_id))
        .subquery()
    )
    lives = (col(Residence.person_id) == newest.c.who) & col(Residence.to_on).is_(None)
    columns: list[Any] = [Residence.house_id, func.count(), func.min(newest.c.next)]
    found = choose(*columns).select_from(newest).join(Residence, lives).where(newest.c.next <= uow.today)
    return found.group_by(col(Residence.house_id))


REASON = VisitReason(
    title=N_("Care visit due"),
    needs="care.view",
    due=due,
    usual=lambda _uow: 1,
    opens="register?register=care",
    tone="bad",
    is_pressing=True,
    order=15,
)
