"""What somebody sees who draws grids: the community with its grids and loads, and what a draft would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.gridding.queries import records
from core.gridding.queries.loads import Counts, counted, usual_weights
from core.gridding.queries.planning import Plan, plan
from core.gridding.rules import Checked, Draft, Rings, Trouble, adjusted
from core.kernel.i18n import N_, _
from core.kernel.settings import settings
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import Area

LABELS = {
    "Building": N_("Buildings"),
    "House": N_("Houses"),
    "Household": N_("Households"),
    "Person": N_("People"),
    "Residence": N_("Homes, also of before"),
    "Organisation": N_("Organisations"),
    "Component": N_("Components"),
}
"""Kinds that a preview names; the others are other entries."""
OTHER = N_("Other entries")
SHOWN = 300


@dataclass(frozen=True)
class Load:
    """What there is to do in a grid: each measure, and all together after the weights."""

    counts: Mapping[str, int]
    weight: float


@dataclass(frozen=True)
class GridLine:
    """One grid as it is: `workers` are those whose accounts stand in it."""

    id: int
    version: int
    area: str
    code: str
    name: str
    polygon: list[Any] | None
    valid_from: date | None
    workers: list[str]
    load: Load


@dataclass(frozen=True)
class Drawing:
    """A community to draw in; `troubles` are what is wrong with its grids now, `misfiled` the buildings that are filed
    in another grid than they lie in, `unplaced` those without a position."""

    area: str
    name: str
    polygon: list[Any] | None
    grids: list[GridLine]
    troubles: list[Trouble]
    misfiled: int
    unplaced: int


@dataclass(frozen=True)
class Moving:
    """A building that goes to another grid, both by name."""

    id: int
    address: str
    start: str
    to: str


@dataclass(frozen=True)
class LoadLine:
    """A grid's load before and after; None where it is not there. `each` is what one of its workers has afterwards."""

    area: str
    name: str
    workers: list[str]
    before: Load | None
    after: Load | None

    @property
    def each(self) -> float | None:
        """The load of one worker; None without any."""
        return self.after.weight / len(self.workers) if self.after and self.workers else None


@dataclass(frozen=True)
class Shape:
    """A grid as it would be; `is_changed`: it is new, or has another boundary or name."""

    key: str
    name: str
    polygon: Rings
    is_changed: bool


@dataclass(frozen=True)
class Preview:
    """What a draft would do: boundaries by path, what is wrong, how many records of which kind move, which buildings,
    and the loads. `notes` are sentences about what stays to be done by somebody else."""

    shapes: list[Shape]
    troubles: list[Trouble]
    counts: dict[str, int]
    buildings: list[Moving]
    loads: list[LoadLine]
    notes: list[str]

    @property
    def can_be(self) -> bool:
        """Whether it may be done."""
        return not any(one.is_blocking for one in self.troubles)


@query("grid.draw")
def drawing(uow: UnitOfWork, community_path: str) -> Drawing:
    """A community with its grids, loads and what is wrong with them now. Raises Missing, Refused, Invalid."""
    community = records.community_at(uow, community_path)
    grids = records.grids_of(uow, community.area)
    buildings, workers = records.buildings_of(uow, community.area), records.workers_of(uow, community.area)
    loads = loads_by_grid(counted(uow, community.area), buildings.ids, buildings.areas, usual_weights())
    lines = [
        uow.show(GridLine, grid, workers=workers.get(grid.area, []), load=loads.get(grid.area, Load({}, 0.0)))
        for grid in grids
    ]
    has_land = community.polygon or any(grid.polygon for grid in grids)
    troubles, misfiled = _troubles(uow, community, grids, buildings) if has_land else ([], 0)
    unplaced = int((~buildings.has_place).sum())
    told = (community.area, community.name, community.polygon)
    return Drawing(*told, lines, troubles, misfiled, unplaced)


def _troubles(
    uow: UnitOfWork, community: Area, grids: list[Area], buildings: records.Buildings
) -> tuple[list[Trouble], int]:
    """What is wrong with the grids now, and how many buildings are filed elsewhere than they lie."""
    ground = records.ground_of(community, grids, [])
    flat = ground.sheet.flat(buildings.degrees[buildings.has_place])
    checked = Checked(ground.sheet, ground.land, ground.names, flat, settings().grid_tolerance)
    shapes = {key: land for key, land in ground.shapes.items() if not land.is_empty}
    return checked.troubles(shapes), _misfiled(uow, community.area) if shapes else 0


