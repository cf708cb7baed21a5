"""Requests of people that are due soon or late: reminders for the workbench."""

from collections.abc import Iterator

from sqlmodel import col, func, select

from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.queries import Todo
from core.rights.models import SubjectRequest
from core.rights.rules import SOON


@query("home.view")
def todo(uow: UnitOfWork) -> list[Todo]:
    """Open requests in the actor's branch: overdue, due within a week, from the own page. Nothing without requests."""
    return [line for line in _lines(uow) if line.count] if uow.actor.may("request.view") else []


def _lines(uow: UnitOfWork) -> Iterator[Todo]:
    due, today = col(SubjectRequest.due_on), uow.today
    late, soon = due < today, (due >= today) & (due <= today + SOON)
    yield Todo(
        "request_late", _("Requests about own data that are overdue"), _count(uow, late), *_at("overdue")
    )
    yield Todo(
        "request_soon", _("Requests about own data due within a week"), _count(uow, soon), *_at("soon")
    )


def _at(state: str) -> tuple[str, str]:
    return "requests", f"state={state}"


def _count(uow: UnitOfWork, when: object) -> int:
    still = select(func.count()).select_from(SubjectRequest).where(SubjectRequest.state == "open", when)  # type: ignore[arg-type]
    return uow.session.exec(still).one()
