"""How labels are printed at a place: what the place itself says, or the nearest one above, or the usual."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from core.kernel.unit_of_work import UnitOfWork, query
from core.labels.drawing.layout import HINT, Sheet
from core.labels.models import LabelSheet
from core.places.models import Area, Level
from core.places.rules import paths_to

GEOMETRY = ("width", "height", "columns", "rows", "left", "top", "gap_x", "gap_y", "marks")
TEXTS = ("header", "phone", "hint")


@dataclass(frozen=True)
class SheetDetail:
    """The layout that holds at a place; `set_at` is the place that says so, "" for the usual one."""

    id: int | None
    version: int | None
    set_at: str
    values: dict[str, Any]

    @property
    def sheet(self) -> Sheet:
        """Its measures."""
        return Sheet(**{name: self.values[name] for name in GEOMETRY})


@query("label.view")
def sheet_at(uow: UnitOfWork, area: str = "") -> SheetDetail:
    """The layout that holds at a place in sight; without one, where the actor stands."""
    return detail_of(nearest(uow, area or uow.actor.area))


def nearest(uow: UnitOfWork, area: str) -> LabelSheet | None:
    """The layout of the place or the nearest one above, inside a query or command."""
    asked = select(LabelSheet).where(col(LabelSheet.area).in_(paths_to(area)))
    return max(uow.session.exec(asked), key=lambda one: len(one.area), default=None)


def detail_of(found: LabelSheet | None) -> SheetDetail:
    """A layout, or the usual one, as a plain value."""
    values = {name: getattr(found or LabelSheet(area=""), name) for name in (*GEOMETRY, *TEXTS)}
    return SheetDetail(
        found.id if found else None, found.version if found else None, found.area if found else "", values
    )


def texts_of(uow: UnitOfWork, areas: set[str]) -> dict[str, dict[str, str]]:
    """Grid -> the lines printed there, inside a query or command; at the top stands the community unless somebody wrote
    something else."""
    paths = {step for area in areas for step in paths_to(area)}
    asked = select(Area).where(col(Area.area).in_(paths), Area.level == Level.COMMUNITY)
    names = {one.area: one.name for one in uow.session.exec(asked)}
    return {area: _texts(uow, area, names) for area in areas}


def _texts(uow: UnitOfWork, area: str, names: dict[str, str]) -> dict[str, str]:
    said = detail_of(nearest(uow, area)).values
    community = next((names[step] for step in paths_to(area) if step in names), "")
    return {"header": said["header"] or community, "phone": said["phone"], "hint": said["hint"] or HINT}
