"""People whom nobody has confirmed for too long, at the home where they live."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as choose
from sqlmodel import col, or_

from core.completeness.declaring import limits
from core.kernel.extensions import VisitReason
from core.kernel.i18n import N_
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person, Residence


def due(uow: UnitOfWork, grid: str, days: int) -> Select[Any]:
    """Homes of the people not verified since, inside a query."""
    seen = col(Person.verified_at)
    stale = or_(seen.is_(None), seen < uow.now - timedelta(days=days))
    lives = (col(Residence.person_id) == Person.id, col(Residence.to_on).is_(None))
    columns: list[Any] = [Residence.house_id, func.count(), func.min(seen)]
    found = choose(*columns).select_from(Person)
    found = found.join(Residence, lives[0] & lives[1])
    return found.where(col(Person.area) == grid, col(Person.state) == "here", stale).group_by(
        col(Residence.house_id)
    )


REASON = VisitReason(
    title=N_("People to confirm"),
    asks=N_("Confirm a person after"),
    needs="person.view",
    due=due,
    usual=lambda uow: limits(uow.office.settings).resident_days,
    order=30,
)
