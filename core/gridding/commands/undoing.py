"""Taking a change of grids back: boundaries as before, and every record of that land where it stood."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.gridding.commands.reassigning import reassign
from core.gridding.models import GridChange
from core.gridding.queries import records
from core.gridding.queries.hanging import Found, hanging, leftover, standing, unanchored
from core.gridding.queries.planning import Way, leaving
from core.gridding.rules import KINDS, Turn
from core.kernel.i18n import _
from core.kernel.problems import Clash
from core.kernel.unit_of_work import UnitOfWork, command
from core.places import commands as places
from core.places.models import Area


@command("grid.draw")
def undo_change(uow: UnitOfWork, change_id: int, reason: str = "") -> None:
    """Take a change back: the grids have their boundaries of before, and what moved stands where it stood, also what
    was filed in its buildings since. A grid that the change made is closed, its code stays used.

    Raises Clash when it was taken back already, or its grids were changed again since.
    """
    change = uow.get(GridChange, change_id)
    turns = [Turn(**told) for told in change.grids]
    areas = records.areas_at(uow, [turn.area for turn in turns])
    _check(uow, change, turns, areas)
    uow.because(reason)
    for turn in turns:
        if turn.before and not turn.is_born:
            _restore(uow, areas[turn.area], turn)
    moves = _backwards(uow, change, turns)
    reassign(
        uow,
        moves,
        {turn.area: [turn.name_before or turn.name, turn.name] for turn in turns} | _names(uow, moves),
    )
    for turn in turns:
        if turn.is_born:
            places.close_area(uow, areas[turn.area].id)
    change.undone_at, change.undone_by = uow.now, uow.actor.login
    uow.session.flush()
    told: dict[str, Any] = {"undone": [None, change.kind]}
    uow.lines.append(uow.line("done", about=f"GridChange/{change.id}", area=change.area, changes=told))


def _check(uow: UnitOfWork, change: GridChange, turns: Sequence[Turn], areas: Mapping[str, Area]) -> None:
    if change.undone_at is not None:
        raise Clash(_("This was taken back already."))
    own = {turn.area for turn in turns}
    for later in records.later_changes(uow, change):
        if own & {told["area"] for told in later.grids}:
            said = _("These grids were changed again on {day} ({what}); take that back first.")
            raise Clash(said.format(day=later.on, what=_(KINDS[later.kind])))
    for turn in turns:
        area = areas[turn.area]
        is_as_left = area.polygon == turn.after if turn.after else area.valid_to is not None
        if not is_as_left:
            raise Clash(_("The boundary of {name} has changed since.").format(name=area.name))


def _restore(uow: UnitOfWork, area: Area, turn: Turn) -> None:
    """The boundary, name and life of before."""
    facts: dict[str, Any] = {"polygon": turn.before, "name": turn.name_before}
    if area.valid_to is not None:
        facts["valid_to"] = None
    uow.change(area, **facts)


def _backwards(uow: UnitOfWork, change: GridChange, turns: Sequence[Turn]) -> dict[Way, Found]:
    """What moves back: what had moved for its own place, if it is still there, with all that hangs on it now; and what
    was filed in a new grid since."""
    seeds: dict[Way, dict[str, set[int]]] = {}
    for move in records.moves_of(uow, change.id):
        there = standing(uow, move.kind, move.to_area, unanchored(uow, move.kind, move.numbers))
        kinds = seeds.setdefault((move.to_area, move.from_area), {})
        kinds.setdefault(move.kind, set()).update(there)
    found = {way: hanging(uow, way[0], kinds) for way, kinds in seeds.items()}
    for turn in turns:
        if turn.is_born and turn.into:
            own = found.setdefault((turn.area, turn.into), {})
            for kind, numbers in leftover(uow, turn.area, leaving(found, turn.area)).items():
                own[kind] = sorted({*own.get(kind, ()), *numbers})
    return {way: {kind: n for kind, n in kinds.items() if n} for way, kinds in found.items()}


def _names(uow: UnitOfWork, moves: Mapping[Way, Found]) -> dict[str, list[str]]:
    """The present names of grids that only gave or took buildings."""
    paths = sorted({path for way in moves for path in way})
    return {path: [area.name] for path, area in records.areas_at(uow, paths).items()}
