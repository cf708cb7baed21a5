"""Taking in a file of boundaries, all that is good of it or nothing, and taking it back as a whole."""

import hashlib
from typing import Any

from shapely import Point

from core.entries.models import ImportBatch
from core.entries.queries.records import removal_of
from core.geofiles import outlines
from core.geofiles.queries.lines import Line
from core.geofiles.queries.of_boundaries import BOUNDARIES, Wanted, read_lines
from core.kernel import undo
from core.kernel.i18n import N_, _
from core.kernel.planning import CHANGED, GOOD, NEW
from core.kernel.problems import Invalid, Missing
from core.kernel.unit_of_work import UnitOfWork, command
from core.places.commands import add_area, edit_area
from core.places.queries import my_root

undo.DEEDS[BOUNDARIES] = N_("Boundaries taken in")


@command("area.edit")
def import_boundaries(uow: UnitOfWork, data: bytes, file: str, how: Wanted | None = None) -> int:
    """Take in what is good of a file of boundaries and return the number of the batch.

    The plan is made anew, so that what others drew meanwhile counts. Raises Invalid for a file that cannot be read, and
    when nothing of it is new or changed.
    """
    _found, lines = read_lines(uow, data, file, how or Wanted())
    good = [line for line in lines if line.state in GOOD]
    if not good:
        raise Invalid(_("Nothing in this file is new or changed."))
    uow.because(file)
    count = {state: sum(line.state == state for line in good) for state in GOOD}
    told = {"added": count[NEW], "changed": count[CHANGED], "left_out": len(lines) - len(good)}
    batch = uow.add(
        ImportBatch,
        area=uow.actor.area or my_root(uow).area,
        register_name=BOUNDARIES,
        file=file[:120],
        digest=hashlib.sha256(data).hexdigest(),
        at=uow.now,
        by=uow.actor.login,
        **told,
    )
    with undo.deed(uow, BOUNDARIES, batch):
        for line in good:
            _take(uow, line)
    return batch.id


def _take(uow: UnitOfWork, line: Line) -> None:
    """File a new grid, or change the outline and name of an area."""
    facts = _drawn(line)
    if line.found is not None:
        edit_area(uow, line.found.id, None, **facts)
    elif line.parent is not None:
        trade = {"trade": line.trade} if line.kind == "industry" and line.trade else {}
        add_area(
            uow, line.parent.area, code=line.code, kind=line.kind, **{"name": line.name, **facts, **trade}
        )


def _drawn(line: Line) -> dict[str, Any]:
    """Outline, name and centre; a centre that still lies inside of the outline stays."""
    assert line.area is not None
    facts: dict[str, Any] = {"polygon": outlines.rings(line.area)}
    if line.name and (line.code or line.found is None):
        facts["name"] = line.name
    was = line.found
    if was is None or was.lon is None or was.lat is None or not line.area.covers(Point(was.lon, was.lat)):
        middle = line.area.representative_point()
        facts |= {"lon": round(middle.x, 7), "lat": round(middle.y, 7)}
    return facts


@command("area.edit")
def undo_boundaries(uow: UnitOfWork, batch_id: int) -> None:
    """Take a whole file of boundaries back. Raises Clash with what has changed since, Missing for an unknown batch."""
    batch = uow.get(ImportBatch, batch_id)
    done = removal_of(uow, f"ImportBatch/{batch.id}", BOUNDARIES)
    if done is None or batch.register_name != BOUNDARIES:
        raise Missing(_("There is nothing to take back."))
    undo.take_back(uow, done, lambda step: _("area {number}").format(number=step.id))
    uow.change(batch, undone_at=uow.now)
