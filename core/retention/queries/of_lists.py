"""What is over, and the lists of it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import col, func, select

from core.kernel.extensions import Due
from core.kernel.fields import CHINA
from core.kernel.identifiers import mask_other
from core.kernel.kinds import KINDS
from core.kernel.paging import Page, after, column, write_key
from core.kernel.unit_of_work import UnitOfWork, query
from core.retention.models import DisposalItem, DisposalList, ItemState, ListState
from core.retention.periods import kinds
from core.retention.queries.of_holds import held
from core.retention.queries.of_periods import last_day

MOST = 5000
"""Records of a kind on one list: what one person can answer for."""


@dataclass(frozen=True)
class ListLine:
    """A list: `counts` is kind -> records, `done` state -> records."""

    id: int
    area: str
    prepared_at: datetime
    prepared_by: str
    state: str
    counts: dict[str, Any]
    decided_at: datetime | None
    decided_by: str
    why: str
    done: dict[str, int]


@dataclass(frozen=True)
class ItemLine:
    """A record on a list. `about` is its number, masked for who may not see such records; then `href` is empty."""

    id: int
    area: str
    kind: str
    about: str
    href: str
    since: date
    state: str
    why: str


def over(uow: UnitOfWork, kind: str, limit: int = MOST) -> list[Due]:
    """What of a kind is over and not held, oldest first, inside a query or command."""
    due = kinds()[kind].due
    found = list(due(uow, last_day(uow, kind), limit)) if due else []
    kept = held(uow, ((one.about_kind, one.about_id) for one in found))
    return [one for one in found if (one.about_kind, one.about_id) not in kept]


@query("retention.prepare")
def due_now(uow: UnitOfWork) -> dict[str, list[Due]]:
    """What is over in the branch, by kind; only kinds that need a list."""
    return {name: over(uow, name) for name, kind in kinds().items() if kind.is_listed and kind.due}


@query("retention.view")
def disposals(uow: UnitOfWork, limit: int = 20) -> list[ListLine]:
    """The lists of the branch, newest first."""
    found = uow.session.exec(select(DisposalList).order_by(col(DisposalList.id).desc()).limit(limit))
    return [_line(uow, one) for one in found]


@query("retention.view")
def disposal(uow: UnitOfWork, list_id: int | str) -> ListLine:
    """One list. Raises Missing."""
    return _line(uow, uow.get(DisposalList, list_id))


def _line(uow: UnitOfWork, found: DisposalList) -> ListLine:
    counted = select(DisposalItem.state, func.count()).where(DisposalItem.list_id == found.id)
    done = dict(uow.session.exec(counted.group_by(col(DisposalItem.state))).all())
    return uow.show(ListLine, found, done=done)


@query("retention.view")
def items(
    uow: UnitOfWork, list_id: int | str, kind: str = "", start: str | None = None, limit: int = 50
) -> Page[ItemLine]:
    """The records behind a number of a list. Raises Missing."""
    found = uow.get(DisposalList, list_id)
    wanted = select(DisposalItem).where(DisposalItem.list_id == found.id)
    wanted = wanted.where(DisposalItem.kind == kind) if kind else wanted
    rows = uow.session.exec(after(wanted, [column(DisposalItem.id)], start).limit(limit + 1)).all()
    shown = [_item(uow, row) for row in rows[:limit]]
    return Page(shown, write_key(shown[-1].id) if len(rows) > limit else None)


def _item(uow: UnitOfWork, row: DisposalItem) -> ItemLine:
    known = KINDS.get(row.about_kind)
    sees = known is not None and uow.actor.may(known.view) and row.state != ItemState.DELETED
    number = str(row.about_id) if sees else mask_other(str(row.about_id))
    href = f"{row.about_kind.lower()}?id={row.about_id}" if sees else ""
    return uow.show(ItemLine, row, about=number, href=href)


@query("retention.delete")
def open_items(uow: UnitOfWork, list_id: int) -> list[tuple[int, str, int, str]]:
    """(number, kind, record, why it stays or "") of each item still to be done, looked at once more: what was put on
    hold or is no longer over since the list was made stays."""
    wanted = select(DisposalItem).where(
        DisposalItem.list_id == list_id, DisposalItem.state == ItemState.LISTED
    )
    rows = uow.session.exec(wanted.order_by(col(DisposalItem.id))).all()
    kept = held(uow, ((row.about_kind, row.about_id) for row in rows))
    still = {
        kind: {one.record_id for one in over(uow, kind, 10 * MOST)} for kind in {row.kind for row in rows}
    }
    return [
        (
            row.id,
            row.kind,
            row.record_id,
            "hold"
            if (row.about_kind, row.about_id) in kept
            else ""
            if row.record_id in still[row.kind]
            else "not over",
        )
        for row in rows
    ]


def old_lists(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Lists that were decided on before a day, inside a query: for their period."""
    over = col(DisposalList.decided_at) < datetime.combine(before, time(), CHINA)
    ended = col(DisposalList.state).in_((ListState.DONE, ListState.REJECTED))
    found = uow.session.exec(
        select(DisposalList).where(over, ended).order_by(col(DisposalList.id)).limit(limit)
    )
    return [
        Due(one.id, one.area, (one.decided_at or uow.now).date(), "DisposalList", one.id) for one in found
    ]


def item_records(uow: UnitOfWork, list_id: int) -> list[DisposalItem]:
    """What stands on a list, inside a command."""
    return list(uow.session.exec(select(DisposalItem).where(DisposalItem.list_id == list_id)))


@query("retention.delete")
def night_work(uow: UnitOfWork) -> dict[str, list[int]]:
    """What goes without a list, by kind."""
    return {
        name: [one.record_id for one in over(uow, name)]
        for name, kind in kinds().items()
        if not kind.is_listed and kind.due
    }
