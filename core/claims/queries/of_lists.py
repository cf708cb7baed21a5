"""Lists of self-reports: what is to be verified, what is open about a house, which homes must be gone to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case
from sqlmodel import col, func, select

from core.claims.models import OPEN, Claim
from core.claims.queries import records
from core.claims.rules import ADD, HOUSE, TITLES, urgency
from core.kernel.i18n import _, language
from core.kernel.paging import Page, after, column, write_key
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.queries import Todo
from core.people.queries.shared import addresses
from core.places.models import House
from core.places.queries.shared import below

DONE = ("accepted", "partly", "refused", "withdrawn", "outdated")


@dataclass(frozen=True, kw_only=True)
class ClaimFilter:
    """Which self-reports; nothing said means those to be verified. `state` may be "late", "urgent", "done" or a code of
    the list, `what` a kind of statement, `order` "place" instead of the day by which they are due."""

    under: str = ""
    state: str = ""
    what: str = ""
    who: str = ""
    order: str = ""


@dataclass(frozen=True)
class ClaimLine:
    """One self-report in a list: `says` is what it is about in words, `others` how many more of this house are open."""

    id: int
    area: str
    house_id: int
    address: str
    who: str
    says: str
    handed_in_at: datetime
    due_on: date
    state: str
    is_urgent: bool
    urgency: str
    others: int
    is_unchanged: bool


@dataclass(frozen=True)
class Wanted:
    """A self-report for which somebody must go to the house: what to look at, and since when it waits."""

    claim_id: int
    note: str
    since: datetime


@query("claim.view")
def claims(
    uow: UnitOfWork, wanted: ClaimFilter, *, start: str | None = None, limit: int = 50
) -> Page[ClaimLine]:
    """A page of self-reports: urgent ones first and then by the day they are due, or house by house, or, of those that
    are done, the newest first."""
    asked = select(Claim).where(*_where(uow, wanted))
    if wanted.order == "place":
        asked = asked.join(House, col(House.id) == col(Claim.house_id))
    keys, is_down = _keys(wanted)
    rows = uow.session.exec(after(asked, keys, start, down=is_down).limit(limit + 1)).all()
    shown = rows[:limit]
    lines = lines_of(uow, shown)
    return Page(lines, _after(uow, wanted, shown[-1]) if len(rows) > limit else None)


@query("claim.view")
def open_of_house(uow: UnitOfWork, house_id: int | str) -> list[ClaimLine]:
    """The open self-reports about a house, oldest first. Raises Missing."""
    return lines_of(uow, records.open_at(uow, uow.get(House, house_id).id))


@query("claim.view")
def visits_wanted(uow: UnitOfWork) -> dict[int, list[Wanted]]:
    """House -> the self-reports for which somebody must go there."""
    found: dict[int, list[Wanted]] = {}
    asked = select(Claim).where(below(uow, Claim, ""), Claim.state == "visit").order_by(col(Claim.id))
    for one in uow.session.exec(asked):
        found.setdefault(one.house_id, []).append(Wanted(one.id, one.why, one.handed_in_at))
    return found


@query("claim.view")
def numbers(uow: UnitOfWork, under: str = "") -> dict[str, int]:
    """How many are to be verified ("open"), urgent, late, and waiting for a visit, at and below a place."""
    asked = {"open": "", "urgent": "urgent", "late": "late", "visit": "visit"}
    return {name: _count(uow, ClaimFilter(under=under, state=state)) for name, state in asked.items()}


@query("home.view")
def todo(uow: UnitOfWork) -> list[Todo]:
    """What waits for the actor, for the workbench."""
    if not uow.actor.may("claim.handle"):
        return []
    told = {
        "late": _("Self-reports that are overdue"),
        "urgent": _("Urgent self-reports"),
        "": _("Self-reports to verify"),
    }
    found = [
        Todo(
            f"claim_{state or 'open'}",
            title,
            _count(uow, ClaimFilter(state=state)),
            "claims",
            f"state={state}",
        )
        for state, title in told.items()
    ]
    return [one for one in found if one.count]


@query("claim.follow")
def number_of(uow: UnitOfWork, code: str) -> int:
    """The self-report of a receipt number that somebody reads out. Raises Missing, also at another office."""
    return records.by_receipt(uow, code).id


def lines_of(uow: UnitOfWork, found: Sequence[Claim]) -> list[ClaimLine]:
    """Self-reports as lines, inside a query."""
    at, says = addresses(uow, (one.house_id for one in found)), _says(uow, found)
    others = _others(uow, {one.house_id for one in found})
    return [
        uow.show(
            ClaimLine,
            one,
            address=at.get(one.house_id, _("a house outside your area")),
            says=says[one.id],
            urgency=urgency(one.due_on, uow.today, is_open=one.state in OPEN),
            others=max(0, others.get(one.house_id, 0) - (one.state in OPEN)),
            is_unchanged=one.what == "/nothing/",
        )
        for one in found
    ]


def _says(uow: UnitOfWork, found: Sequence[Claim]) -> dict[int, str]:
    """Self-report -> what it is about: "Somebody lives here ×2, The house: Rented out"."""
    words: dict[int, list[str]] = {
        one.id: [_(TITLES[kind]) for kind in one.what.strip("/").split("/")] for one in found
    }
    items = records.items_of(uow, [one.id for one in found])
    added: dict[int, set[int]] = {}
    for item in items:
        if item.kind == ADD:
            added.setdefault(item.claim_id, set()).add(item.part)
        if (item.kind, item.field) == (HOUSE, "state"):
            told = records.known_of(item).said(records.value_of(item), language.get())
            words[item.claim_id] = [
                f"{w}：{told}" if w == _(TITLES[HOUSE]) else w for w in words[item.claim_id]
            ]
    for number, parts in added.items():
        more = f" ×{len(parts)}" if len(parts) > 1 else ""
        words[number] = [f"{w}{more}" if w == _(TITLES[ADD]) else w for w in words[number]]
    return {number: "、".join(each) for number, each in words.items()}


def _others(uow: UnitOfWork, house_ids: Iterable[int]) -> dict[int, int]:
    """House -> how many self-reports about it are open."""
    asked = select(Claim.house_id, func.count()).where(
        col(Claim.house_id).in_(list(house_ids)), col(Claim.state).in_(OPEN)
    )
    return dict(uow.session.exec(asked.group_by(col(Claim.house_id))).all())


def _where(uow: UnitOfWork, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    found = [below(uow, Claim, wanted.under)]
    is_open = col(Claim.state).in_(OPEN)
    special: dict[str, list[ColumnElement[bool]]] = {
        "": [is_open],
        "urgent": [is_open, col(Claim.is_urgent).is_(True)],
        "late": [is_open, col(Claim.due_on) < uow.today],
        "done": [col(Claim.state).in_(DONE)],
    }
    found += special.get(wanted.state, [col(Claim.state) == wanted.state])
    if wanted.what:
        found.append(col(Claim.what).contains(f"/{wanted.what}/", autoescape=True))
    return [*found, *([col(Claim.who) == wanted.who] if wanted.who else [])]


def _keys(wanted: ClaimFilter) -> tuple[list[ColumnElement[Any]], bool]:
    """In which order, and whether it goes down."""
    number = column(Claim.id)
    if wanted.state in DONE or wanted.state == "done":
        return [number], True
    if wanted.order == "place":
        return [column(Claim.area), column(House.address), number], False
    is_calm = case((col(Claim.is_urgent).is_(True), 0), else_=1)
    return [is_calm, column(Claim.due_on), number], False


def _after(uow: UnitOfWork, wanted: ClaimFilter, last: Claim) -> str:
    if _keys(wanted)[1]:
        return write_key(last.id)
    if wanted.order == "place":
        house = uow.session.get(House, last.house_id)
        return write_key(last.area, house.address if house else "", last.id)
    return write_key(int(not last.is_urgent), last.due_on, last.id)


def _count(uow: UnitOfWork, wanted: ClaimFilter) -> int:
    some = select(Claim.id).where(*_where(uow, wanted)).limit(9_999)
    return uow.session.exec(select(func.count()).select_from(some.subquery())).one()
