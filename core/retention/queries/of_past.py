"""What is still known of records that left the register: for the periods, inside their queries and commands."""

from datetime import date, datetime, time

from sqlmodel import col, select

from core.kernel.extensions import Due
from core.kernel.fields import CHINA
from core.kernel.history import GONE, FieldChange
from core.kernel.unit_of_work import UnitOfWork


def long_gone(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Records that were taken out before a day and may no longer be put back, inside a query. By the machine only: what
    a record said stands in no area."""
    left = (col(FieldChange.field) == GONE) & (col(FieldChange.at) < datetime.combine(before, time(), CHINA))
    rows = uow.session.exec(select(FieldChange).where(left).order_by(col(FieldChange.id)).limit(limit))
    return [Due(one.id, "", one.at.date(), one.kind, one.record_id) for one in rows]


def about(uow: UnitOfWork, change_id: int) -> tuple[str, int] | None:
    """Kind and number of the record that a change tells of, inside a command."""
    found = uow.session.get(FieldChange, change_id)
    return (found.kind, found.record_id) if found else None