def _misfiled(uow: UnitOfWork, community: str) -> int:
    thought = plan(uow, Draft(kind="right", community=community))
    return sum(len(kinds.get("Building", ())) for kinds in thought.seeds.values())


@query("grid.draw")
def preview(uow: UnitOfWork, draft: Draft, weights: Mapping[str, float] | None = None) -> Preview:
    """What a draft would do, without doing it. Raises Invalid for what cannot be done at all."""
    thought = plan(uow, draft)
    sheet, names = thought.ground.sheet, thought.outcome.names
    there = thought.outcome.shapes.items()
    shapes = [Shape(key, names[key], sheet.rings(land), thought.is_changed(key)) for key, land in there]
    counts = told_counts(thought.counts())
    return Preview(
        shapes,
        thought.troubles,
        counts,
        _moving(thought),
        _loads(uow, thought, weights),
        _notes(uow, thought),
    )


@query("grid.draw")
def by_hand(uow: UnitOfWork, draft: Draft, part: int, polygon: Rings) -> Draft:
    """A draft that divides the community anew, with one of its parts drawn otherwise. Raises Invalid."""
    community = records.community_at(uow, draft.community)
    return adjusted(
        draft, records.ground_of(community, records.grids_of(uow, community.area), []), part, polygon
    )


def told_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Records by kind as people call them, inside a query."""
    found = {_(label): counts[kind] for kind, label in LABELS.items() if counts.get(kind)}
    others = sum(n for kind, n in counts.items() if kind not in LABELS and kind != "SearchDoc")
    return {**found, **({_(OTHER): others} if others else {})}


def _moving(thought: Plan) -> list[Moving]:
    """The buildings that move, some hundred of them."""
    names = {**thought.ground.names, **thought.outcome.names}
    there = zip(
        thought.buildings.ids,
        thought.buildings.addresses,
        thought.buildings.areas,
        thought.grid_after(),
        strict=True,
    )
    found = (Moving(n, said, names.get(was, was), names[now]) for n, said, was, now in there if was != now)
    return sorted(found, key=lambda one: (one.start, one.to, one.address))[:SHOWN]


def _loads(uow: UnitOfWork, thought: Plan, weights: Mapping[str, float] | None) -> list[LoadLine]:
    """Before and after for each grid."""
    counts, ids = counted(uow, thought.community.area), thought.buildings.ids
    own = {**usual_weights(), **(weights or {})}
    before = loads_by_grid(counts, ids, thought.buildings.areas, own)
    after = loads_by_grid(counts, ids, thought.grid_after(), own)
    workers = records.workers_of(uow, thought.community.area)
    names, nothing = {**thought.ground.names, **thought.outcome.names}, Load({}, 0.0)
    return [
        LoadLine(
            key,
            name,
            workers.get(key, []),
            before.get(key, nothing) if key in thought.ground.names else None,
            after.get(key, nothing) if key in thought.outcome.shapes else None,
        )
        for key, name in names.items()
    ]


def loads_by_grid(
    counts: Mapping[str, Counts], ids: list[int], areas: list[str], weights: Mapping[str, float]
) -> dict[str, Load]:
    """Each measure of the buildings of each grid, inside a query."""
    found: dict[str, dict[str, int]] = {}
    for number, area in zip(ids, areas, strict=True):
        own = found.setdefault(area, dict.fromkeys(counts, 0))
        for key, each in counts.items():
            own[key] += each.get(number, 0)
    return {
        area: Load(own, sum(weights.get(key, 0) * n for key, n in own.items())) for area, own in found.items()
    }


def _notes(uow: UnitOfWork, thought: Plan) -> list[str]:
    """What somebody must see to afterwards."""
    workers, found = records.workers_of(uow, thought.community.area), []
    for path in thought.outcome.ended:
        if names := workers.get(path):
            said = _(
                "{grid} ends: the account of {people} must be given another grid by the system administrator."
            )
            found.append(said.format(grid=thought.ground.names[path], people="、".join(names)))
    unplaced = int((~thought.buildings.has_place).sum())
    if unplaced:
        said = _("{n} buildings have no position: they stay in their grid, or go where it goes.")
        found.append(said.format(n=unplaced))
    return found
