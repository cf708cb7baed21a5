"""Who stands behind the cookie of the own page; what is long over."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import col, select

from core.accounts import passwords
from core.kernel.access import Actor
from core.kernel.extensions import Due
from core.kernel.fields import CHINA
from core.kernel.i18n import language
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Person
from core.selfservice.models import OwnCode, OwnVisit
from core.selfservice.queries.records import visit_by
from core.selfservice.rules import is_awake

ROLE = "subject"


@dataclass(frozen=True)
class Guest:
    """Somebody at their own page, since when they were last seen, and who acts for a child."""

    actor: Actor
    seen_at: datetime
    guardian: str


@query("own.enter")
def guest(uow: UnitOfWork, token: str) -> Guest | None:
    """Who a cookie's token stands for now; None when the visit is over or the record is no longer their own."""
    visit = visit_by(uow, passwords.digest(token))
    if visit is None or not is_awake(visit.started_at, visit.seen_at, visit.ended_at, uow.now):
        return None
    person = uow.session.get(Person, visit.person_id)
    if person is None or person.merged_into is not None or person.state == "dead":
        return None
    return Guest(actor_for(person.id, person.area, visit.id), visit.seen_at, visit.guardian)


def actor_for(person_id: int, area: str, visit_id: int) -> Actor:
    """The person as an actor. They stand at the root of the tree: what is held about them may stand in any grid, and
    the session shows them nothing else."""
    login, root = f"person/{person_id}", area.partition("/")[0] + "/"
    return Actor(login, ROLE, root, session_id=visit_id, language=language.get(), person_id=person_id)


def old_codes(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Codes that were given before a day, inside a query: for their period."""
    over = col(OwnCode.given_at) < datetime.combine(before, time(), CHINA)
    found = uow.session.exec(select(OwnCode).where(over).order_by(col(OwnCode.id)).limit(limit))
    return [Due(one.id, one.area, one.given_at.date(), "OwnCode", one.id) for one in found]


def old_visits(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Visits that began before a day, inside a query: for their period. None of them can be open any more."""
    over = col(OwnVisit.started_at) < datetime.combine(before, time(), CHINA)
    found = uow.session.exec(select(OwnVisit).where(over).order_by(col(OwnVisit.id)).limit(limit))
    return [Due(one.id, one.area, one.started_at.date(), "OwnVisit", one.id) for one in found]
