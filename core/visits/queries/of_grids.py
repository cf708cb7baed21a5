"""How the grids stand: what is due in each, what was visited, and after how many days a visit is asked for."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, func, select

from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.queries.of_todo import Todo
from core.people.queries.shared import rows
from core.places.models import Area, Level
from core.places.queries.shared import area_at, below
from core.visits.models import VisitAct, VisitPeriod
from core.visits.queries.reasons import days_of, due_in, reasons_of
from core.visits.rules import SILENT

MOST = 40
"""Grids counted at once: a community has about ten, and each is counted as it stands now."""
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class GridLine:
    """One grid: homes due (`by_reason`), the day since when the one forgotten longest waits, homes visited today and in
    seven days, and the day of the newest visit."""

    area: str
    name: str
    due: int
    by_reason: dict[str, int]
    oldest: date | None
    today: int
    week: int
    last: date | None


@dataclass(frozen=True)
class PeriodLine:
    """After how many days a reason asks for a visit in an area; `own` says that it was set for this very area."""

    reason: str
    asks: str
    days: int
    own: bool


@query("visit.view")
def grids(uow: UnitOfWork, under: str = "") -> list[GridLine]:
    """The general grids at and below a path as they stand now, at most MOST."""
    asked = select(Area).where(below(uow, Area, under), Area.level == Level.GRID, Area.kind == "general")
    found = uow.session.exec(
        asked.where(col(Area.valid_to).is_(None)).order_by(col(Area.area)).limit(MOST)
    ).all()
    visited = _visited(uow, under)
    return [_line(uow, grid, visited.get(grid.area, (0, 0, None))) for grid in found]


def _line(uow: UnitOfWork, grid: Area, visited: tuple[int, int, date | None]) -> GridLine:
    due = due_in(uow, grid.area)
    by_reason = Counter(why.reason for whys in due.values() for why in whys)
    days = [why.since for whys in due.values() for why in whys if why.since]
    return GridLine(grid.area, grid.name, len(due), dict(by_reason), min(days, default=None), *visited)


def _visited(uow: UnitOfWork, under: str) -> dict[str, tuple[int, int, date | None]]:
    """Grid -> homes visited today, within seven days, and the day of the newest visit in that time."""
    area, day, house = col(VisitAct.area), col(VisitAct.day), col(VisitAct.house_id)
    lately = (below(uow, VisitAct, under), day >= uow.today - WEEK, VisitAct.kind != SILENT)
    week = rows(uow, select(area, func.count(house.distinct()), func.max(day)).where(*lately).group_by(area))
    today = select(area, func.count(house.distinct())).where(*lately, day == uow.today).group_by(area)
    now = {row[0]: row[1] for row in rows(uow, today)}
    return {where: (now.get(where, 0), number, last) for where, number, last in week}


@dataclass(frozen=True)
class ReasonLine:
    """A reason by its name, and what it is called."""

    reason: str
    title: str


@query("visit.view")
def reasons(uow: UnitOfWork) -> list[ReasonLine]:
    """The reasons that the actor may be told, the most pressing first."""
    return [ReasonLine(name, _(reason.title)) for name, reason in reasons_of(uow).items()]


@query("visit.view")
def communities(uow: UnitOfWork) -> dict[str, str]:
    """Path -> name of the communities at and below the actor's area."""
    asked = select(Area).where(below(uow, Area, ""), Area.level == Level.COMMUNITY)
    found = uow.session.exec(asked.where(col(Area.valid_to).is_(None)).order_by(col(Area.area)))
    return {area.area: area.name for area in found}


@query("visit.view")
def periods(uow: UnitOfWork, area: str) -> list[PeriodLine]:
    """After how many days each reason asks in an area, for those where a number may be set. Raises Missing."""
    here = area_at(uow, area).area
    days, own = days_of(uow, here), own_periods(uow, here)
    asked = {name: reason for name, reason in reasons_of(uow).items() if reason.asks}
    return [PeriodLine(name, reason.asks, days[name], name in own) for name, reason in asked.items()]


def own_periods(uow: UnitOfWork, area: str) -> dict[str, int]:
    """Reason -> number of the record that sets its days for this very area; inside a query or command."""
    asked = select(VisitPeriod.reason, VisitPeriod.id).where(VisitPeriod.area == area)
    return {row[0]: row[1] for row in rows(uow, asked)}


@query("home.view")
def todo(uow: UnitOfWork) -> list[Todo]:
    """The homes that are due in the actor's own grid. Who looks after more than one finds them on the page of visits:
    counting all of those would keep the workbench waiting."""
    mine = select(Area).where(Area.area == uow.actor.area, Area.level == Level.GRID)
    if not uow.actor.may("visit.view") or uow.session.exec(mine).first() is None:
        return []
    number = len(due_in(uow, uow.actor.area))
    title = _("Homes due for a visit today")
    return [Todo("visit", title, number, "visit_list", f"grid={uow.actor.area}")] if number else []
