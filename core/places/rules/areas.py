"""Which level stands under which, and how paths and codes of the area tree are made."""

import re
from collections.abc import Iterable, Mapping

from core.kernel import custom
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.places.models import Level

LEVELS = tuple(Level)
PARENTS: dict[Level, tuple[Level, ...]] = {
    Level.PROVINCE: (),
    Level.CITY: (Level.PROVINCE,),
    Level.DISTRICT: (Level.CITY, Level.PROVINCE),
    Level.STREET: (Level.DISTRICT, Level.CITY),
    Level.COMMUNITY: (Level.STREET,),
    Level.GRID: (Level.COMMUNITY,),
}
"""Some cities have no districts and some provinces keep counties of their own."""
LEVEL_WORDS = {"county": "district", "town": "street", "village": "community"}
"""Words of official lists that mean one of our levels."""
SERIALS = {"general": range(1, 601), "industry": range(601, 1000)}
"""Last three digits of a grid code by the kind of grid (GB/T 30428.1: 15 digits; industry grids from 601)."""


def level_of(word: str) -> Level | None:
    """The level an official list means, such as "county"; None when there is no such level."""
    name = LEVEL_WORDS.get(word.strip().lower(), word.strip().lower())
    return Level(name) if name in LEVELS else None


def may_stand_under(level: Level, parent: Level | None) -> bool:
    """Whether an area of `level` may stand under one of `parent`; None: at the root, where no grid may."""
    return level is not Level.GRID if parent is None else parent in PARENTS[level]


def level_below(parent: Level) -> Level:
    """The level that usually stands under `parent`. Raises Invalid under a grid."""
    if parent is Level.GRID:
        raise Invalid(_("Nothing can stand under a grid."))
    return LEVELS[LEVELS.index(parent) + 1]


def prefix(code: str) -> str:
    """What the codes below begin with: "440500" -> "4405", "440512" stays, longer codes too."""
    return re.sub(r"(?:00){1,2}$", "", code) if len(code) == 6 else code


def segment(code: str, above: str) -> str:
    """The own part of a code under `above`; "" when the code does not belong there."""
    start = prefix(above)
    return code[len(start) :] if code.startswith(start) else ""


def path_of(code: str, above: tuple[str, str] | None) -> str:
    """The path of an area from its code and the (path, code) above it; "" when the code is of elsewhere."""
    if above is None:
        return f"{code}/"
    own = segment(code, above[1])
    return f"{above[0]}{own}/" if own else ""


def path_above(path: str) -> str:
    """The path of the area above; "" above the root."""
    return path[: path.rstrip("/").rfind("/") + 1]


def paths_to(path: str) -> list[str]:
    """Every path from the root to `path` itself."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]


def span(under: str) -> tuple[str, str]:
    """Half-open range of the paths at and below `under`; everything for ""."""
    return (under, under[:-1] + "0") if under else ("", "~")


def check_code(code: str, level: Level) -> None:
    """Raises Invalid unless the code has the 6, 9, 12 or 15 digits of its level (GB/T 2260, GB/T 30428.1)."""
    digits = {Level.STREET: 9, Level.COMMUNITY: 12, Level.GRID: 15}.get(level, 6)
    if not re.fullmatch(rf"[0-9]{{{digits}}}", code):
        said = _('A code of this level has {digits} digits; "{code}" has not.').format(
            digits=digits, code=code
        )
        raise Invalid(said, code=said)


def free_serial(taken: Iterable[str], kind: str) -> str:
    """Three digits after the highest serial of that kind of grid. Raises Invalid when all are used up."""
    own = SERIALS.get(kind, SERIALS["general"])
    used = [int(serial) for serial in taken if serial.isdecimal() and int(serial) in own]
    following = max(used, default=own.start - 1) + 1
    if following not in own:
        raise Invalid(_("This community has no grid number left of this kind."))
    return f"{following:03}"


def check_grid(kind: str, trade: str) -> None:
    """Raises Invalid when a general grid is said to have a trade."""
    if trade and kind != "industry":
        said = _("Only an industry grid has a trade.")
        raise Invalid(said, trade=said)


def polygon(rings: object) -> list[list[list[float]]] | None:
    """Rings of [longitude, latitude] as in GeoJSON, each closed here. Raises Invalid for anything else."""
    if not rings:
        return None
    try:
        return [_ring(ring) for ring in rings]  # type: ignore[attr-defined]
    except (TypeError, ValueError) as trouble:
        said = _(
            "A boundary is a list of rings of three or more corners, each a longitude and latitude in China."
        )
        raise Invalid(said, polygon=said) from trouble


def _ring(ring: Iterable[Iterable[float]]) -> list[list[float]]:
    corners = [[float(lon), float(lat)] for lon, lat in ring]
    if corners[:1] != corners[-1:]:
        corners.append(corners[0])
    if len(corners) < 4 or not all(73 <= lon <= 136 and 3 <= lat <= 54 for lon, lat in corners):
        raise ValueError("no ring")
    return corners


def check_editable(values: Mapping[str, object], allowed: Iterable[str]) -> None:
    """Raises Invalid that names each value a form may not set here; an office's own fields it may."""
    said = _("This cannot be changed here.")
    if strange := dict.fromkeys(set(custom.split(values)[0]) - set(allowed), said):
        raise Invalid(said, **strange)
