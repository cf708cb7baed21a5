"""Records for the commands on visits: only inside a command or query, never for a screen."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.kernel.extensions import Due
from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.undo import Deed
from core.kernel.unit_of_work import UnitOfWork
from core.visits.models import VisitAct, VisitPeriod
from core.visits.queries.of_home import DEED


def confirmed_today(uow: UnitOfWork, house_id: int, seen: str) -> bool:
    """Whether the actor confirmed just this today, and it was not taken back."""
    asked = _mine(uow, house_id, "confirmed").where(VisitAct.seen == seen)
    return uow.session.exec(asked).first() is not None


def nobody_today(uow: UnitOfWork, house_id: int) -> date | None:
    """When to come again, if the actor found nobody there today."""
    found = uow.session.exec(_mine(uow, house_id, "nobody")).first()
    return found.again_on if found else None


def _mine(uow: UnitOfWork, house_id: int, kind: str) -> SelectOfScalar[VisitAct]:
    own = (VisitAct.house_id == house_id, VisitAct.who == uow.actor.login, VisitAct.day == uow.today)
    return select(VisitAct).where(*own, VisitAct.kind == kind).order_by(col(VisitAct.at).desc())


def visit_deed(uow: UnitOfWork, deed_id: int | str) -> Deed:
    """A deed of a visit. Raises Missing for any other one."""
    found = uow.get(Deed, deed_id)
    if found.kind != DEED:
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    return found


def period_of(uow: UnitOfWork, area: str, reason: str) -> VisitPeriod | None:
    """The number of days set for this very area."""
    asked = select(VisitPeriod).where(VisitPeriod.area == area, VisitPeriod.reason == reason)
    return uow.session.exec(asked).first()


def old_acts(uow: UnitOfWork, before: date, limit: int) -> Sequence[Due]:
    """Acts at doors of before a day, oldest first, inside a query: for their period."""
    asked = select(VisitAct).where(VisitAct.day < before).order_by(col(VisitAct.day), col(VisitAct.id))
    return [
        Due(one.id, one.area, one.day, "House", one.house_id) for one in uow.session.exec(asked.limit(limit))
    ]
