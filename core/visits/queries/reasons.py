"""Which homes of a grid are due, and why; everything here works inside a query or command."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

from sqlmodel import col, select

from core.kernel.extensions import VisitReason
from core.kernel.fields import CHINA
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.people.queries.shared import rows
from core.places.models import House
from core.places.rules import paths_to
from core.visits.models import VisitAct, VisitPeriod
from core.visits.rules import DOOR_ACTS, nearest


@dataclass(frozen=True)
class Why:
    """One reason why a home is due: its name, what is said, the tone of its mark, since when if that is known, and the
    page where it is settled if a visit alone does not."""

    reason: str
    said: str
    tone: str
    since: date | None
    opens: str = ""


Due = dict[int, list[Why]]
"""House -> why it is due, the most pressing first."""


def reasons_of(uow: UnitOfWork) -> Mapping[str, VisitReason]:
    """The reasons that the actor may be told, in their order; inside a query or command. They lie above this package,
    for each may look at any domain."""
    found: Mapping[str, VisitReason] = import_module("core.visit_reasons").reasons(uow.actor)
    return found


def days_of(uow: UnitOfWork, grid: str) -> dict[str, int]:
    """Reason -> after how many days it asks in a grid: as set for the closest area around it, else the usual number;
    inside a query or command."""
    asked = select(VisitPeriod).where(col(VisitPeriod.area).in_(paths_to(grid)))
    own: dict[str, dict[str, int]] = {}
    for one in uow.session.exec(asked):
        own.setdefault(one.reason, {})[one.area] = one.days
    return {name: _days(own.get(name, {}), reason, uow, grid) for name, reason in reasons_of(uow).items()}


def _days(own: dict[str, int], reason: VisitReason, uow: UnitOfWork, grid: str) -> int:
    where = nearest(list(own), grid)
    return own[where] if where else reason.usual(uow)


def due_in(uow: UnitOfWork, grid: str) -> Due:
    """Every home of a grid that is due and was not dealt with today, inside a query. Where nobody opened it waits for
    the day to come again, unless something presses."""
    days = days_of(uow, grid)
    found: Due = {}
    for name, reason in reasons_of(uow).items():
        for house_id, number, since in rows(uow, reason.due(uow, grid, days[name])):
            said = f"{_(reason.title)} {number}" if number > 1 else _(reason.title)
            opens = reason.opens.format(id=house_id)
            found.setdefault(house_id, []).append(Why(name, said, reason.tone, _day(since), opens))
    standing = set(uow.session.exec(select(House.id).where(House.area == grid))) - _done_today(uow, grid)
    waiting = _waiting(uow, grid)
    return {
        h: whys for h, whys in found.items() if h in standing and (h not in waiting or _presses(uow, whys))
    }


def _presses(uow: UnitOfWork, whys: list[Why]) -> bool:
    known = reasons_of(uow)
    return any(known[why.reason].is_pressing for why in whys)


def _day(since: Any) -> date | None:
    """The day in China; SQLite gives the least of some days or moments as text."""
    if isinstance(since, str):
        since = datetime.fromisoformat(since) if len(since) > len("2026-01-31") else date.fromisoformat(since)
    if isinstance(since, datetime):
        return since.replace(tzinfo=since.tzinfo or UTC).astimezone(CHINA).date()
    return since  # type: ignore[no-any-return]


def _done_today(uow: UnitOfWork, grid: str) -> set[int]:
    asked = select(VisitAct.house_id).where(VisitAct.area == grid, VisitAct.day == uow.today)
    return set(uow.session.exec(asked.where(col(VisitAct.kind).in_(DOOR_ACTS))))


def _waiting(uow: UnitOfWork, grid: str) -> set[int]:
    asked = select(VisitAct.house_id).where(VisitAct.area == grid, col(VisitAct.again_on) > uow.today)
    return set(uow.session.exec(asked))
