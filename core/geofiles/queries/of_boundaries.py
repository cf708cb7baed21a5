"""What a file of boundaries would do, row by row, before anything is done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shapely import box
from shapely.geometry import mapping
from sqlmodel import col, select

from core.entries.models import ImportBatch
from core.geofiles.queries.lines import Line
from core.geofiles.queries.matching import planned
from core.geofiles.reading import GeoFile, read
from core.geofiles.rules import ROLES, guessed
from core.kernel import planning
from core.kernel.i18n import _
from core.kernel.planning import Plan, PlanRow
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import Level
from core.places.queries import area, my_root
from core.places.rules.position import LAT, LON

BOUNDARIES = "boundaries"
"""The name under which files of boundaries stand among the sheets that were taken in."""
ROUGH = 2e-5
"""Degrees, about two metres."""
AREAS, CHINA = ("Polygon", "MultiPolygon"), box(LON[0], LAT[0], LON[1], LAT[1])


@dataclass(frozen=True)
class Wanted:
    """How a file is to be read: its layer, coordinate system, whether the latitude stands first, the level that its
    areas have, and which heading says what (role -> heading; "" is none) where the guess is not right."""

    layer: str = ""
    system: str = ""
    is_swapped: bool = False
    level: str = Level.GRID
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BoundaryPlan:
    """What a file holds and would do. `outlines` is (row, title, state, GeoJSON geometry) of each row that draws one,
    for the preview; `roles` says which heading was taken for what."""

    plan: Plan
    headings: tuple[str, ...]
    roles: dict[str, str]
    layers: tuple[str, ...]
    layer: str
    system: str
    is_swapped: bool
    why: str
    outlines: tuple[tuple[int, str, str, dict[str, Any]], ...]


@query("area.edit")
def boundary_plan(uow: UnitOfWork, data: bytes, file: str, how: Wanted | None = None) -> BoundaryPlan:
    """What a file of boundaries would do. Raises Invalid for a file that cannot be read."""
    wanted = how or Wanted()
    found, lines = read_lines(uow, data, file, wanted)
    rows = [_row(line, found) for line in lines]
    roles = roles_of(found, wanted)
    taken = {heading: role for role, heading in roles.items() if heading}
    made = planning.made([(heading, taken.get(heading, "")) for heading in found.headings], rows)
    return BoundaryPlan(
        made,
        found.headings,
        roles,
        found.layers,
        found.layer,
        found.reading.system,
        found.reading.is_swapped,
        found.reading.why,
        tuple(_outlined(lines)),
    )


@query("area.view")
def home(uow: UnitOfWork) -> tuple[float, float] | None:
    """Longitude and latitude of where the actor's branch lies; None when nobody said."""
    found = area(uow, my_root(uow).area)
    if found.lon is not None and found.lat is not None:
        return found.lon, found.lat
    first = (found.polygon or [[[None, None]]])[0][0]
    return (first[0], first[1]) if first[0] is not None else None


def roles_of(found: GeoFile, wanted: Wanted) -> dict[str, str]:
    """Role -> heading, as chosen or guessed."""
    own = guessed(found.headings)
    return {role: wanted.headings.get(role, own.get(role, "")) for role in ROLES}


def read_lines(uow: UnitOfWork, data: bytes, file: str, wanted: Wanted) -> tuple[GeoFile, list[Line]]:
    """The file and its rows as they would be taken, inside a query or command."""
    found = read(
        data, file, layer=wanted.layer, system=wanted.system, is_swapped=wanted.is_swapped, home=home(uow)
    )
    return found, planned(uow, found.shapes, roles_of(found, wanted), Level(wanted.level))


def _outlined(lines: Sequence[Line]) -> Iterator[tuple[int, str, str, dict[str, Any]]]:
    """The outlines for the preview, to two metres, so that thousands of them still fit a page; a damaged one as it is,
    so that one sees where."""
    for one in lines:
        if one.area is not None:
            yield one.number, one.title, one.state, mapping(one.area.simplify(ROUGH))
        elif one.drawn is not None and one.drawn.geom_type in AREAS and CHINA.covers(box(*one.drawn.bounds)):
            yield one.number, one.title, one.state, mapping(one.drawn)


def _row(line: Line, found: GeoFile) -> PlanRow:
    given = tuple(found.shapes[line.number - 1].cells.get(heading) for heading in found.headings)
    key = line.found.id if line.found else None
    said = line.title or _("Row {row}").format(row=line.number)
    return PlanRow(line.number, line.state, said, tuple(line.changes), tuple(line.problems), given, key)


@dataclass(frozen=True)
class BatchLine:
    """A file that was taken in: when, by whom, what came of its rows, and whether it was taken back."""

    id: int
    area: str
    file: str
    at: datetime
    by: str
    added: int
    changed: int
    left_out: int
    undone_at: datetime | None


@query("area.edit")
def boundary_batches(uow: UnitOfWork, limit: int = 10) -> list[BatchLine]:
    """The files of boundaries taken in, newest first."""
    wanted = select(ImportBatch).where(ImportBatch.register_name == BOUNDARIES)
    return [
        uow.show(BatchLine, one)
        for one in uow.session.exec(wanted.order_by(col(ImportBatch.id).desc()).limit(limit))
    ]
