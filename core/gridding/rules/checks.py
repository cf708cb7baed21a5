"""Whether boundaries can be so: one piece, inside the community, no overlap, no gap, each building in one grid."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from shapely import Polygon, STRtree, difference, intersection, is_valid, is_valid_reason, union_all
from shapely.geometry.base import BaseGeometry

from core.gridding.rules.assign import NOWHERE, assign
from core.gridding.rules.cutting import Shapes
from core.gridding.rules.sheet import Rings, Sheet, check_places, pieces
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid

SMALLEST = 100.0
"""Square metres: less is a slip of the hand, no grid."""
SHOWN = 30
BLOCKING = frozenset({"crossing", "pieces", "outside", "overlap", "small"})
SAID = {
    "crossing": N_("The boundary of {name} crosses itself."),
    "pieces": N_("{name} would be in {n} pieces."),
    "small": N_("{name} would have {area} m² only."),
    "outside": N_("{name} reaches {area} m² out of the community."),
    "overlap": N_("{name} overlaps {other} by {area} m²."),
    "gap": N_("{area} m² of the community belong to no grid."),
    "homeless": N_("{n} buildings lie in no grid."),
}


@dataclass(frozen=True)
class Trouble:
    """Something wrong with boundaries: in words, where (longitude, latitude) and whether it must be put right first."""

    kind: str
    said: str
    lon: float
    lat: float

    @property
    def is_blocking(self) -> bool:
        """Whether boundaries cannot be kept so."""
        return self.kind in BLOCKING


@dataclass(frozen=True)
class Checked:
    """What boundaries are looked at against: the community, names by key, buildings (metres) and how many metres do
    not count."""

    sheet: Sheet
    land: BaseGeometry
    names: Mapping[str, str]
    buildings: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    tolerance: float = 0.5

    def troubles(self, shapes: Shapes) -> list[Trouble]:
        """Everything that is wrong, what must be put right first."""
        found = [*self._each(shapes), *self._overlaps(shapes), *self._gaps(shapes), *self._homeless(shapes)]
        return sorted(found, key=lambda one: not one.is_blocking)[:SHOWN]

    def _each(self, shapes: Shapes) -> Iterator[Trouble]:
        for key, shape in shapes.items():
            parts = [part for part in pieces(shape) if self._thick(part)]
            if not is_valid(shape):
                yield self._trouble("crossing", *_crossing(shape), name=self._name(key))
            elif len(parts) > 1:
                yield self._trouble("pieces", *_middle(parts[1]), name=self._name(key), n=len(parts))
            elif shape.area < SMALLEST:
                yield self._trouble("small", *_middle(shape), name=self._name(key), area=round(shape.area))
            elif not self.land.is_empty:
                yield from self._areas("outside", difference(shape, self.land), name=self._name(key))

    def _overlaps(self, shapes: Shapes) -> Iterator[Trouble]:
        keys, lands = list(shapes), np.array([s if is_valid(s) else Polygon() for s in shapes.values()])
        for one, other in STRtree(lands).query(lands, predicate="intersects").T if len(lands) else ():
            if one < other:
                both = intersection(lands[one], lands[other])
                names = {"name": self._name(keys[one]), "other": self._name(keys[other])}
                yield from self._areas("overlap", both, **names)

    def _gaps(self, shapes: Shapes) -> Iterator[Trouble]:
        if not self.land.is_empty:
            yield from self._areas("gap", difference(self.land, union_all(_valid(shapes))))

    def _homeless(self, shapes: Shapes) -> Iterator[Trouble]:
        found = assign(self.buildings, _valid(shapes), self.tolerance)
        outside = self.buildings[found == NOWHERE]
        if len(outside):
            yield self._trouble("homeless", outside[0, 0], outside[0, 1], n=len(outside))

    def _areas(self, kind: str, shape: BaseGeometry, **words: object) -> Iterator[Trouble]:
        """A trouble for each part that is wider than the tolerance."""
        for part in pieces(shape):
            if self._thick(part):
                x, y = _middle(part)
                yield self._trouble(kind, x, y, area=max(1, round(part.area)), **words)

    def _thick(self, part: BaseGeometry) -> bool:
        return not part.buffer(-self.tolerance / 2).is_empty

    def _trouble(self, kind: str, x: float, y: float, **words: object) -> Trouble:
        [[lon, lat]] = self.sheet.back([[x, y]])
        return Trouble(kind, _(SAID[kind]).format(**words), lon, lat)

    def _name(self, key: str) -> str:
        return self.names.get(key) or _("The new grid")


def _valid(shapes: Shapes) -> Sequence[BaseGeometry]:
    return [shape for shape in shapes.values() if is_valid(shape)]


def _middle(shape: BaseGeometry) -> tuple[float, float]:
    at = shape.representative_point() if not shape.is_empty else shape.centroid
    return (at.x, at.y) if not at.is_empty else (0.0, 0.0)


def _crossing(shape: BaseGeometry) -> tuple[float, float]:
    """Where a shape crosses itself, as GEOS says it."""
    found = re.search(r"\[(-?[\d.e+-]+) (-?[\d.e+-]+)", is_valid_reason(shape))
    return (float(found[1]), float(found[2])) if found else _middle(shape.envelope)


def drawn(sheet: Sheet, rings: Rings) -> BaseGeometry:
    """A boundary as somebody drew it, as one shape. Raises Invalid when it is none: too few corners, swapped, crossing
    itself."""
    check_places(rings)
    if not rings or any(len(set(map(tuple, ring))) < 3 for ring in rings):
        said = _("A boundary needs at least three corners.")
        raise Invalid(said, polygon=said)
    if any(_touches_itself(sheet, ring) for ring in rings):
        said = _("The boundary crosses itself; draw it without a knot.")
        raise Invalid(said, polygon=said)
    return sheet.shape(rings)


def _touches_itself(sheet: Sheet, ring: list[list[float]]) -> bool:
    corners = [one for one, after in pairwise([*ring, ring[0]]) if one != after]
    return not is_valid(Polygon(sheet.flat(corners)))
