"""Looking at printings and their files."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import col, select

from core.kernel.extensions import Due
from core.kernel.fields import CHINA
from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork, query
from core.labels.models import PrintRun
from core.labels.queries.choosing import chosen, houses_in_order


@dataclass(frozen=True)
class RunLine:
    """One printing: labels asked for and drawn, files that wait to be fetched, the job that works on it."""

    id: int
    title: str
    wanted: int
    labels: int
    files: int
    state: str
    job_id: int | None
    made_at: datetime
    made_by: str

    @property
    def is_open(self) -> bool:
        """Whether it is still drawn."""
        return self.state in ("waiting", "running")

    def names(self) -> list[str]:
        """The names of its files."""
        return [part_name(number) for number in range(1, self.files + 1)]


def part_name(number: int) -> str:
    """What a file of a printing is called."""
    return f"labels-{number:03}.pdf"


@query("label.print")
def runs(uow: UnitOfWork, limit: int = 10) -> list[RunLine]:
    """My newest printings."""
    mine = select(PrintRun).where(PrintRun.made_by == uow.actor.login)
    found = uow.session.exec(mine.order_by(col(PrintRun.id).desc()).limit(limit))
    return [uow.show(RunLine, one) for one in found]


@query("label.print")
def run(uow: UnitOfWork, run_id: int | str) -> RunLine:
    """One of my printings. Raises Missing, also for another person's: its files open doors."""
    return uow.show(RunLine, own_run(uow, run_id))


@query("label.print")
def run_houses(uow: UnitOfWork, run_id: int) -> list[int]:
    """The houses whose labels a printing is to draw, in the order of walking past them."""
    found = own_run(uow, run_id)
    return list(houses_in_order(uow, chosen(found.choice), found.wanted))


def own_run(uow: UnitOfWork, run_id: int | str) -> PrintRun:
    """A printing of this actor, inside a query or command."""
    found = uow.get(PrintRun, run_id)
    if found.made_by != uow.actor.login and uow.actor.role != "job":
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    return found


def long_made(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Printings of before a day, inside a query: for their period."""
    over = col(PrintRun.made_at) < datetime.combine(before, time(), CHINA)
    found = uow.session.exec(select(PrintRun).where(over).order_by(col(PrintRun.id)).limit(limit))
    return [Due(one.id, one.area, one.made_at.date(), "PrintRun", one.id) for one in found]
