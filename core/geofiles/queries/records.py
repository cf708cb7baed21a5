"""Areas for the plan and the commands of boundaries; all of it works inside a query or command."""

from sqlmodel import select

from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area
from core.places.queries.shared import below


def areas(uow: UnitOfWork) -> list[Area]:
    """The areas of the actor's branch, closed ones too, inside a query or command."""
    return list(uow.session.exec(select(Area).where(below(uow, Area, ""))))
