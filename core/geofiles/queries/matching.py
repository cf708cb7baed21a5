"""Rows of a file of boundaries beside the areas of the office; all of it works inside a query or command."""

from collections.abc import Mapping, Sequence

from core.geofiles import outlines
from core.geofiles.queries.lines import Line, Register, size
from core.geofiles.queries.neighbours import collide
from core.geofiles.reading import Shape
from core.kernel import sheets
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area, Level
from core.places.rules.areas import path_above

LEVELS = {6: Level.DISTRICT, 9: Level.STREET, 12: Level.COMMUNITY, 15: Level.GRID}
"""The level that the number of digits of a code says; six digits are a city's too."""


def planned(uow: UnitOfWork, shapes: Sequence[Shape], roles: Mapping[str, str], level: Level) -> list[Line]:
    """What each row would do, inside a query or command."""
    register, seen = Register(uow), dict[str, int]()
    lines = [_read(shape, roles) for shape in shapes]
    for line in lines:
        if not line.problems:
            _find(line, register, level)
        if not line.problems:
            _once(line, seen)
        if not line.problems:
            _judge(line, register)
    while collide(lines, register):
        pass  # a row that is left out keeps its old outline, which may collide with another row
    return lines


def _read(shape: Shape, roles: Mapping[str, str]) -> Line:
    line = Line(shape.number, drawn=shape.geometry)
    for role, heading in roles.items():
        setattr(line, role, sheets.text_of(shape.cells.get(heading)) if heading else "")
    try:
        line.area = outlines.outline(shape.geometry)
    except ValueError as trouble:
        line.problems.append(str(trouble))
    return line


def _find(line: Line, register: Register, level: Level) -> None:
    """The area that a row speaks of, by its code or else its name; or where a new grid would stand."""
    if line.code:
        line.found = register.by_code.get(line.code)
    elif line.name:
        named = _near(line, register.by_name[level, line.name], register)
        if len(named) > 1:
            said = _("{n} areas are called {name}: add a column with the code.")
            line.clash(said.format(n=len(named), name=line.name))
            return
        line.found = named[0] if named else None
    else:
        line.problems.append(
            _("Neither a code nor a name says which area this is. Choose the columns above.")
        )
        return
    if line.found is None:
        _stand(line, register, level)
    elif line.found.valid_to is not None:
        line.problems.append(_("{name} is closed already.").format(name=line.found.name))


def _near(line: Line, named: list[Area], register: Register) -> list[Area]:
    """Of areas with one name, the one whose outline the row's meets, or whose community does."""
    if len(named) < 2 or line.area is None:
        return named
    met = [
        one for one in named if one.id in register.shapes and register.shapes[one.id].intersects(line.area)
    ]
    if len(met) != 1 and (around := register.around(line.area, Level.COMMUNITY)) is not None:
        met = [one for one in named if one.area.startswith(around.area)]
    return met if len(met) == 1 else named


def _stand(line: Line, register: Register, level: Level) -> None:
    """Where an area that is not known would stand: only grids are made from a file."""
    own = LEVELS.get(len(line.code)) if line.code else level
    if own is not Level.GRID:
        word = line.code or line.name
        said = _(
            "There is no area {word}. Only grids are made from a file; load the list of divisions first."
        )
        line.problems.append(said.format(word=word))
        return
    if line.code and not line.code.isdecimal():
        line.problems.append(_("{code} is not the code of an area: it has 15 digits.").format(code=line.code))
        return
    above = register.by_code.get(line.code[:12]) if line.code else None
    line.parent = above or (
        register.around(line.area, Level.COMMUNITY) if line.area and not line.code else None
    )
    if line.parent is None:
        line.problems.append(_("No community of yours lies there, or the code begins with another one's."))
    elif not line.name:
        line.problems.append(_("A new grid needs a name."))
    elif line.parent.valid_to is not None:
        line.problems.append(_("{name} is closed already.").format(name=line.parent.name))


def _once(line: Line, seen: dict[str, int]) -> None:
    """A sentence when another row speaks of the same area."""
    key = (
        line.found.area
        if line.found
        else f"{line.parent.area if line.parent else ''}{line.code or line.name}"
    )
    if key in seen:
        said = _("Row {row} is the same area; join the two into one shape first.")
        line.problems.append(said.format(row=seen[key]))
    seen.setdefault(key, line.number)


def _judge(line: Line, register: Register) -> None:
    """What would change, and whether the outline can be that of such an area."""
    assert line.area is not None
    level = Level(line.found.level) if line.found else Level.GRID
    if level is Level.GRID and (pieces := outlines.parts(line.area)) > 1:
        said = _("This shape has {n} pieces; a grid is one. Draw it as one, or as several grids.")
        line.problems.append(said.format(n=pieces))
        return
    _check_home(line, register)
    was = register.shapes.get(line.found.id) if line.found else None
    if outlines.differ(was, line.area):
        before = size(outlines.square_metres(was)) if was else _("none")
        line.changes.append((_("Boundary"), before, size(outlines.square_metres(line.area))))
    if line.found and line.name and line.name != line.found.name and line.code:
        line.changes.append((_("Area name"), line.found.name, line.name))


def _check_home(line: Line, register: Register) -> None:
    """A sentence when most of a grid lies outside of its community: another place, or another coordinate system."""
    above = line.parent or (register.by_path.get(path_above(line.found.area)) if line.found else None)
    around = register.shapes.get(above.id) if above else None
    if (
        above is None
        or around is None
        or line.area is None
        or (line.found and line.found.level != Level.GRID)
    ):
        return
    if around.intersection(line.area).area < line.area.area / 2:
        said = _("Most of it lies outside of {name}: is it the right code and coordinate system?")
        line.problems.append(said.format(name=above.name))
