"""What is asked about accounts and sign-ins."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from core.accounts import passwords, rules
from core.accounts.models import Account, SignIn
from core.kernel.access import Actor, roles
from core.kernel.audit import AuditEntry
from core.kernel.extensions import Due
from core.kernel.fields import CHINA
from core.kernel.i18n import _
from core.kernel.lines import side_name
from core.kernel.settings import ROOT
from core.kernel.unit_of_work import UnitOfWork, query

DEMO = ROOT / "data" / "demo" / "accounts.toml"


# --- at the door ------------------------------------------------------------------------------------------


@query("session.start")
def number_of(uow: UnitOfWork, login: str) -> int | None:
    """Number of the account with this sign-in name."""
    return uow.session.exec(select(Account.id).where(Account.login == rules.clean_login(login))).first()


@query("session.start")
def proof(uow: UnitOfWork, login: str, password: str) -> str:
    """The stored hash that the password fits, or "". As slow for an unknown sign-in name; holds no lock."""
    wanted = select(Account.password_hash).where(Account.login == rules.clean_login(login))
    stored = uow.session.exec(wanted).first() or ""
    return stored if passwords.fits(stored, password) else ""


@query("session.check")
def is_locked(uow: UnitOfWork, login: str) -> bool:
    """Whether wrong passwords keep this sign-in name out just now."""
    wanted = select(Account.locked_until).where(Account.login == rules.clean_login(login))
    until = uow.session.exec(wanted).first()
    return until is not None and until > uow.now


@query("session.start")
def number_by_subject(uow: UnitOfWork, subject: str) -> int | None:
    """Number of the account that is bound to this subject of the OpenID provider."""
    return uow.session.exec(select(Account.id).where(Account.subject == subject)).first()


@query("session.start")
def strikes(uow: UnitOfWork, about: str, limit: int = 20) -> list[tuple[datetime, str]]:
    """The newest misses of an unknown sign-in name, oldest first: when, and `refused` or `locked`."""
    entry = AuditEntry
    counted = col(entry.outcome).in_(("refused", "locked"))
    wanted = select(entry.at, entry.outcome).where(entry.about == about, counted)
    newest = uow.session.exec(wanted.order_by(col(entry.id).desc()).limit(limit)).all()
    return [(at, outcome) for at, outcome in reversed(newest)]


@query("session.start")
def top(uow: UnitOfWork) -> str:
    """The widest branch that any account has: there stands what concerns nobody in particular."""
    return uow.session.exec(select(func.min(Account.area))).one() or ""


@query("session.start")
def ticket_row(uow: UnitOfWork, ticket: str) -> int | None:
    """Number of the sign-in that a ticket belongs to."""
    return uow.session.exec(select(SignIn.id).where(SignIn.ticket_hash == passwords.digest(ticket))).first()


# --- on every run -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Visit:
    """Somebody signed in, and when they were last seen."""

    actor: Actor
    seen_at: datetime


@query("session.check")
def visit(uow: UnitOfWork, token: str) -> Visit | None:
    """Who a cookie's token stands for now; None when the sign-in is over or the account may not stay."""
    wanted = select(SignIn, Account).join(Account, col(SignIn.account_id) == col(Account.id))
    found = uow.session.exec(wanted.where(SignIn.token_hash == passwords.digest(token))).first()
    if found is None:
        return None
    row, who = found
    chosen, now = uow.office.settings, uow.now
    if not rules.is_live(row, now, chosen) or not rules.may_stay(who, now):
        return None
    due = rules.must_change(who, now, chosen.password_days)
    actor = Actor(who.login, who.role, who.area, who.name, who.id, row.id, who.language, who.line, due)
    return Visit(actor, row.seen_at)


@query("session.check")
def current(uow: UnitOfWork, token: str) -> Actor | None:
    """Who a cookie's token stands for now, as `visit`."""
    found = visit(uow, token)
    return found.actor if found else None


@query("session.end")
def token_row(uow: UnitOfWork, token: str) -> int | None:
    """Number of the sign-in that a token belongs to."""
    return uow.session.exec(select(SignIn.id).where(SignIn.token_hash == passwords.digest(token))).first()


# --- accounts ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AccountLine:
    """An account as lists and forms show it; `state` has its words in rules.STATES."""

    id: int
    version: int
    login: str
    name: str
    role: str
    line: str
    area: str
    language: str
    subject: str | None
    approved_by: str
    must_change: bool
    locked_until: datetime | None
    last_seen: datetime | None
    state: rules.State


