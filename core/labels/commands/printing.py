"""Printing: which labels, their facts for the drawing, and that they were printed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import SQLModel

from core.kernel.i18n import _
from core.kernel.jobs.commands import cancel, start
from core.kernel.problems import Clash, Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.labels.commands.issuing import issue, tell
from core.labels.drawing.layout import Facts
from core.labels.models import PrintRun
from core.labels.queries import records
from core.labels.queries.choosing import Choice, called, houses_in_order
from core.labels.queries.facts import facts_of
from core.labels.queries.of_runs import own_run, part_name
from core.places.models import Building, House
from core.places.queries.of_areas import area_names

MOST = 200_000
AT_ONCE = 400
"""Up to so many labels are drawn while the person waits; more of them are a job."""
JOB = "labels.print"
Row = dict[str, Any]


@command("label.print")
def start_run(uow: UnitOfWork, choice: Choice) -> int:
    """Ask for the labels of some houses; the number of the printing. Many of them become a job at once.

    Raises Invalid when there is none, or when there are too many.
    """
    wanted = len(houses_in_order(uow, choice, MOST + 1))
    if not wanted:
        raise Invalid(_("No house matches; choose another area or another state."))
    if wanted > MOST:
        raise Invalid(_("More than {n} labels at once: choose a smaller area.").format(n=f"{MOST:,}"))
    facts = {"choice": choice.told(), "title": _title(uow, choice), "wanted": wanted}
    made = uow.add(PrintRun, area=uow.actor.area, **facts, made_at=uow.now, made_by=uow.actor.login)
    if wanted > AT_ONCE:
        made.job_id = start(uow, JOB, {"run_id": made.id})
    uow.session.flush()
    return made.id


@command("label.print")
def stop_run(uow: UnitOfWork, run_id: int) -> None:
    """Draw no more of a printing; the files that are finished stay. Raises Missing, Clash for one that has ended."""
    found = own_run(uow, run_id)
    if not found.job_id or found.state not in ("waiting", "running"):
        raise Clash(_("This job has ended already."))
    cancel(uow, found.job_id)
    found.state = "cancelled"


@command("label.print")
def end_run(uow: UnitOfWork, run_id: int, state: str) -> None:
    """How a printing ended."""
    own_run(uow, run_id).state = state


@command("label.print")
def prepare(uow: UnitOfWork, house_ids: Sequence[int]) -> list[Facts]:
    """What the labels of some houses say, in their order; houses without a label get one. Closed ones are left out."""
    houses = records.standing_of(uow, house_ids)
    issue(uow, [house.id for house in houses])
    labels = records.active_of(uow, [house.id for house in houses])

    def codes(house: House) -> tuple[str, str]:
        return labels[house.id].token.open(), labels[house.id].short_code

    return facts_of(uow, houses, codes)


@command("label.print")
def record_file(uow: UnitOfWork, run_id: int, house_ids: Sequence[int]) -> str:
    """A file with the labels of these houses is there: they are printed from now on. The name of the file."""
    found = own_run(uow, run_id)
    found.labels, found.files = found.labels + mark_printed(uow, house_ids), found.files + 1
    found.state = "running" if found.state == "waiting" else found.state
    return part_name(found.files)


@command("label.print")
def forget_run(uow: UnitOfWork, run_id: int) -> None:
    """Take a printing out of the list; its files go with it (printing.py)."""
    uow.remove(own_run(uow, run_id))


@command("label.print")
def mark_printed(uow: UnitOfWork, house_ids: Sequence[int]) -> int:
    """The labels in use of some houses were printed and say what their houses say now; how many.

    Written past the session, for thousands at once.
    """
    houses = records.standing_of(uow, house_ids)
    labels = records.active_of(uow, [house.id for house in houses])
    rows: list[Row] = [
        {"label": labels[house.id].id, "address": house.address, "code": house.code} for house in houses
    ]
    table = SQLModel.metadata.tables["door_label"]
    told = {"printed_at": uow.now, "printed_by": uow.actor.login, "printed_for": uow.office.settings.origin}
    counted = {"print_count": table.c.print_count + 1, "version": table.c.version + 1}
    said: Row = {"printed_address": bindparam("address"), "printed_code": bindparam("code")}
    change = update(table).where(table.c.id == bindparam("label")).values(**told, **counted, **said)
    uow.session.connection().execute(change, rows)
    marks = [{"id": labels[h.id].id, "area": h.area, "house_id": h.id} for h in houses]
    for label in labels.values():
        uow.session.expire(label)
    tell(uow, marks, {"printed": [None, uow.office.settings.origin]})
    return len(houses)


def _title(uow: UnitOfWork, choice: Choice) -> str:
    """What was asked for, in words."""
    if choice.building is not None:
        return uow.get(Building, choice.building).address
    path = choice.under or uow.actor.area
    place = area_names(uow, [path]).get(path, path)
    if choice.houses:
        return _("{n} houses").format(n=len(choice.houses))
    return f"{place} · {called(choice.show)}"
