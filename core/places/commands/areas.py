"""Adding, editing and closing areas one at a time."""

from datetime import date

from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.places.commands.filing import file_area, refile
from core.places.models import Area, Level
from core.places.queries import next_grid_code, records
from core.places.queries.shared import area_at
from core.places.rules import SERIALS, level_below, level_of, may_stand_under, path_of
from core.places.rules.areas import check_code, check_editable, check_grid, polygon

EDITABLE = ("name", "trade", "polygon", "lon", "lat", "valid_from")
NAMED = 5


@command("area.edit")
def add_area(
    uow: UnitOfWork,
    parent: str,
    /,
    *,
    name: str,
    level: str = "",
    code: str = "",
    kind: str = "general",
    **values: object,
) -> int:
    """File an area under the path `parent` and return its number.

    Without `level` it is the one below the parent's; without `code` a grid gets the next one of its `kind`.
    Raises Invalid for a code or level that does not fit, Refused outside the actor's branch.
    """
    check_editable(values, EDITABLE)
    above = _open_parent(uow, parent)
    own = _level(level, Level(above.level))
    code = code.strip() or (next_grid_code(uow, parent, kind) if own is Level.GRID else "")
    path = _path(code, own, kind, above)
    facts = {"valid_from": date.today(), **_checked(kind, values)}
    area = uow.add(Area, **{**facts, "area": path, "code": code, "name": name, "level": own, "kind": kind})
    file_area(uow, area, records.names_along(uow, parent), born=True)
    return area.id


@command("area.edit")
def edit_area(uow: UnitOfWork, /, area_id: int, seen: int | None, **values: object) -> None:
    """Change name, trade, boundary, centre or first day of an area; code and level stay for ever.

    `seen` is the version the person had before them; a newer one raises Clash.
    """
    check_editable(values, EDITABLE)
    area = uow.get(Area, area_id)
    before = area.name
    uow.change(area, seen=seen, **_checked(area.kind, values))
    if area.name != before:
        refile(uow, area)


@command("area.edit")
def close_area(uow: UnitOfWork, area_id: int, seen: int | None = None) -> None:
    """End an area today; its code is never used again. Raises Invalid with what still stands in it."""
    area = uow.get(Area, area_id)
    if area.valid_to is not None:
        raise Invalid(_("{name} is closed already.").format(name=area.name))
    names, buildings, houses = records.contents(uow, area.area)
    if standing := _standing(names, buildings, houses):
        said = _("{name} cannot be closed yet; move or close first: {what}.")
        raise Invalid(said.format(name=area.name, what=standing))
    uow.change(area, seen=seen, valid_to=date.today())


def _open_parent(uow: UnitOfWork, path: str) -> Area:
    above = area_at(uow, path)
    if above.valid_to is not None:
        raise Invalid(_("{name} is closed already.").format(name=above.name))
    return above


def _level(word: str, above: Level) -> Level:
    """The level meant, or the usual one. Raises Invalid when it cannot stand there."""
    own = level_of(word) if word else level_below(above)
    if own is None or not may_stand_under(own, above):
        said = _("An area of this level cannot stand there.")
        raise Invalid(said, level=said)
    return own


def _path(code: str, level: Level, kind: str, above: Area) -> str:
    """The path of a new area. Raises Invalid for a code that is not of its level, its parent or its kind."""
    check_code(code, level)
    path = path_of(code, (above.area, above.code))
    if not path:
        said = _('The code "{code}" does not begin as the codes in {name} do.')
        raise Invalid(said.format(code=code, name=above.name), code=said.format(code=code, name=above.name))
    own = SERIALS.get(kind)
    if level is Level.GRID and own and int(code[-3:]) not in own:
        said = _("A grid code of this kind ends in {low} to {high}.").format(low=f"{own[0]:03}", high=own[-1])
        raise Invalid(said, code=said)
    return path


def _checked(kind: str, values: dict[str, object]) -> dict[str, object]:
    check_grid(kind, str(values.get("trade") or ""))
    return {**values, "polygon": polygon(values["polygon"])} if "polygon" in values else values


def _standing(names: list[str], buildings: int, houses: int) -> str:
    said = names[:NAMED]
    said += [_("{count} more areas").format(count=len(names) - NAMED)] if len(names) > NAMED else []
    said += [_("{count} buildings").format(count=buildings)] if buildings else []
    said += [_("{count} houses").format(count=houses)] if houses else []
    return "、".join(said)
