"""What somebody wants to do to the grids of a community, and what becomes of each of them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from shapely import Polygon, intersection
from shapely.geometry.base import BaseGeometry

from core.gridding.rules.checks import drawn
from core.gridding.rules.cutting import merge, redraw, snapped, split
from core.gridding.rules.sheet import Rings, Sheet, pieces
from core.kernel.i18n import N_, _, language
from core.kernel.problems import Invalid

KINDS = {
    "draw": N_("New grid"),
    "reshape": N_("Boundary moved"),
    "split": N_("Split"),
    "merge": N_("Merged into one"),
    "redraw": N_("Divided anew"),
    "right": N_("Buildings put right"),
}
NEW = "new"
DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Part:
    """One grid of a community that is divided anew: the path of a grid that goes on, or "" for a new one."""

    area: str
    name: str
    polygon: Rings


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A wish, of one of KINDS: `draw` a polygon under a name, `reshape` the `grid` to a polygon, `split` it along a
    line, `merge` the `others` into it, `redraw` the whole community as `parts`, or put buildings `right` that are filed
    in another grid than they lie in."""

    kind: str
    community: str
    grid: str = ""
    name: str = ""
    polygon: Rings = field(default_factory=list)
    line: list[list[float]] = field(default_factory=list)
    others: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Ground:
    """The community as it is: its sheet and land, and the land and name of each grid by its path."""

    sheet: Sheet
    land: BaseGeometry
    shapes: Mapping[str, BaseGeometry]
    names: Mapping[str, str]
    snap: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What the grids would be: land and name by path (a new one by NEW and a number), and for each that ends the one
    that goes on in its place."""

    shapes: dict[str, BaseGeometry]
    names: dict[str, str]
    ended: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """What became of one grid: its boundary before and after, whether it began or ended, and where its things go."""

    area: str
    name: str
    before: Rings
    after: Rings
    name_before: str = ""
    is_born: bool = False
    into: str = ""

    def told(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def outcome(draft: Draft, ground: Ground) -> Outcome:
    """What the grids would be. Raises Invalid with a sentence for what cannot be done."""
    known = {
        "draw": _draw,
        "reshape": _draw,
        "split": _split,
        "merge": _merge,
        "redraw": _redraw,
        "right": _right,
    }
    if draft.kind not in known:
        raise Invalid(_("This cannot be done to grids."))
    return known[draft.kind](draft, ground)


def _draw(draft: Draft, ground: Ground) -> Outcome:
    """A new or changed boundary: its neighbours follow."""
    key = draft.grid if draft.kind == "reshape" else f"{NEW}1"
    shape = drawn(ground.sheet, draft.polygon)
    for other, land in ground.shapes.items():
        shape = snapped(shape, land, ground.snap) if other != key and ground.snap else shape
    after = redraw(ground.shapes, key, shape, ground.land)
    gone = [ground.names[one] for one, land in after.items() if land.is_empty and not _is_empty(ground, one)]
    if gone:
        said = _("Nothing would be left of {names}; merge these grids instead.").format(names="、".join(gone))
        raise Invalid(said, polygon=said)
    return Outcome(after, {**ground.names, key: _name(draft, ground, key)})


def _is_empty(ground: Ground, key: str) -> bool:
    return key not in ground.shapes or ground.shapes[key].is_empty


def _split(draft: Draft, ground: Ground) -> Outcome:
    """The larger part goes on, the other one is new."""
    larger, smaller = split(_land(draft.grid, ground), ground.sheet.line(draft.line))
    key = f"{NEW}1"
    shapes = {**ground.shapes, draft.grid: larger, key: smaller}
    return Outcome(shapes, {**ground.names, key: _name(draft, ground, key)})


def _merge(draft: Draft, ground: Ground) -> Outcome:
    others = [one for one in draft.others if one != draft.grid]
    if not others:
        said = _("Choose at least two grids to merge.")
        raise Invalid(said, grids=said)
    land = merge([_land(one, ground) for one in (draft.grid, *others)])
    shapes = {one: shape for one, shape in ground.shapes.items() if one not in others}
    names = {one: name for one, name in ground.names.items() if one not in others}
    names[draft.grid] = draft.name.strip() or names[draft.grid]
    return Outcome({**shapes, draft.grid: land}, names, dict.fromkeys(others, draft.grid))


def _redraw(draft: Draft, ground: Ground) -> Outcome:
    """Every grid anew; one that is in no part ends, and goes on as the part that covers most of it."""
    if not draft.parts:
        raise Invalid(_("There is nothing in this proposal."))
    keys = [part.area or f"{NEW}{number}" for number, part in enumerate(draft.parts, 1)]
    if len(set(keys)) < len(keys) or any(
        part.area and part.area not in ground.shapes for part in draft.parts
    ):
        raise Invalid(_("A grid of this proposal is not there any more; make it anew."))
    shapes = {key: drawn(ground.sheet, part.polygon) for key, part in zip(keys, draft.parts, strict=True)}
    names = {key: part.name.strip() for key, part in zip(keys, draft.parts, strict=True)}
    gone = [one for one in ground.shapes if one not in shapes]
    ended = {one: max(shapes, key=lambda key: _common(ground.shapes[one], shapes[key])) for one in gone}
    return Outcome(shapes, {key: name or _name(draft, ground, key) for key, name in names.items()}, ended)


def adjusted(draft: Draft, ground: Ground, part: int, polygon: Rings) -> Draft:
    """A community divided anew, with one part changed by hand; the parts around it follow. Raises Invalid."""
    if not 0 <= part < len(draft.parts):
        raise Invalid(_("A grid of this proposal is not there any more; make it anew."))
    shapes = {str(n): ground.sheet.shape(one.polygon) for n, one in enumerate(draft.parts)}
    after = redraw(shapes, str(part), drawn(ground.sheet, polygon), ground.land)
    parts = (replace(one, polygon=ground.sheet.rings(after[str(n)])) for n, one in enumerate(draft.parts))
    return replace(draft, parts=tuple(one for one in parts if one.polygon))


def _right(_draft: Draft, ground: Ground) -> Outcome:
    return Outcome(dict(ground.shapes), dict(ground.names))


def _common(one: BaseGeometry, other: BaseGeometry) -> float:
    return float(intersection(one, other).area)


def _land(path: str, ground: Ground) -> BaseGeometry:
    """The land of a grid. Raises Invalid when it is none of the community, or has no boundary."""
    found = ground.shapes.get(path, Polygon())
    if not pieces(found):
        said = _("Choose a grid of this community that has a boundary.")
        raise Invalid(said, grid=said)
    return found


def _name(draft: Draft, ground: Ground, key: str) -> str:
    """The name of a grid after it: as wished, as before, or the next number that no grid has."""
    if draft.kind != "redraw" and draft.name.strip():
        return draft.name.strip()
    if key in ground.names:
        return ground.names[key]
    taken, number = set(ground.names.values()), len(ground.names) + int(key.removeprefix(NEW))
    while (name := _("Grid {number}").format(number=spoken(number))) in taken:
        number += 1
    return name


def spoken(number: int) -> str:
    """A number up to 99 as it stands in the name of a grid: in Chinese 12 is 十二."""
    if not language.get().startswith("zh") or number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + "十" * bool(tens) + (DIGITS[ones] if ones or not tens else "")
