"""Shapes to look inside of, as they stand in an address: "circle:116.72,23.28;500".

Positions are longitude and latitude in degrees (WGS-84), distances metres. A shape becomes a polygon once; round ones
by sides so short that what they leave out lies within the accuracy of any position here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shapely import Geometry, LineString, Point, Polygon, is_valid

from core.geo.shapes import grown
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid
from core.places.rules.position import position_problems

Place = tuple[float, float]
POLYGON, CIRCLE, LINE, ROAD, GRID = "polygon", "circle", "line", "road", "grid"
MOST_POINTS = 500
RADIUS, WIDTH = (1.0, 20_000.0), (1.0, 1_000.0)
"""Metres: how far a circle reaches, and a corridor to each side."""
FORMS = {
    POLYGON: N_("Area drawn"),
    CIRCLE: N_("Circle of {metres} m"),
    LINE: N_("Along a line, {metres} m to each side"),
    ROAD: N_("Along {name}, {metres} m to each side"),
    GRID: "{name}",
}


@dataclass(frozen=True)
class Shape:
    """A shape as somebody asked for it. `places` are its corners, centre or line; `metres` its radius or half width;
    `name` the road or the path of the area that it takes its outline from."""

    kind: str
    places: tuple[Place, ...] = ()
    metres: float = 0
    name: str = ""

    def __str__(self) -> str:
        """As it stands in an address."""
        parts = [_written(place) for place in self.places] or [self.name]
        return f"{self.kind}:{';'.join([*parts, *([f'{self.metres:g}'] if self.metres else [])])}"


def _written(place: Place) -> str:
    return ",".join(f"{round(value, 6):.6f}".rstrip("0").rstrip(".") for value in place)


# --- reading ----------------------------------------------------------------------------------------------


def read_shape(text: str) -> Shape:
    """The shape of an address. Raises Invalid with a sentence that says what is wrong with it."""
    kind, _colon, rest = text.strip().partition(":")
    if kind not in READ:
        raise Invalid(_("This shape cannot be read. Draw it again."))
    return READ[kind](rest.rstrip(";").split(";"))


def _polygon(parts: Sequence[str]) -> Shape:
    places = _places(parts)
    corners = places[:-1] if places[0] == places[-1] else places
    if len(set(corners)) < 3:
        raise Invalid(_("An area needs three corners or more."))
    if not is_valid(Polygon(corners)):
        raise Invalid(_("The outline crosses itself. Move a corner so that it runs round the area once."))
    return Shape(POLYGON, corners)


def _circle(parts: Sequence[str]) -> Shape:
    return Shape(CIRCLE, _places(parts[:1]), _metres(parts[1:], RADIUS))


def _line(parts: Sequence[str]) -> Shape:
    places = _places(parts[:-1])
    if len(set(places)) < 2:
        raise Invalid(_("A line needs two points or more."))
    return Shape(LINE, places, _metres(parts[-1:], WIDTH))


def _road(parts: Sequence[str]) -> Shape:
    return Shape(ROAD, name=_name(parts[0]), metres=_metres(parts[1:], WIDTH))


def _grid(parts: Sequence[str]) -> Shape:
    return Shape(GRID, name=_name(parts[0]))


READ: dict[str, Callable[[Sequence[str]], Shape]] = {
    POLYGON: _polygon,
    CIRCLE: _circle,
    LINE: _line,
    ROAD: _road,
    GRID: _grid,
}


def _name(text: str) -> str:
    if not text.strip() or len(text) > 60:
        raise Invalid(_("This shape cannot be read. Draw it again."))
    return text.strip()


def _places(parts: Sequence[str]) -> tuple[Place, ...]:
    """Positions in the country. Raises Invalid, also when longitude and latitude are swapped."""
    if not parts or len(parts) > MOST_POINTS:
        raise Invalid(_("A shape has one to {most} points.").format(most=MOST_POINTS))
    return tuple(read_place(part) for part in parts)


def read_place(text: str) -> Place:
    """A position "116.72,23.28" in the country. Raises Invalid."""
    try:
        lon, lat = (float(value) for value in text.split(","))
    except ValueError as trouble:
        raise Invalid(
            _("{text} is no position: longitude, comma, latitude.").format(text=text[:40])
        ) from trouble
    wrong = position_problems(lon, lat)
    if wrong:
        raise Invalid(next(iter(wrong.values())))
    return lon, lat


def _metres(parts: Sequence[str], bounds: tuple[float, float]) -> float:
    try:
        found = float(parts[0])
    except (IndexError, ValueError) as trouble:
        raise Invalid(_("Say how many metres.")) from trouble
    if not bounds[0] <= found <= bounds[1]:
        said = _("From {low} to {high} metres are possible.")
        raise Invalid(said.format(low=f"{bounds[0]:g}", high=f"{bounds[1]:g}"))
    return found


# --- on the ground ----------------------------------------------------------------------------------------


def outline(shape: Shape) -> Geometry:
    """A drawn shape as a polygon in degrees."""
    if shape.kind == POLYGON:
        return Polygon(shape.places)
    return grown(Point(shape.places) if shape.kind == CIRCLE else LineString(shape.places), shape.metres)