def _line(uow: UnitOfWork, account: Account) -> AccountLine:
    return uow.show(AccountLine, account, state=rules.state(account, uow.now))


@query("account.view")
def accounts(uow: UnitOfWork, under: str = "") -> list[AccountLine]:
    """The accounts of the actor's branch, or of the part of it under the path `under`, from the top down."""
    wanted = select(Account).order_by(col(Account.area), col(Account.login))
    if under:
        wanted = wanted.where(col(Account.area) >= under, col(Account.area) < under[:-1] + "0")
    return [_line(uow, account) for account in uow.session.exec(wanted)]


@query("account.view")
def account(uow: UnitOfWork, number: int | str) -> AccountLine:
    """One account. Raises Missing."""
    return _line(uow, uow.get(Account, number))


@query("account.view")
def proposer(uow: UnitOfWork, number: int) -> str:
    """Sign-in name of whoever made or changed the account last, by the log; "" when it came with a load."""
    entry = AuditEntry
    wanted = select(entry.who).where(
        entry.about == f"Account/{number}", entry.permission == "account.edit", entry.outcome == "done"
    )
    return uow.session.exec(wanted.order_by(col(entry.id).desc()).limit(1)).first() or ""


@dataclass(frozen=True)
class SessionLine:
    """One of my signed-in browsers."""

    id: int
    device: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


@query("account.own")
def own_proof(uow: UnitOfWork, password: str) -> str:
    """My stored hash when the password fits it, else ""."""
    stored = uow.get(Account, uow.actor.account_id).password_hash
    return stored if passwords.fits(stored, password) else ""


@query("account.own")
def check_new_password(uow: UnitOfWork, password: str) -> None:
    """Raises Invalid when I cannot take this as my new password."""
    passwords.check(password, uow.get(Account, uow.actor.account_id), uow.office.settings.password_length)


@query("account.own")
def my_sessions(uow: UnitOfWork) -> list[SessionLine]:
    """Where I am signed in now, the newest first."""
    begun = col(SignIn.token_hash).is_not(None) & col(SignIn.ended_at).is_(None)
    wanted = select(SignIn).where(SignIn.account_id == uow.actor.account_id, begun)
    rows = uow.session.exec(wanted.order_by(col(SignIn.started_at).desc()))
    live = (row for row in rows if rules.is_live(row, uow.now, uow.office.settings))
    return [uow.show(SessionLine, row, is_this=row.id == uow.actor.session_id) for row in live]


@query("session.check")
def open_rows(uow: UnitOfWork, account_id: int) -> list[int]:
    """Numbers of the sign-ins of an account that have not ended."""
    wanted = select(SignIn.id).where(SignIn.account_id == account_id, col(SignIn.ended_at).is_(None))
    return list(uow.session.exec(wanted))


def old_sign_ins(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Sign-ins that began before a day, inside a query: for their period. None of them can be open any more."""
    over = col(SignIn.started_at) < datetime.combine(before, time(), CHINA)
    found = uow.session.exec(select(SignIn).where(over).order_by(col(SignIn.id)).limit(limit))
    return [Due(one.id, "", one.started_at.date(), "SignIn", one.id) for one in found]


@query("system.view")
def awake(uow: UnitOfWork, since: timedelta = timedelta(minutes=15)) -> int:
    """How many browsers were active in the last minutes."""
    live = (col(SignIn.seen_at) > uow.now - since) & col(SignIn.ended_at).is_(None)
    return uow.session.exec(select(func.count()).select_from(SignIn).where(live)).one()


# --- the demo ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DemoHint:
    """With what a visitor may try the demo office: sign-in name and post of each, one password for all."""

    password: str
    people: tuple[tuple[str, str], ...]


@cache
def _demo() -> dict[str, Any]:
    return tomllib.loads(DEMO.read_text(encoding="utf-8"))


def _post(account: Account) -> str:
    title = _(roles()[account.role].title)
    return f"{title}（{side_name(account.line)}）" if account.line else title


@query("session.check")
def demo_hint(uow: UnitOfWork) -> DemoHint | None:
    """The demo sign-ins that are in this office; None in an office of real people."""
    if uow.office.settings.demo == "none":
        return None
    logins = [each["login"] for each in _demo()["account"]]
    rows = uow.session.exec(select(Account).where(col(Account.login).in_(logins)))
    found = {a.login: _post(a) for a in rows if rules.state(a, uow.now) is not rules.State.DISABLED}
    people = tuple((login, found[login]) for login in logins if login in found)
    return DemoHint(_demo()["password"], people) if people else None
