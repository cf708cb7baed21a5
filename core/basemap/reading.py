"""Pieces of a base map from a GeoJSON file: what each is, where it lies, and a sentence for each that cannot be taken.

What a piece is follows from its property `kind`, or from the tags that maps of the world use (`highway`, `waterway`,
`natural`, `landuse`, `leisure`, `railway`, `place`), or is said for the whole file.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely

from core.basemap.rules import quad_around
from core.geo.coordinates import System, to_wgs
from core.kernel.codes import codes
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.places.rules.position import LAT, LON

LARGEST = 50_000_000
MOST = 20_000
SHAPES = {
    "land": ("Polygon", "MultiPolygon"),
    "water": ("Polygon", "MultiPolygon"),
    "green": ("Polygon", "MultiPolygon"),
    "road": ("LineString", "MultiLineString"),
    "rail": ("LineString", "MultiLineString"),
    "place": ("Point",),
}
TAGS: tuple[tuple[str, str, str], ...] = (
    ("highway", "", "road"),
    ("railway", "", "rail"),
    ("waterway", "", "water"),
    ("natural", "water bay strait", "water"),
    ("natural", "wood scrub grassland wetland", "green"),
    ("landuse", "forest grass recreation_ground meadow orchard cemetery village_green farmland", "green"),
    ("landuse", "reservoir basin salt_pond", "water"),
    ("leisure", "park garden pitch golf_course nature_reserve", "green"),
    ("place", "", "place"),
)
"""Tag, its values ("" for any), and what a piece with it is."""
RANKS = {
    "motorway": 0, "trunk": 0, "primary": 1, "secondary": 1, "tertiary": 2, "residential": 3, "unclassified": 3,
    "service": 4, "footway": 5, "path": 5, "city": 0, "town": 1, "suburb": 2, "village": 2, "hamlet": 3,
}  # fmt: skip
NAMES = ("name", "名称", "name:zh", "NAME", "Name")
SHOWN = 20


@dataclass(frozen=True)
class Piece:
    """A piece as it is kept: a GeoJSON geometry in WGS-84 with 7 decimals, and the tile around it."""

    kind: str
    name: str
    rank: int
    shape: dict[str, Any]
    quad: str


@dataclass(frozen=True)
class Reading:
    """A file: its pieces, how many of each kind, and for those left out a sentence and how many it is true of."""

    pieces: tuple[Piece, ...] = field(repr=False)
    counts: dict[str, int]
    left_out: dict[str, int]
    bounds: tuple[float, float, float, float] | None


def read(data: bytes, *, kind: str = "", system: str = System.WGS84, is_swapped: bool = False) -> Reading:
    """A GeoJSON file. Raises Invalid for one that is none, or too large.

    `kind`: what a piece is that does not say it itself. `is_swapped`: latitude first.
    """
    pieces: list[Piece] = []
    left_out: Counter[str] = Counter()
    for one in _features(data):
        try:
            pieces.append(_piece(one, kind, system, is_swapped))
        except ValueError as trouble:
            left_out[str(trouble)] += 1
    counts = Counter(piece.kind for piece in pieces)
    boxes = [shapely.geometry.shape(piece.shape).bounds for piece in pieces]
    sides = list(zip(*boxes, strict=True))
    bounds = (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])) if sides else None
    return Reading(tuple(pieces), dict(counts), dict(left_out.most_common(SHOWN)), bounds)


def _features(data: bytes) -> list[Any]:
    if len(data) > LARGEST:
        raise Invalid(_("This file is larger than {size} MB; split it.").format(size=LARGEST // 1_000_000))
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as trouble:
        raise Invalid(_("This is no GeoJSON file, or it is cut off.")) from trouble
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features:
        raise Invalid(_("This file holds no features; a GeoJSON file has a FeatureCollection."))
    if len(features) > MOST:
        raise Invalid(_("A base map takes {n} pieces from one file; split it.").format(n=f"{MOST:,}"))
    return features


def _piece(one: Any, kind: str, system: str, is_swapped: bool) -> Piece:
    """One feature. ValueError with a sentence for what cannot be taken."""
    facts = one.get("properties") if isinstance(one, dict) else None
    facts = facts if isinstance(facts, dict) else {}
    kind = _kind(facts) or kind
    if kind not in SHAPES:
        raise ValueError(_("It does not say what it is: road, water, green …"))
    shape = _shape(one.get("geometry"), system, is_swapped)
    if shape["type"] not in SHAPES[kind]:
        said = _("{kind} is not drawn as {shape}.")
        raise ValueError(said.format(kind=codes("base_kind")[kind], shape=shape["type"]))
    name = next((str(facts[key]) for key in NAMES if facts.get(key)), "")[:60]
    return Piece(kind, name, _rank(facts), shape, quad_around(*shapely.geometry.shape(shape).bounds))


def _kind(facts: Mapping[str, Any]) -> str:
    if facts.get("kind") in SHAPES:
        return str(facts["kind"])
    for tag, values, kind in TAGS:
        if facts.get(tag) and (not values or str(facts[tag]) in values.split()):
            return kind
    return ""


def _rank(facts: Mapping[str, Any]) -> int:
    said = facts.get("rank")
    if isinstance(said, int | float) and 0 <= said <= 9:
        return int(said)
    return next((RANKS[str(facts[tag])] for tag in ("highway", "place") if str(facts.get(tag)) in RANKS), 2)


def _shape(geometry: Any, system: str, is_swapped: bool) -> dict[str, Any]:
    """The geometry in WGS-84. ValueError with a sentence."""
    try:
        moved = {
            "type": str(geometry["type"]),
            "coordinates": _moved(geometry["coordinates"], system, is_swapped),
        }
        shape = shapely.geometry.shape(moved)
    except (KeyError, TypeError, IndexError, AttributeError, shapely.errors.ShapelyError) as trouble:
        raise ValueError(_("It has no shape that can be read.")) from trouble
    if shape.is_empty or not shape.is_valid:
        raise ValueError(_("Its outline crosses itself or is empty."))
    return moved


def _moved(part: Any, system: str, is_swapped: bool) -> Any:
    """Positions, however deep they lie, in WGS-84. ValueError for a place that is not in China."""
    if not isinstance(part, list) or not part:
        raise TypeError("no position")
    if isinstance(part[0], int | float):
        first, second = float(part[0]), float(part[1])
        lon, lat = to_wgs(system, *((second, first) if is_swapped else (first, second)))
        if not (LON[0] <= lon <= LON[1] and LAT[0] <= lat <= LAT[1]):
            raise ValueError(
                _("It lies outside China: look at the coordinate system and the order of the numbers.")
            )
        return [round(float(lon), 7), round(float(lat), 7)]
    return [_moved(one, system, is_swapped) for one in part]


def positions(data: bytes) -> Iterator[tuple[float, float]]:
    """Every position of a file as its numbers stand, for those who must find out its system. Raises Invalid."""

    def inside(part: Any) -> Iterator[tuple[float, float]]:
        if isinstance(part, list) and part and isinstance(part[0], int | float):
            yield float(part[0]), float(part[1])
        elif isinstance(part, list):
            for one in part:
                yield from inside(one)

    for one in _features(data):
        geometry = one.get("geometry") if isinstance(one, dict) else None
        if isinstance(geometry, dict):
            yield from inside(geometry.get("coordinates"))
