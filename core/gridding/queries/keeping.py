"""Boundaries keep their past: whichever command changes the boundary or name of an area, opens or closes it, its row of
`GridBoundary` ends and the next one begins, in the same flush."""

from datetime import date
from typing import Any

from sqlalchemy import event, inspect
from sqlmodel import col, select

from core.gridding.models import GridBoundary
from core.kernel.session import ScopedSession
from core.places.models import Area

KEPT = ("polygon", "name", "valid_to")
SINCE = "boundary_since"
"""Name in `uow.known` of the day since when a change holds; today without it."""


@event.listens_for(ScopedSession, "before_flush", insert=True)
def _follow(session: ScopedSession, _context: Any, _instances: Any) -> None:
    """Before the kernel looks, so that what is kept here counts as part of the command. A deed that is taken back has
    noted these steps with the others."""
    uow = session.info["uow"]
    if uow.undoing:
        return
    day = uow.known.get(SINCE) or date.today()
    for area in [one for one in session.dirty if isinstance(one, Area)]:
        if any(getattr(inspect(area).attrs, name).history.has_changes() for name in KEPT):
            _renew(session, area, day)
    for area in [one for one in session.new if isinstance(one, Area) and one.polygon]:
        session.add(_row(area, area.polygon, area.name, area.valid_from or day))


def _renew(session: ScopedSession, area: Area, day: date) -> None:
    """End the row that holds, and begin the next; one that began the same day never was."""
    rows = _rows(session, area)
    now = next((row for row in rows if row.valid_to is None), None)
    polygon, name, was_closed = (_before(area, field) for field in KEPT)
    if now is None and not rows and polygon and was_closed is None:
        now = _row(area, polygon, name, area.valid_from)
        session.add(now)
        rows.append(now)
    if now is not None and now.valid_from is not None and now.valid_from >= day:
        session.expunge(now) if now in session.new else session.delete(now)
        rows.remove(now)
    elif now is not None:
        now.valid_to = day
    if area.polygon and area.valid_to is None:
        _begin(session, area, rows, day)


def _begin(session: ScopedSession, area: Area, rows: list[GridBoundary], day: date) -> None:
    last = rows[-1] if rows else None
    if last and last.valid_to == day and (last.polygon, last.name) == (area.polygon, area.name):
        last.valid_to = None
    else:
        session.add(_row(area, area.polygon, area.name, day))


def _rows(session: ScopedSession, area: Area) -> list[GridBoundary]:
    """The rows of an area, the oldest first."""
    asked = select(GridBoundary).where(GridBoundary.area == area.area).order_by(col(GridBoundary.id))
    return list(session.exec(asked))


def _row(area: Area, polygon: Any, name: str, since: date | None) -> GridBoundary:
    return GridBoundary(area=area.area, name=name, polygon=polygon, valid_from=since)


def _before(area: Area, field: str) -> Any:
    history = getattr(inspect(area).attrs, field).history
    return history.deleted[0] if history.deleted else getattr(area, field)
