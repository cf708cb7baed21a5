"""Drawing, moving, splitting, merging and dividing grids: one command, all of it or nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.gridding.commands.reassigning import reassign
from core.gridding.models import GridChange, GridMove
from core.gridding.queries.hanging import Found
from core.gridding.queries.keeping import SINCE
from core.gridding.queries.planning import Plan, Way, plan
from core.gridding.rules import Draft, Turn
from core.kernel.i18n import _
from core.kernel.problems import Clash, Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.places import commands as places
from core.places.models import Area

CHUNK = 5000


@command("grid.draw")
def change_grids(
    uow: UnitOfWork,
    draft: Draft,
    on: date | None = None,
    reason: str = "",
    seen: Mapping[str, int] | None = None,
) -> int:
    """Change the grids of a community as drafted, since a day (today), and let every record of the land that changes
    hands stand in its new grid; the number of the change, by which it can be taken back.

    `seen` are the versions of the grids that were drawn on; newer ones raise Clash. Raises Invalid with what is wrong.
    """
    thought = plan(uow, draft)
    _check(thought, on, seen or {})
    uow.because(reason)
    uow.known[SINCE] = on or date.today()
    paths = {key: _written(uow, thought, key) for key in thought.keys}
    turns = [_turn(thought, key, paths[key]) for key in thought.keys if thought.is_changed(key)]
    turns += [_ending(thought, path, paths[into]) for path, into in thought.outcome.ended.items()]
    moves, counts = thought.moves, thought.counts()
    change = _kept(uow, thought, turns, counts)
    names = {
        paths[key]: [name, thought.ground.names.get(key, name)] for key, name in thought.outcome.names.items()
    }
    names |= {path: [name] for path, name in thought.ground.names.items() if path not in names}
    reassign(uow, _at(moves, paths), names)
    for seeds in (thought.seeds, thought.rest):
        _note_moves(uow, change, _at(seeds, paths))
    _close(uow, thought)
    changes: dict[str, Any] = {"kind": [None, draft.kind], "grids": [None, [turn.area for turn in turns]]}
    uow.lines.append(uow.line("done", about=f"GridChange/{change.id}", area=change.area, changes=changes))
    return change.id


def _check(thought: Plan, on: date | None, seen: Mapping[str, int]) -> None:
    """Raises Invalid for boundaries that cannot be so and a day that cannot be, Clash for grids changed meanwhile."""
    if wrong := [one.said for one in thought.troubles if one.is_blocking]:
        raise Invalid(" ".join(wrong), polygon=" ".join(wrong))
    first = max((one.valid_from for one in thought.grids if one.valid_from), default=None)
    if on is not None and (on > date.today() or (first and on < first)):
        said = _("Choose a day up to today on which all these grids were there already.")
        raise Invalid(said, on=said)
    if any(seen.get(grid.area, grid.version) != grid.version for grid in thought.grids):
        raise Clash(_("Somebody else changed these grids meanwhile; look at them again."))
    if thought.draft.kind == "right" and not thought.moves:
        raise Invalid(_("Every building is filed in the grid it lies in."))


def _written(uow: UnitOfWork, thought: Plan, key: str) -> str:
    """A grid as it is afterwards, filed; its path."""
    land, name = thought.outcome.shapes[key], thought.outcome.names[key]
    if not thought.is_changed(key):
        return key
    [[lon, lat]] = thought.ground.sheet.back(land.representative_point().coords)
    facts: dict[str, Any] = {"polygon": thought.ground.sheet.rings(land), "lon": lon, "lat": lat}
    if key in thought.ground.shapes:
        area = next(one for one in thought.grids if one.area == key)
        places.edit_area(uow, area.id, None, name=name, **facts)
        return key
    number = places.add_area(uow, thought.community.area, name=name, **facts, valid_from=uow.known[SINCE])
    return uow.get(Area, number).area


def _turn(thought: Plan, key: str, path: str) -> Turn:
    name, before = thought.outcome.names[key], thought.ground.shapes.get(key)
    source = _source(thought, key) if before is None else ""
    return Turn(
        path,
        name,
        thought.ground.sheet.rings(before) if before is not None else [],
        thought.ground.sheet.rings(thought.outcome.shapes[key]),
        name_before=thought.ground.names.get(key, name),
        is_born=before is None,
        into=source,
    )


def _source(thought: Plan, key: str) -> str:
    """The grid that a new one took most of its land from; "" for land that was nobody's."""
    land = thought.outcome.shapes[key]
    shared = {one: shape.intersection(land).area for one, shape in thought.ground.shapes.items()}
    best = max(shared, key=lambda one: shared[one], default="")
    return best if best and shared[best] > 0 else ""


def _ending(thought: Plan, path: str, into: str) -> Turn:
    before = thought.ground.sheet.rings(thought.ground.shapes[path])
    name = thought.ground.names[path]
    return Turn(path, name, before, [], name_before=name, into=into)


def _kept(uow: UnitOfWork, thought: Plan, turns: list[Turn], counts: dict[str, int]) -> GridChange:
    return uow.add(
        GridChange,
        area=thought.community.area,
        kind=thought.draft.kind,
        on=uow.known[SINCE],
        at=uow.now,
        who=uow.actor.login,
        reason=uow.reason,
        grids=[turn.told() for turn in turns],
        counts=counts,
    )


def _at(moves: Mapping[Way, Found], paths: Mapping[str, str]) -> dict[Way, Found]:
    """Moves with the paths that new grids got."""
    found: dict[Way, Found] = {}
    for (start, to), kinds in moves.items():
        found.setdefault((start, paths.get(to, to)), {}).update(kinds)
    return found


def _note_moves(uow: UnitOfWork, change: GridChange, moves: Mapping[Way, Found]) -> None:
    for (start, to), kinds in moves.items():
        for kind, numbers in kinds.items():
            for first in range(0, len(numbers), CHUNK):
                some = numbers[first : first + CHUNK]
                told: dict[str, Any] = {"kind": kind, "from_area": start, "to_area": to, "numbers": some}
                uow.session.add(GridMove(area=change.area, change_id=change.id, **told))
    uow.session.flush()


def _close(uow: UnitOfWork, thought: Plan) -> None:
    """Grids that went up in others end; their codes are never used again."""
    for grid in thought.grids:
        if grid.area in thought.outcome.ended:
            places.close_area(uow, grid.id)
