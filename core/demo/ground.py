"""Where the plan lies on the earth: its straight metres, gently bent, at a coast that never was (WGS-84)."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import atan2, cos, pi, radians, sin

from core.demo.plan import Cut, Plan, Rect
from core.places.models import Level

LON, LAT = 116.74, 23.27
METRES = 110_780.0
Point = tuple[float, float]


def _wave(turns: float) -> float:
    return sin(2 * pi * turns)


@dataclass(frozen=True)
class Ground:
    """The land under a plan; draws its parts as rings of [longitude, latitude]."""

    plan: Plan

    @cached_property
    def step(self) -> float:
        """Metres between the corners that let a long side bend."""
        return max(12.0, min(50.0, self.plan.root.rect.width / 40))

    @cached_property
    def _corners(self) -> dict[tuple[bool, float], list[float]]:
        """(upright, at) -> places along that line where any grid has a corner: neighbours share them."""
        found: dict[tuple[bool, float], set[float]] = defaultdict(set)
        for grid in self.plan.root.below(Level.GRID):
            r = grid.rect
            for line, places in (
                ((True, r.a0), (r.b0, r.b1)),
                ((True, r.a1), (r.b0, r.b1)),
                ((False, r.b0), (r.a0, r.a1)),
                ((False, r.b1), (r.a0, r.a1)),
            ):
                found[line].update(places)
        return {line: sorted(places) for line, places in found.items()}

    def bent(self, a: float, b: float) -> Point:
        """Metres on the bent land: long soft waves inside, bays and capes at the southern edge."""
        rect = self.plan.root.rect
        u, v = a / rect.width, b / rect.height
        coast = (1 - v) ** 3 * (0.035 * _wave(1.2 * u + 0.1) + 0.015 * _wave(3.1 * u + 0.7))
        x = a + rect.width * (0.012 * _wave(v + 0.15) + 0.004 * _wave(2.3 * v + u))
        y = b + rect.height * (0.012 * _wave(u + 0.4) + 0.004 * _wave(2.7 * u + v) + coast)
        return x, y

    def place(self, a: float, b: float) -> list[float]:
        """[longitude, latitude] of a place of the plan."""
        return self._degrees(*self.bent(a, b))

    def _degrees(self, x: float, y: float) -> list[float]:
        rect = self.plan.root.rect
        east, north = x - rect.width / 2, y - rect.height / 2
        return [round(LON + east / (METRES * 1.0046 * cos(radians(LAT))), 6), round(LAT + north / METRES, 6)]

    def heading(self, a: float, b: float) -> float:
        """Radians by which the plan's east is turned at a place."""
        (x0, y0), (x1, y1) = self.bent(a - 1, b), self.bent(a + 1, b)
        return atan2(y1 - y0, x1 - x0)

    def _along(self, upright: bool, at: float, low: float, high: float) -> list[float]:
        """Where the line has corners between two places, both included."""
        known = self._corners.get((upright, at), [])
        inner = set(known[bisect_right(known, low) : bisect_left(known, high)])
        first, last = int(low / self.step), int(high / self.step)
        even = (n * self.step for n in range(first, last + 1))
        inner.update(place for place in even if low < place < high)
        return [low, *sorted(inner), high]

    def ring(self, rect: Rect) -> list[list[float]]:
        """A part of the plan as a closed ring, counter-clockwise, sharing its corners with its neighbours."""
        south = [(a, rect.b0) for a in self._along(False, rect.b0, rect.a0, rect.a1)]
        east = [(rect.a1, b) for b in self._along(True, rect.a1, rect.b0, rect.b1)]
        north = [(a, rect.b1) for a in reversed(self._along(False, rect.b1, rect.a0, rect.a1))]
        west = [(rect.a0, b) for b in reversed(self._along(True, rect.a0, rect.b0, rect.b1))]
        return [self.place(a, b) for a, b in (*south, *east[1:], *north[1:], *west[1:])]

    def line(self, cut: Cut) -> list[list[float]]:
        """A road as a line of [longitude, latitude]."""
        places = self._along(cut.upright, cut.at, cut.low, cut.high)
        return [self.place(cut.at, p) if cut.upright else self.place(p, cut.at) for p in places]

    def footprint(self, a: float, b: float, width: float, depth: float) -> list[list[float]]:
        """A building `width` east-west and `depth` north-south, turned as the plan is: a closed ring."""
        (x, y), turn = self.bent(a, b), self.heading(a, b)
        east, north, w, d = cos(turn), sin(turn), width / 2, depth / 2
        corners = ((-w, -d), (w, -d), (w, d), (-w, d), (-w, -d))
        return [self._degrees(x + p * east - q * north, y + p * north + q * east) for p, q in corners]
