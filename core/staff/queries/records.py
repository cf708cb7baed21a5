"""Records that commands and queries on shifts begin with, each inside one of them."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from core.kernel.extensions import Due
from core.kernel.fields import CHINA
from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import LONGEST_ID, UnitOfWork
from core.staff.models import Shift, StaffPosition
from core.staff.rules import Spot


def is_open(moment: datetime) -> ColumnElement[bool]:
    """Shifts that were on at a moment."""
    return (col(Shift.started_at) <= moment) & (col(Shift.ends_at) > moment)


def open_shift(uow: UnitOfWork) -> Shift | None:
    """The shift the actor is on, inside a query or command."""
    wanted = select(Shift).where(Shift.account_id == uow.actor.account_id, is_open(uow.now))
    return uow.session.exec(wanted.order_by(col(Shift.started_at).desc())).first()


def mine(uow: UnitOfWork, shift_id: int) -> Shift:
    """A shift of the actor's own, inside a query or command: no look at somebody. Raises Missing for any other."""
    wanted = select(Shift).where(Shift.id == shift_id, Shift.account_id == uow.actor.account_id)
    found = uow.session.exec(wanted).first() if len(str(shift_id)) <= LONGEST_ID else None
    if found is None:
        raise Missing(_("This shift is not one of yours."))
    return found


def mine_since(uow: UnitOfWork, moment: datetime) -> Sequence[Shift]:
    """The actor's shifts that began after a moment, newest first, inside a query or command."""
    own = select(Shift).where(Shift.account_id == uow.actor.account_id, col(Shift.started_at) > moment)
    return uow.session.exec(own.order_by(col(Shift.started_at).desc())).all()


def seconds_of(uow: UnitOfWork, shifts: Sequence[Shift]) -> set[tuple[int, int]]:
    """(shift, second) of every position of some shifts, inside a query or command."""
    numbers = [shift.id for shift in shifts]
    wanted = select(StaffPosition.shift_id, StaffPosition.seconds)
    return set(uow.session.exec(wanted.where(col(StaffPosition.shift_id).in_(numbers))).all())


def positions_of(uow: UnitOfWork, shift: Shift, since: int = 0) -> Sequence[StaffPosition]:
    """Every position of a shift, or those from a second on, inside a query or command."""
    own = select(StaffPosition).where(StaffPosition.shift_id == shift.id)
    return uow.session.exec(own.where(col(StaffPosition.seconds) >= since)).all()


def spots_of(uow: UnitOfWork, shift: Shift) -> list[Spot]:
    """The track of a shift up to now, and not beyond its end, inside a query or command."""
    by_now = int((min(uow.now, shift.ends_at) - shift.started_at).total_seconds())
    wanted = select(StaffPosition.lon, StaffPosition.lat, StaffPosition.seconds).where(
        StaffPosition.shift_id == shift.id, col(StaffPosition.seconds) <= by_now
    )
    return [(lon, lat, at) for lon, lat, at in uow.session.exec(wanted.order_by(col(StaffPosition.seconds)))]


def tracks_over(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Shifts that ended before a day and still say where somebody was, inside a query: for their period."""
    has = select(StaffPosition.id).where(StaffPosition.shift_id == Shift.id).exists()
    return _over(uow, before, limit, has)


def shifts_over(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Shifts that ended before a day, inside a query: for their period."""
    return _over(uow, before, limit)


def _over(uow: UnitOfWork, before: date, limit: int, *more: ColumnElement[bool]) -> list[Due]:
    ended = col(Shift.ends_at) < datetime.combine(before, time(), CHINA)
    found = uow.session.exec(select(Shift).where(ended, *more).order_by(col(Shift.id)).limit(limit))
    return [Due(one.id, one.area, one.ends_at.date(), "Shift", one.id) for one in found]
