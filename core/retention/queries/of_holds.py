"""Records that must stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import SQLModel, col, or_, select

from core.kernel.unit_of_work import UnitOfWork, query
from core.retention.models import Hold


@dataclass(frozen=True)
class HoldLine:
    """A hold in a list."""

    id: int
    area: str
    about_kind: str
    about_id: int
    why: str
    until: date | None
    set_by: str
    set_at: datetime


@query("hold.edit")
def holds(uow: UnitOfWork) -> list[HoldLine]:
    """The holds in force in the branch, newest first."""
    found = select(Hold).where(col(Hold.lifted_at).is_(None)).order_by(col(Hold.id).desc()).limit(200)
    return [uow.show(HoldLine, one) for one in uow.session.exec(found)]


def held(uow: UnitOfWork, abouts: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the records that a hold keeps today, whoever set it, inside a query or command."""
    wanted = set(abouts)
    table = SQLModel.metadata.tables["hold"]
    asked = select(table.c.about_kind, table.c.about_id).where(
        table.c.lifted_at.is_(None), or_(table.c.until.is_(None), table.c.until >= uow.today)
    )
    return {(kind, number) for kind, number in uow.session.connection().execute(asked)} & wanted
