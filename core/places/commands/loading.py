"""Loading an official list of divisions into the area tree, as often as a new edition comes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.kernel.checking import check
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.places.commands.filing import file_area, refile
from core.places.models import Area, Level
from core.places.queries import records
from core.places.rules import LEVELS, level_of, may_stand_under, path_of, paths_to
from core.places.rules.areas import check_code

COLUMNS = ("code", "level", "name", "parent")
HEADER = 1
"""Lines before the first row, so that a complaint names the line one sees in the file."""


@dataclass(frozen=True)
class Loaded:
    """What a load did, in areas."""

    added: int
    changed: int
    closed: int
    same: int


@dataclass(frozen=True)
class _Row:
    line: int
    code: str
    level: Level
    name: str
    parent: str


@dataclass(frozen=True)
class _Spot:
    """Where a row stands in the tree."""

    path: str
    code: str
    level: Level


@command("area.edit")
def load_areas(uow: UnitOfWork, rows: Iterable[Mapping[str, Any]], *, root: str = "") -> Loaded:
    """File the areas of a list with the columns code, level, name, parent; `root` is the code to begin at.

    Twice the same list changes nothing. An area of a level in the list that is not in it any more is closed,
    one that is in it again is opened. Raises Invalid with the line for an unknown parent, a code given twice,
    or a code, level or name that cannot be.
    """
    listed = _branch(_read(rows), root)
    known = records.areas_by_code(uow, sorted({c for row in listed for c in (row.code, row.parent) if c}))
    spots = _placed(listed, known, root)
    fresh = [_file(row, spots[row.code].path) for row in listed if row.code not in known]
    uow.session.add_all(fresh)
    uow.session.flush()
    changed = [row for row in listed if row.code in known and _changed(uow, row, known[row.code])]
    _file_all(uow, fresh)
    closed = _close_others(uow, listed, spots)
    return Loaded(len(fresh), len(changed), closed, len(listed) - len(fresh) - len(changed))


def _wrong(line: int, sentence: str) -> Invalid:
    return Invalid(_("Line {line}: {sentence}").format(line=line, sentence=sentence))


def _read(rows: Iterable[Mapping[str, Any]]) -> list[_Row]:
    """The rows from above to below. Raises Invalid with the line."""
    seen: dict[str, _Row] = {}
    for line, row in enumerate(rows, HEADER + 1):
        one = _row(line, {name: str(row.get(name) or "").strip() for name in COLUMNS})
        if one.code in seen:
            said = _("the code {code} stands in line {first} already.")
            raise _wrong(line, said.format(code=one.code, first=seen[one.code].line))
        seen[one.code] = one
    return sorted(seen.values(), key=lambda one: LEVELS.index(one.level))


def _row(line: int, row: dict[str, str]) -> _Row:
    level = level_of(row["level"])
    if level is None:
        raise _wrong(
            line,
            _('there is no level "{level}"; use {levels}.').format(
                level=row["level"], levels=", ".join(LEVELS)
            ),
        )
    try:
        check_code(row["code"], level)
    except Invalid as trouble:
        raise _wrong(line, trouble.sentence) from trouble
    return _Row(line, row["code"], level, row["name"], row["parent"])


def _branch(listed: list[_Row], root: str) -> list[_Row]:
    """The row with the code `root` and all below it. Raises Invalid when the list does not have it."""
    if not root:
        return listed
    inside = {row.code for row in listed if row.code == root}
    if not inside:
        raise Invalid(_("The list has no area with the code {code}.").format(code=root), root=root)
    for row in listed:
        if row.parent in inside:
            inside.add(row.code)
    return [row for row in listed if row.code in inside]


def _placed(listed: list[_Row], known: dict[str, Area], root: str) -> dict[str, _Spot]:
    """Code -> place in the tree for each row. Raises Invalid with the line."""
    spots = {code: _Spot(area.area, code, Level(area.level)) for code, area in known.items()}
    for row in listed:
        above = spots.get(row.parent)
        if above is None and row.parent and row.code != root:
            said = _("the area above, {parent}, is neither in the list nor in this office.")
            raise _wrong(row.line, said.format(parent=row.parent))
        spots[row.code] = _spot(row, above, spots.get(row.code))
    return spots


def _spot(row: _Row, above: _Spot | None, now: _Spot | None) -> _Spot:
    if not may_stand_under(row.level, above.level if above else None):
        raise _wrong(row.line, _("{name} cannot stand under an area of that level.").format(name=row.name))
    path = path_of(row.code, (above.path, above.code) if above else None)
    if not path:
        said = _("the code {code} does not begin as its parent's, {parent}, does.")
        raise _wrong(row.line, said.format(code=row.code, parent=row.parent))
    if now and now.path != path:
        said = _("{name} stands elsewhere in this office; load only the part of the list below {code}.")
        raise _wrong(row.line, said.format(name=row.name, code=row.code))
    return _Spot(path, row.code, row.level)


def _file(row: _Row, path: str) -> Area:
    try:
        return check(Area, {"area": path, "code": row.code, "name": row.name, "level": row.level})
    except Invalid as trouble:
        raise _wrong(row.line, trouble.sentence) from trouble


def _changed(uow: UnitOfWork, row: _Row, area: Area) -> bool:
    """Bring an area up to date; whether there was anything to do."""
    if (area.name, area.level, area.valid_to) == (row.name, row.level, None):
        return False
    before = area.name
    uow.change(area, name=row.name, level=row.level, valid_to=None)
    if area.name != before:
        refile(uow, area)
    return True


def _file_all(uow: UnitOfWork, fresh: list[Area]) -> None:
    """Search documents of the new areas, with the names of those above."""
    paths = {path for area in fresh for path in paths_to(area.area)}
    names = records.names_of(uow, sorted(paths))
    for area in fresh:
        file_area(uow, area, [names[path] for path in paths_to(area.area)[:-1] if path in names], born=True)


def _close_others(uow: UnitOfWork, listed: list[_Row], spots: dict[str, _Spot]) -> int:
    """End the areas below the loaded roots that the list does not name; its levels only, so grids stay."""
    codes, levels = {row.code for row in listed}, {row.level for row in listed}
    tops = [spots[row.code].path for row in listed if row.parent not in codes]
    gone = [
        area
        for top in tops
        for area in records.areas_below(uow, top)
        if area.code not in codes and area.level in levels and area.valid_to is None
    ]
    for area in gone:
        uow.change(area, valid_to=date.today())
    return len(gone)
