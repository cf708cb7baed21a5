"""Boundaries as they were on a day, and how each came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from core.gridding.models import GridBoundary, GridChange
from core.gridding.queries.of_drawing import told_counts
from core.gridding.rules import KINDS
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import Area
from core.places.queries.shared import below

MOST = 50


@dataclass(frozen=True)
class Boundary:
    """The boundary of an area, valid from a day (None: nobody knows) until the day before `valid_to` (None: still)."""

    area: str
    name: str
    polygon: list[Any]
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class ChangeLine:
    """One change of the grids of a community; `can_undo`: it still stands, and nothing came after it in its grids."""

    id: int
    kind: str
    title: str
    on: date
    at: datetime
    who: str
    reason: str
    grids: list[str]
    counts: dict[str, int]
    undone_at: datetime | None
    undone_by: str
    can_undo: bool


@query("area.view")
def boundaries_on(uow: UnitOfWork, under: str, day: date) -> list[Boundary]:
    """The boundaries at and below an area on a day."""
    areas = list(uow.session.exec(select(Area).where(below(uow, Area, under)).order_by(col(Area.area))))
    rows = uow.session.exec(select(GridBoundary).where(below(uow, GridBoundary, under))).all()
    kept = _by_area(rows)
    found = [one for area in areas for one in kept.get(area.area, _present(area))]
    return [one for one in found if _holds(one, day)]


@query("area.view")
def boundary_past(uow: UnitOfWork, area: str) -> list[Boundary]:
    """The boundaries of one area, the newest first; a former one keeps the name of then."""
    rows = uow.session.exec(select(GridBoundary).where(GridBoundary.area == area)).all()
    there = uow.session.exec(select(Area).where(Area.area == area)).first()
    present = _present(there) if there is not None else []
    return sorted(_by_area(rows).get(area, present), key=lambda one: one.valid_from or date.min, reverse=True)


@query("grid.draw")
def grid_changes(uow: UnitOfWork, community_path: str) -> list[ChangeLine]:
    """The changes of the grids at and below a community, the newest first."""
    asked = (
        select(GridChange).where(below(uow, GridChange, community_path)).order_by(col(GridChange.id).desc())
    )
    changed, found = set[str](), []
    for one in uow.session.exec(asked.limit(MOST)):
        grids = {told["area"] for told in one.grids}
        can_undo = one.undone_at is None and not grids & changed
        changed |= grids if one.undone_at is None else set()
        names = [str(told["name"]) for told in one.grids]
        told = {"title": _(KINDS[one.kind]), "grids": names, "counts": told_counts(one.counts)}
        found.append(uow.show(ChangeLine, one, **told, can_undo=can_undo))
    return found


def _by_area(rows: Sequence[GridBoundary]) -> dict[str, list[Boundary]]:
    found: dict[str, list[Boundary]] = {}
    for row in rows:
        told = Boundary(row.area, row.name, row.polygon, row.valid_from, row.valid_to)
        found.setdefault(row.area, []).append(told)
    return found


def _present(area: Area) -> list[Boundary]:
    """An area whose boundary never changed."""
    if not area.polygon:
        return []
    return [Boundary(area.area, area.name, area.polygon, area.valid_from, area.valid_to)]


def _holds(one: Boundary, day: date) -> bool:
    return (one.valid_from is None or one.valid_from <= day) and (one.valid_to is None or day < one.valid_to)
