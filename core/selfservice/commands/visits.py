"""Coming in by a code, and leaving. A wrong code is counted, so the command answers instead of raising: else the count
would be rolled back with it."""

import hmac
import secrets
from dataclasses import dataclass, replace

from core.accounts import passwords
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.models import Person
from core.selfservice.commands.codes import mark
from core.selfservice.models import OwnCode, OwnVisit
from core.selfservice.queries import records
from core.selfservice.queries.of_visits import ROLE
from core.selfservice.rules import TRIES, is_live, plain

WRONG = N_(
    "This does not open anything: the number or the code is wrong, used already or too old. After five wrong tries "
    "a code is dead; the office gives a new one."
)


@dataclass(frozen=True)
class Entry:
    """How a try went: the token for the cookie, or the sentence that refuses."""

    token: str = ""
    refusal: str = ""


@command("own.enter")
def enter(uow: UnitOfWork, typed: str, *, slip: str = "", house_id: int | None = None) -> Entry:
    """Come in by a code with the number of its slip or at the door of the home. Every wrong try counts against each
    code that stands behind the number or the door."""
    code, tried = plain(typed), records.codes_at(uow, slip=plain(slip), house_id=house_id)
    live = [one for one in tried if is_live(one, uow.now)]
    fitting = [one for one in live if hmac.compare_digest(one.digest, mark(one.id, code))]
    person = _whose(uow, fitting[0]) if fitting else None
    if person is None:
        for one in live:
            _miss(uow, one)
        return Entry(refusal=_(WRONG))
    uow.change(fitting[0], used_at=uow.now)
    return Entry(_begin(uow, fitting[0], person))


def _whose(uow: UnitOfWork, code: OwnCode) -> Person | None:
    """The person of a code, unless the record went away or was merged meanwhile."""
    person = uow.session.get(Person, code.person_id)
    return person if person and person.merged_into is None and person.state != "dead" else None


def _miss(uow: UnitOfWork, code: OwnCode) -> None:
    uow.change(code, tries=code.tries + 1)
    if code.tries >= TRIES:
        uow.lines.append(uow.line("locked", about=f"Person/{code.person_id}", area=code.area))


def _begin(uow: UnitOfWork, code: OwnCode, person: Person) -> str:
    token, now = secrets.token_urlsafe(32), uow.now
    facts = {"person_id": person.id, "code_id": code.id, "guardian": code.guardian}
    uow.add(
        OwnVisit,
        area=person.area,
        **facts,
        token_hash=passwords.digest(token),
        started_at=now,
        seen_at=now,
    )
    line = uow.line("own page", about=f"Person/{person.id}", area=person.area)
    uow.lines.append(replace(line, who=f"person/{person.id}", role=ROLE))
    return token


@command("own.enter")
def touch(uow: UnitOfWork, token: str) -> None:
    """Somebody is still there."""
    visit = records.visit_by(uow, passwords.digest(token))
    if visit is not None and visit.ended_at is None:
        uow.change(visit, seen_at=uow.now)


@command("own.enter")
def leave(uow: UnitOfWork, token: str) -> None:
    """End the visit of a cookie; nothing happens for an unknown one."""
    visit = records.visit_by(uow, passwords.digest(token))
    if visit is not None and visit.ended_at is None:
        uow.change(visit, ended_at=uow.now)


@command("retention.delete")
def forget_code(uow: UnitOfWork, code_id: int) -> None:
    """Take a code away whose time is over."""
    uow.remove(uow.get(OwnCode, code_id))


@command("retention.delete")
def forget_visit(uow: UnitOfWork, visit_id: int) -> None:
    """Take a visit away whose time is over."""
    uow.remove(uow.get(OwnVisit, visit_id))
