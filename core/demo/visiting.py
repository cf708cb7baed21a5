"""Visits of the demo's first worker: some of today, and one some days ago at which nobody opened.

Everything goes through the commands of the office, so history and log tell of it as they would anywhere."""

from datetime import datetime, timedelta

from core.demo.plan import Plan
from core.demo.words import table
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Level
from core.visits.commands import confirm_home, nobody_home, note
from core.visits.queries import due_list

AGO = timedelta(days=4)
MOST = 200
NOTE = "白天多不在家，晚上七点后可上门"


class _Earlier(UnitOfWork):
    """Somebody at work some days ago."""

    @property
    def now(self) -> datetime:
        """The moment they think it is."""
        return super().now - AGO


def visit(office: Office, plan: Plan) -> None:
    """Add it to an office that was just filled; only the first grid was visited."""
    known = next(one for one in table("accounts")["account"] if one["login"] == "wang")
    grid = next(plan.root.below(Level.GRID)).path
    actor = Actor("wang", known["role"], grid, known["name"])
    today = office.uow(actor)
    lines = due_list(today, grid, limit=MOST).lines[::-1]
    for line in lines[:1]:
        nobody_home(_Earlier(office, actor), line.house_id, way="list")
        note(_Earlier(office, actor), line.house_id, NOTE)
    for line in lines[1:3]:
        confirm_home(today, line.house_id, line.seen, "scan")
    for line in lines[3:4]:
        nobody_home(today, line.house_id, way="list")
