"""What waits for somebody: each line leads to the list behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, func, select

from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import DeclaredTag, Household, Person
from core.people.queries.open_work import expired, headless, paperless
from core.people.queries.shared import below
from core.people.tags import SEES_SENSITIVE
from core.places.models import House

STALE_DAYS = 365
MOST = 9_999
"""Nobody needs to know how many more there are, and counting them all would take long."""


@dataclass(frozen=True)
class Todo:
    """One kind of open work: how many (at most MOST are counted), and the page and query of the list."""

    kind: str
    title: str
    count: int
    page: str
    query: str


@query("home.view")
def todo(uow: UnitOfWork) -> list[Todo]:
    """The open work in the actor's branch as far as the role sees it; nothing that is done already."""
    return [line for line in _lines(uow) if line.count]


def _lines(uow: UnitOfWork) -> Iterator[Todo]:
    if uow.actor.may("house.view"):
        unknown = _count(uow, House, col(House.state) == "unknown")
        yield Todo(
            "house_unknown", _("Houses whose state nobody has verified"), unknown, "houses", "state=unknown"
        )
    if uow.actor.may("person.view"):
        yield from _of_people(uow)


def _of_people(uow: UnitOfWork) -> Iterator[Todo]:
    seen, here = col(Person.verified_at), col(Person.state) == "here"
    stale = or_(seen.is_(None), seen < uow.now - timedelta(days=STALE_DAYS))
    yield Todo(
        "person_stale",
        _("People not verified for a year"),
        _count(uow, Person, here, stale),
        "people",
        f"stale={STALE_DAYS}&sort=verified",
    )
    yield Todo(
        "document",
        _("People without a document and without a reason"),
        _count(uow, Person, paperless()),
        "people",
        "todo=document",
    )
    yield Todo(
        "head", _("Households without a head"), _count(uow, Household, headless()), "people", "todo=head"
    )
    if uow.actor.may(SEES_SENSITIVE):
        yield Todo(
            "tag",
            _("Service tags that have expired"),
            _count(uow, DeclaredTag, expired(uow.actor)),
            "people",
            "todo=tag",
        )


def _count(uow: UnitOfWork, kind: Any, *where: Any) -> int:
    some = select(kind.id).where(below(uow, kind, ""), *where).limit(MOST)
    return uow.session.exec(select(func.count()).select_from(some.subquery())).one()
