"""Photos and documents whose time is over: for the periods, inside their queries."""

from datetime import date, datetime, time

from sqlmodel import col, select

from core.attachments.models import Attachment
from core.kernel.extensions import Due
from core.kernel.fields import CHINA
from core.kernel.unit_of_work import UnitOfWork


def past_their_day(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Those whose own last day is over, inside a query; the day was fixed when they were added."""
    over = select(Attachment).where(col(Attachment.delete_after) < uow.today)
    rows = uow.session.exec(over.order_by(col(Attachment.delete_after)).limit(limit))
    return [_due(one, one.delete_after or before) for one in rows]


def long_removed(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Those that were removed before a day, inside a query."""
    start = datetime.combine(before, time(), CHINA)
    over = select(Attachment).where(col(Attachment.removed_at) < start)
    rows = uow.session.exec(over.order_by(col(Attachment.removed_at)).limit(limit))
    return [_due(one, (one.removed_at or uow.now).date()) for one in rows]


def _due(one: Attachment, since: date) -> Due:
    return Due(one.id, one.area, since, one.about_kind, one.about_id)
