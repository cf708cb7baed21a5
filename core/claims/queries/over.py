"""Self-reports whose time is over."""

from datetime import date, datetime, time

from sqlmodel import col, select

from core.claims.models import Claim
from core.kernel.extensions import Due
from core.kernel.fields import CHINA
from core.kernel.unit_of_work import UnitOfWork


def long_decided(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Self-reports that were decided or taken back before a day, inside a query: for their period."""
    over = col(Claim.decided_at) < datetime.combine(before, time(), CHINA)
    rows = uow.session.exec(select(Claim).where(over).order_by(col(Claim.id)).limit(limit))
    return [Due(one.id, one.area, (one.decided_at or uow.now).date(), "Claim", one.id) for one in rows]
