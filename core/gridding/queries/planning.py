"""What a wish would do: the grids as they would be, what is wrong with them, and which records stand elsewhere then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.gridding.queries import records
from core.gridding.queries.hanging import Found, hanging, leftover, placed, positions
from core.gridding.rules import NOWHERE, Checked, Draft, Ground, Metres, Outcome, Trouble, assign, outcome
from core.kernel.settings import settings
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area

Way = tuple[str, str]
"""From one grid (path) to another (path, or the key of a new one)."""
Seeds = dict[Way, Found]
SAME = 0.002
"""Metres by which a boundary may differ and still be the same: cutting rounds."""


@dataclass
class Plan:
    """A wish thought through, inside a query or command."""

    uow: UnitOfWork
    draft: Draft
    community: Area
    grids: list[Area]
    ground: Ground
    buildings: records.Buildings
    outcome: Outcome

    @cached_property
    def keys(self) -> list[str]:
        """Every grid that there would be."""
        return list(self.outcome.shapes)

    @cached_property
    def troubles(self) -> list[Trouble]:
        """What is wrong with the grids as they would be."""
        flat = self.ground.sheet.flat(self.buildings.degrees[self.buildings.has_place])
        names, tolerance = self.outcome.names, settings().grid_tolerance
        checked = Checked(self.ground.sheet, self.ground.land, names, flat, tolerance)
        return checked.troubles({key: land for key, land in self.outcome.shapes.items() if not land.is_empty})

    @cached_property
    def seeds(self) -> Seeds:
        """What moves for its own place: buildings, then things on the land with a position of their own."""
        found: Seeds = {}
        for number, way in self._moving(self.buildings.ids, self.buildings.areas, self.buildings.degrees):
            found.setdefault(way, {}).setdefault("Building", []).append(number)
        for kind in placed():
            for number, way in self._moving(*positions(self.uow, kind, self.community.area)):
                found.setdefault(way, {}).setdefault(kind.__name__, []).append(number)
        return found

    @cached_property
    def moves(self) -> Seeds:
        """Everything that moves, with all that hangs on it; from a grid that ends also the rest."""
        found = {way: hanging(self.uow, way[0], seeds) for way, seeds in self.seeds.items()}
        for path, into in self.outcome.ended.items():
            for kind, numbers in leftover(self.uow, path, leaving(found, path)).items():
                found.setdefault((path, into), {}).setdefault(kind, []).extend(numbers)
                self.rest.setdefault((path, into), {})[kind] = numbers
        return {way: kinds for way, kinds in found.items() if kinds}

    @cached_property
    def rest(self) -> Seeds:
        """What stood in a grid that ends and hangs on nothing that moves; known after `moves`."""
        return {}

    def is_changed(self, key: str) -> bool:
        """Whether a grid is new, or has another boundary or name."""
        if key not in self.ground.shapes:
            return True
        before, after = self.ground.shapes[key], self.outcome.shapes[key]
        is_same = before.symmetric_difference(after).area <= SAME * before.length
        return not is_same or self.outcome.names[key] != self.ground.names[key]

    def counts(self) -> dict[str, int]:
        """Kind of record -> how many move."""
        total: dict[str, int] = {}
        for kinds in self.moves.values():
            for kind, numbers in kinds.items():
                total[kind] = total.get(kind, 0) + len(numbers)
        return total

    def grid_after(self) -> list[str]:
        """The grid of each building afterwards, in their order."""
        to = {n: way[1] for way, kinds in self.moves.items() for n in kinds.get("Building", ())}
        return [to.get(n, area) for n, area in zip(self.buildings.ids, self.buildings.areas, strict=True)]

    def _moving(self, ids: list[int], areas: list[str], degrees: Metres) -> Iterator[tuple[int, Way]]:
        """Number and way of what would lie in another grid. What is filed elsewhere than it lies stays as it is, unless
        its land changes hands or all are put right."""
        has_place = ~np.isnan(degrees).any(axis=1) if len(ids) else np.empty(0, dtype=bool)
        at = np.flatnonzero(has_place)
        flat = self.ground.sheet.flat(degrees[at])
        before, after = self._owners(flat, self.ground.shapes), self._owners(flat, self.outcome.shapes)
        for n, was, now in zip(at.tolist(), before, after, strict=True):
            is_known = areas[n] in self.ground.shapes
            changes_hands = was != now or self.draft.kind == "right" or areas[n] in self.outcome.ended
            if is_known and now and now != areas[n] and changes_hands:
                yield ids[n], (areas[n], now)

    def _owners(self, flat: Metres, shapes: Mapping[str, object]) -> list[str]:
        """The grid of each place; "" for none."""
        keys = list(shapes)
        found: NDArray[np.int64] = assign(flat, list(shapes.values()), settings().grid_tolerance)  # type: ignore[arg-type]
        return ["" if n == NOWHERE else keys[n] for n in found.tolist()]


def leaving(moves: Mapping[Way, Mapping[str, Sequence[int]]], path: str) -> dict[str, set[int]]:
    """Everything that leaves a grid, by kind."""
    gone: dict[str, set[int]] = {}
    for way, kinds in moves.items():
        for kind, numbers in kinds.items() if way[0] == path else ():
            gone.setdefault(kind, set()).update(numbers)
    return gone


def plan(uow: UnitOfWork, draft: Draft) -> Plan:
    """Think a wish through, inside a query or command. Raises Refused, Missing, Invalid."""
    community = records.community_at(uow, draft.community)
    grids = records.grids_of(uow, community.area)
    ground = records.ground_of(community, grids, draft.polygon)
    buildings = records.buildings_of(uow, community.area)
    return Plan(uow, draft, community, grids, ground, buildings, outcome(draft, ground))
