"""How a page of people is found fast among hundreds of thousands without statistics; everything inside a
query.

Two shapes. *Walk*: go along the index of the wanted order and stop when the page is full: best when many
fit and the whole office is in sight. *Collect*: take everybody of the area from the covering index
`ix_person_list`, then sort: best for a part of the office or when few fit. A walk first takes the short
one of the STRIDES, which fills most pages, then the long one; when that does not fill the page either it
gives way to collecting, so the worst case is the sum of all (measured on 375,000 people: 5, 15 and 80 ms).

SQLite walks only where the first column of the order has a lower and an upper bound, even if they hold
for everybody. Of two bounds on one side it takes either, so the key of a page is itself the near bound:
otherwise all the pages before would be read again.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, case
from sqlalchemy import select as choose
from sqlmodel import col, select

from core.kernel.paging import READ, Page, after, column, write_key
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person
from core.people.queries.shared import AnySelect, rows

Kept = TypeVar("Kept", bound=AreaRecord)
LAST = "\U0010ffff"
"""Behind every letter."""
STRIDES = (1_000, 20_000)
ENDS: dict[str, tuple[Any, Any]] = {
    "id": (0, 2**53),
    "name": ("", LAST),
    "birth": (date(1, 1, 1), date(9999, 12, 31)),
    "verified_at": (datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)),
}


@dataclass(frozen=True)
class Leg:
    """A part of an order: its columns, the last one `id`, and whether it is of those verified or never
    verified.
    """

    names: tuple[str, ...]
    verified: bool | None = None

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """The columns to order by."""
        return [column(getattr(Person, name)) for name in self.names]

    def only(self, *, by_index: bool) -> list[ColumnElement[bool]]:
        """Which people belong to it; not `by_index`: said so that SQLite does not begin with this
        condition.
        """
        seen = col(Person.verified_at)
        if self.verified is None:
            return []
        if by_index:
            return [seen.is_not(None) if self.verified else seen.is_(None)]
        return [case((seen.is_(None), 0), else_=1) == int(self.verified)]


@dataclass(frozen=True)
class Order:
    """One leg after the other. People never verified make a leg of their own: NULL has no place in a key."""

    legs: tuple[Leg, ...]
    down: bool


def chosen(sort: str, down: bool) -> Order:
    """The order a person chose; `recent` begins with the newest unless turned round."""
    if sort == "verified":
        legs = (Leg(("id",), verified=False), Leg(("verified_at", "id"), verified=True))
        return Order(legs[::-1] if down else legs, down)
    names = {"name": ("name", "id"), "birth": ("birth", "id")}.get(sort, ("id",))
    return Order((Leg(names),), down if len(names) > 1 else not down)


def key_of(order: Order, person: Person) -> str:
    """The key after which the page behind this person starts."""
    never = len(order.legs) > 1 and person.verified_at is None
    names = ("id",) if never else max((leg.names for leg in order.legs), key=len)
    return write_key(*(getattr(person, name) for name in names))


def page_ids(
    uow: UnitOfWork,
    order: Order,
    where: list[ColumnElement[bool]],
    token: str | None,
    limit: int,
    *,
    walk: bool,
) -> list[int]:
    """The numbers of up to `limit` people in order after `token`, inside a query."""
    legs = list(order.legs)
    while token and len(legs) > 1 and len(legs[0].names) != token.count("~") + 1:
        legs.pop(0)
    found: list[int] = []
    for leg in legs:
        if len(found) < limit:
            found += _leg_ids(uow, leg, order.down, where, token, limit - len(found), walk)
        token = None
    return found


def _leg_ids(
    uow: UnitOfWork,
    leg: Leg,
    down: bool,
    where: list[ColumnElement[bool]],
    token: str | None,
    limit: int,
    walk: bool,
) -> list[int]:
    columns: Any = choose(*leg.columns[::-1])
    asked: Any = after(columns, leg.columns, token, down=down)
    if walk:
        found, finished = _walk(uow, leg, _ends(leg, down, token), down, asked, where, limit)
        if finished:
            return found
    collect = asked.where(*where, *leg.only(by_index=False)).limit(limit)
    return [row[0] for row in rows(uow, collect)]


def _ends(leg: Leg, down: bool, token: str | None) -> tuple[Any, Any]:
    """The bounds of the first column: everybody, or from the key of the page on."""
    low, high = ENDS[leg.names[0]]
    if not token or token.count("~") + 1 != len(leg.names):
        return low, high
    try:
        near = READ.get(type(low), str)(token.partition("~")[0])
    except ValueError:
        return low, high
    return (low, near) if down else (near, high)


def _walk(
    uow: UnitOfWork,
    leg: Leg,
    ends: tuple[Any, Any],
    down: bool,
    asked: AnySelect,
    where: list[ColumnElement[bool]],
    limit: int,
) -> tuple[list[int], bool]:
    """The people of the next steps, few and then many, and whether these are all that was asked for."""
    first, found = leg.columns[0], list[int]()
    along = asked.where(*leg.only(by_index=True))
    for stride in STRIDES:
        edge, (low, high) = rows(uow, along.where(first.between(*ends)).offset(stride).limit(1)), ends
        if edge:
            low, high = (edge[0][-1], high) if down else (low, edge[0][-1])
        found = [row[0] for row in rows(uow, along.where(first.between(low, high), *where).limit(limit))]
        if len(found) == limit or not edge:
            return found, True
    return found, False


def area_page(
    uow: UnitOfWork, kind: type[Kept], where: list[ColumnElement[bool]], token: str | None, limit: int
) -> Page[Kept]:
    """A page of records by area and number, for other queries; works inside one."""
    keys = [column(kind.area), column(kind.id)]
    found = uow.session.exec(after(select(kind), keys, token).where(*where).limit(limit + 1)).all()
    shown = list(found[:limit])
    return Page(shown, write_key(shown[-1].area, shown[-1].id) if len(found) > limit else None)
