"""What the queries on places share: narrowing to an area, and keyset pages."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from core.kernel.i18n import _
from core.kernel.paging import Page, after, column, write_key
from core.kernel.problems import Missing
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area
from core.places.rules import span

Kept = TypeVar("Kept", bound=AreaRecord)
T = TypeVar("T")


def below(uow: UnitOfWork, kind: type[AreaRecord], under: str) -> ColumnElement[bool]:
    """Records at and below a path, as a range that an index on `area` serves.

    A path above the actor's own means the actor's own, or the index would be walked through up to there.
    """
    low, high = span(uow.actor.area if uow.actor.area.startswith(under) else under)
    return (col(kind.area) >= low) & (col(kind.area) < high)


def area_at(uow: UnitOfWork, path: str) -> Area:
    """The area of that path. Raises Missing."""
    found = uow.session.exec(select(Area).where(Area.area == path)).first()
    if found is None:
        raise Missing(_("There is no such area, or it is not yours."))
    return found


def page_of(
    uow: UnitOfWork,
    kind: type[Kept],
    token: str | None,
    limit: int,
    line: Callable[[Kept], T],
    *where: ColumnElement[bool],
    with_ended: bool = False,
) -> Page[T]:
    """A page in the order of area and birth; closed ones only `with_ended`.

    The start of the page stands first among the conditions: SQLite takes the first bound on a column for
    its index, and from any other one it would walk through all the pages before.
    """
    keys = [column(kind.area), column(kind.id)]
    asked = after(select(kind), keys, token).where(*where).limit(limit + 1)
    found = uow.session.exec(asked.execution_options(with_ended=with_ended)).all()
    shown = found[:limit]
    more = write_key(shown[-1].area, shown[-1].id) if len(found) > limit else None
    return Page([line(record) for record in shown], more)
