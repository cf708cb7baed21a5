"""Staff in the field as those see them who answer for an area: who is out and where, and tracks. Every look is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, case
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from core.kernel.audit import AuditEntry
from core.kernel.fields import CHINA
from core.kernel.paging import Page, after, column, write_key
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.queries import area_names
from core.places.queries.shared import below
from core.staff.models import Shift, StaffPosition
from core.staff.queries.records import is_open
from core.staff.queries.shared import ShiftLine, Track, lines_of, names_of, track_of


@dataclass(frozen=True)
class LiveLine:
    """A worker on a shift and their newest position: WGS-84 degrees, metres of accuracy; None before the first."""

    shift_id: int
    area: str
    name: str
    place: str
    ends_at: datetime
    lon: float | None = None
    lat: float | None = None
    accuracy: float | None = None
    at: datetime | None = None


@query("staff.live")
def live(uow: UnitOfWork, under: str = "") -> list[LiveLine]:
    """Everybody of the branch who is on a shift now. The first look of somebody at a shift is written down."""
    wanted = select(Shift).where(is_open(uow.now), below(uow, Shift, under)).order_by(col(Shift.started_at))
    shifts = uow.session.exec(wanted).all()
    _note_looks(uow, shifts)
    names, newest = names_of(uow, shifts), _newest(uow, shifts)
    places = area_names(uow, (one.area for one in shifts))
    return [
        _live(one, names.get(one.account_id, "—"), places.get(one.area, ""), newest.get(one.id))
        for one in shifts
    ]


def _live(shift: Shift, name: str, place: str, last: StaffPosition | None) -> LiveLine:
    line = LiveLine(shift.id, shift.area, name, place, shift.ends_at)
    if last is None:
        return line
    at = shift.started_at + timedelta(seconds=last.seconds)
    return replace(line, lon=last.lon, lat=last.lat, accuracy=last.accuracy, at=at)


def _newest(uow: UnitOfWork, shifts: Sequence[Shift]) -> dict[int, StaffPosition]:
    """The newest position of each shift up to now: one step in the index for each."""
    if not shifts:
        return {}
    by_now = case(
        {one.id: int((uow.now - one.started_at).total_seconds()) for one in shifts}, value=col(Shift.id)
    )
    inner = aliased(StaffPosition)
    last = select(func.max(inner.seconds)).where(inner.shift_id == Shift.id, col(inner.seconds) <= by_now)
    newest = last.correlate(Shift).scalar_subquery()
    own = and_(col(StaffPosition.shift_id) == Shift.id, col(StaffPosition.seconds) == newest)
    asked = select(StaffPosition).select_from(Shift).join(StaffPosition, own)
    found = uow.session.exec(asked.where(col(Shift.id).in_([one.id for one in shifts])))
    return {one.shift_id: one for one in found}


def _note_looks(uow: UnitOfWork, shifts: Sequence[Shift]) -> None:
    """The live map is asked for every few seconds; the log keeps that somebody looked at a shift, once."""
    names = {f"Shift/{one.id}/live": one for one in shifts if one.account_id != uow.actor.account_id}
    entry = AuditEntry
    noted = select(entry.about).where(entry.who == uow.actor.login, col(entry.about).in_(names))
    known = set(uow.session.exec(noted)) if names else set()
    uow.lines += [
        uow.line("viewed", about=name, area=one.area) for name, one in names.items() if name not in known
    ]


@query("staff.track")
def shifts(
    uow: UnitOfWork, under: str = "", day: date | None = None, start: str | None = None, limit: int = 50
) -> Page[ShiftLine]:
    """The shifts of the branch, or of one day, newest first. That somebody was out is no look at where they were."""
    conditions = [below(uow, Shift, under), *(_on(day) if day else ())]
    keys = [column(Shift.started_at), column(Shift.id)]
    rows = uow.session.exec(
        after(select(Shift), keys, start, down=True).where(*conditions).limit(limit + 1)
    ).all()
    shown = lines_of(uow, rows[:limit])
    more = write_key(shown[-1].started_at.isoformat(), shown[-1].id) if len(rows) > limit else None
    return Page(shown, more)


def _on(day: date) -> tuple[ColumnElement[bool], ...]:
    begin = datetime.combine(day, time(), CHINA)
    return col(Shift.started_at) >= begin, col(Shift.started_at) < begin + timedelta(days=1)


@query("staff.track")
def track(uow: UnitOfWork, shift_id: int | str) -> Track:
    """Where somebody was during a shift; the look is written down and shown to them. Raises Missing."""
    return track_of(uow, uow.get(Shift, shift_id))
