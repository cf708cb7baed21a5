"""What the queries on shifts share: lines of lists, tracks, names of workers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select

from core.accounts.models import Account
from core.kernel.unit_of_work import UnitOfWork
from core.places.queries import area_names
from core.staff.models import Shift, StaffPosition
from core.staff.queries.records import spots_of
from core.staff.rules import Spot, metres, stays


@dataclass(frozen=True)
class ShiftLine:
    """A shift in a list; `positions` is how many are still kept."""

    id: int
    area: str
    name: str
    place: str
    started_at: datetime
    ends_at: datetime
    is_open: bool
    positions: int


@dataclass(frozen=True)
class Track:
    """Where somebody was during a shift: `spots` are longitude, latitude and seconds since its start, in order;
    `stays` are first and last second, longitude and latitude."""

    id: int
    area: str
    name: str
    started_at: datetime
    ends_at: datetime
    is_open: bool
    spots: list[Spot]
    stays: list[tuple[int, int, float, float]]
    metres: float


def lines_of(uow: UnitOfWork, shifts: Sequence[Shift]) -> list[ShiftLine]:
    """Lines for some shifts, inside a query."""
    names, numbers = names_of(uow, shifts), [shift.id for shift in shifts]
    places = area_names(uow, (shift.area for shift in shifts))
    counted: Any = select(StaffPosition.shift_id, func.count()).group_by(col(StaffPosition.shift_id))
    counts = dict(uow.session.exec(counted.where(col(StaffPosition.shift_id).in_(numbers))).all())
    return [
        uow.show(
            ShiftLine,
            one,
            place=places.get(one.area, ""),
            positions=counts.get(one.id, 0),
            **_told(uow, one, names),
        )
        for one in shifts
    ]


def track_of(uow: UnitOfWork, shift: Shift) -> Track:
    """The track of a shift, inside a query."""
    spots = spots_of(uow, shift)
    told = _told(uow, shift, names_of(uow, [shift]))
    return uow.show(Track, shift, spots=spots, stays=stays(spots), metres=metres(spots), **told)


def names_of(uow: UnitOfWork, shifts: Iterable[Shift]) -> dict[int, str]:
    """Account -> name of the worker, inside a query; of accounts in sight."""
    numbers = {shift.account_id for shift in shifts}
    wanted = select(Account.id, Account.name, Account.login).where(col(Account.id).in_(numbers))
    return {number: name or login for number, name, login in uow.session.exec(wanted)}


def _told(uow: UnitOfWork, shift: Shift, names: dict[int, str]) -> dict[str, object]:
    return {"name": names.get(shift.account_id, "—"), "is_open": shift.started_at <= uow.now < shift.ends_at}
