"""The register of requests."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from sqlalchemy import case
from sqlmodel import col, func, select

from core.kernel.extensions import Due
from core.kernel.fields import CHINA
from core.kernel.paging import Page, after, column, write_key
from core.kernel.unit_of_work import UnitOfWork, query
from core.rights.models import SubjectRequest
from core.rights.rules import SOON, urgency

T = TypeVar("T")


@dataclass(frozen=True)
class RequestLine:
    """A request in a list; `urgency` as `rules.urgency`."""

    id: int
    area: str
    kind: str
    name: str
    received_on: date
    channel: str
    due_on: date
    state: str
    handler: str
    urgency: str


@dataclass(frozen=True)
class RequestDetail(RequestLine):
    """A request in full."""

    version: int
    wish: str
    person_id: int | None
    part: str
    decision: str
    refusal: str
    decided_at: datetime | None
    decided_by: str


@query("request.view")
def requests(
    uow: UnitOfWork, *, state: str = "", kind: str = "", start: str | None = None, limit: int = 50
) -> Page[RequestLine]:
    """The requests of the branch: open ones first, and of them those due first. `state` may be "overdue" or "soon"."""
    wanted = select(SubjectRequest)
    due, today = col(SubjectRequest.due_on), _today(uow)
    if state in ("overdue", "soon"):
        when = due < today if state == "overdue" else (due >= today) & (due <= today + SOON)
        wanted = wanted.where(SubjectRequest.state == "open", when)
    elif state:
        wanted = wanted.where(SubjectRequest.state == state)
    wanted = wanted.where(SubjectRequest.kind == kind) if kind else wanted
    is_over = case((col(SubjectRequest.state) == "open", 0), else_=1)
    keys = [is_over, column(SubjectRequest.due_on), column(SubjectRequest.id)]
    rows = uow.session.exec(after(wanted, keys, start).limit(limit + 1)).all()
    shown = [_line(uow, RequestLine, row) for row in rows[:limit]]
    last = shown[-1] if len(rows) > limit else None
    return Page(shown, write_key(int(last.state != "open"), last.due_on, last.id) if last else None)


@query("request.view")
def request(uow: UnitOfWork, request_id: int | str) -> RequestDetail:
    """One request. Raises Missing."""
    return _line(uow, RequestDetail, uow.get(SubjectRequest, request_id))


@query("request.view")
def open_counts(uow: UnitOfWork) -> tuple[int, int]:
    """How many requests are open, and how many of them are overdue."""
    still = select(func.count()).select_from(SubjectRequest).where(SubjectRequest.state == "open")
    late = still.where(col(SubjectRequest.due_on) < _today(uow))
    return uow.session.exec(still).one(), uow.session.exec(late).one()


def _line(uow: UnitOfWork, form: type[T], row: SubjectRequest) -> T:
    return uow.show(form, row, urgency=urgency(row.state, row.due_on, _today(uow)))


def _today(uow: UnitOfWork) -> date:
    return uow.today


def long_decided(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Requests that were decided on before a day, inside a query: for their period."""
    over = col(SubjectRequest.decided_at) < datetime.combine(before, time(), CHINA)
    rows = uow.session.exec(select(SubjectRequest).where(over).order_by(col(SubjectRequest.id)).limit(limit))
    return [
        Due(one.id, one.area, (one.decided_at or uow.now).date(), "SubjectRequest", one.id) for one in rows
    ]
