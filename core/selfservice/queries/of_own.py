"""What somebody sees at their own page: what is held about them and why, who looked, what they asked for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from sqlmodel import SQLModel, col, select

from core.accounts.models import Account
from core.kernel.access import roles
from core.kernel.audit import AuditEntry
from core.kernel.discovery import discover
from core.kernel.extensions import Holding, Section
from core.kernel.i18n import _
from core.kernel.lines import side_name
from core.kernel.log import OUTCOMES
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Person
from core.places.queries.of_areas import area_names
from core.rights.copies import PACKAGE
from core.rights.models import SubjectRequest
from core.rights.queries import ConsentLine
from core.rights.queries import consents as consents_of
from core.selfservice.rules import LOOKED_DAYS

APART = ("consents", "looks", "requests")
"""Parts that have a section of their own at the own page."""
MOST_LOOKS = 200
LOOKS = ("viewed", "revealed", "exported", "done", "removed", "code given")


@dataclass(frozen=True)
class Part:
    """One part of what is held: what it is for, and what allows it."""

    key: str
    title: str
    purpose: str
    basis: str
    section: Section


@dataclass(frozen=True)
class Mine:
    """What is held about somebody, masked; `name` is the first letter of it."""

    name: str
    parts: list[Part]


@dataclass(frozen=True)
class LookLine:
    """Somebody of the office looked or changed something: their post and office, not their name."""

    at: datetime
    post: str
    office: str
    what: str
    why: str


@dataclass(frozen=True)
class OwnRequest:
    """A request of one's own, and what was answered."""

    id: int
    kind: str
    part: str
    wish: str
    received_on: date
    due_on: date
    state: str
    channel: str
    decision: str
    refusal: str
    decided_at: datetime | None


@query("own.view")
def mine(uow: UnitOfWork) -> Mine:
    """Every part of what is held about the person who asks, as far as there is something. Raises Missing."""
    person = uow.get(Person, uow.actor.person_id)
    shown = ((key, one, one.show(uow, person.id)) for key, one in _known() if uow.actor.may(one.needs))
    parts = [
        Part(
            key, _(one.title), _(one.purpose) if one.purpose else "", _(one.basis) if one.basis else "", told
        )
        for key, one, told in shown
        if told is not None and not told.is_empty
    ]
    return Mine(str(uow.values(person)["name"]), parts)


@cache
def _known() -> list[tuple[str, Holding]]:
    found = discover(PACKAGE, Holding)
    kept = [(key, one) for key, one in found.items() if key not in APART]
    return sorted(kept, key=lambda item: (item[1].order, item[0]))


def parts_known() -> dict[str, str]:
    """Key -> title of every part that a request may be about."""
    return {key: _(one.title) for key, one in _known()}


@query("own.view")
def looks(uow: UnitOfWork) -> list[LookLine]:
    """Who of the office looked at the person or changed what is held, in the last ninety days, newest first."""
    uow.get(Person, uow.actor.person_id)
    since = uow.now - timedelta(days=LOOKED_DAYS)
    entry = AuditEntry
    ours = [name for name, role in roles().items() if not role.internal]
    mine = select(entry).where(
        entry.about == f"Person/{uow.actor.person_id}",
        col(entry.at) > since,
        col(entry.outcome).in_(LOOKS),
    )
    found = uow.session.exec(mine.order_by(col(entry.id).desc()).limit(MOST_LOOKS)).all()
    shown = [row for row in found if row.role.partition("/")[0] in ours]
    offices = _offices(uow, {row.who for row in shown})
    return [
        LookLine(
            row.at,
            post_of(row.role),
            offices.get(row.who, ""),
            _(OUTCOMES.get(row.outcome, row.outcome)),
            row.reason,
        )
        for row in shown
    ]


def post_of(role: str) -> str:
    """A role of the log in words: "department/civil" -> "Department line · Civil affairs"."""
    name, _slash, line = role.partition("/")
    title = _(roles()[name].title) if name in roles() else name
    return f"{title} · {side_name(line)}" if line else title


def _offices(uow: UnitOfWork, logins: set[str]) -> dict[str, str]:
    """Sign-in name -> the office of whoever has it, read past the session: accounts are nobody's own data."""
    table = SQLModel.metadata.tables[str(Account.__tablename__)]
    asked = select(table.c.login, table.c.area).where(table.c.login.in_(logins))
    areas = {row[0]: row[1] for row in uow.session.connection().execute(asked)}
    names = area_names(uow, list(areas.values()))
    return {login: names.get(area, "") for login, area in areas.items()}


@query("own.view")
def own_requests(uow: UnitOfWork) -> list[OwnRequest]:
    """What the person asked for, newest first, on whatever way it came."""
    own = select(SubjectRequest).where(SubjectRequest.person_id == uow.actor.person_id)
    return [
        uow.show(OwnRequest, one) for one in uow.session.exec(own.order_by(col(SubjectRequest.id).desc()))
    ]


@query("own.view")
def own_consents(uow: UnitOfWork) -> list[ConsentLine]:
    """What the person agreed to, newest first."""
    return consents_of(uow, "Person", uow.actor.person_id)


def open_requests(uow: UnitOfWork) -> list[tuple[int, str, str, str]]:
    """Number, kind, part and wish of the requests of the person that wait for an answer, inside a command."""
    own = (SubjectRequest.person_id == uow.actor.person_id, SubjectRequest.state == "open")
    asked = select(SubjectRequest.id, SubjectRequest.kind, SubjectRequest.part, SubjectRequest.wish)
    return [(one, kind, part, wish) for one, kind, part, wish in uow.session.exec(asked.where(*own))]
