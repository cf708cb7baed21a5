"""What happens at the door. Where a try is counted the command answers instead of raising, so that the count
is kept; `core.accounts.door` raises afterwards."""

import secrets
from dataclasses import dataclass, replace

from core.accounts import passwords, queries, rules
from core.accounts.models import Account, SignIn
from core.kernel.audit import Line
from core.kernel.checking import name_of
from core.kernel.crypto import keyring
from core.kernel.i18n import _
from core.kernel.identifiers import mask_other
from core.kernel.problems import Refused
from core.kernel.unit_of_work import UnitOfWork, command


@dataclass(frozen=True)
class Attempt:
    """How a try went: a ticket, or the sentence that refuses."""

    ticket: str = ""
    refusal: str = ""


@command("session.start")
def record_sign_in(uow: UnitOfWork, login: str, proof: str, device: str = "") -> Attempt:
    """Write down a try to sign in. `proof` is what `queries.proof` found. A ticket, or why not."""
    number = queries.number_of(uow, login)
    if number is None:
        return _stranger(uow, rules.clean_login(login))
    account = uow.get(Account, number)
    if account.locked_until and account.locked_until > uow.now:
        refusal = rules.locked(account.locked_until)
    elif proof and proof == account.password_hash:
        refusal = rules.barred(account, uow.now)
    else:
        account.failures, until = rules.after_miss(account.failures, uow.now, uow.office.settings)
        account.locked_until, refusal = until, rules.locked(until) if until else _(rules.WRONG)
    if refusal:
        uow.lines.append(_line(uow, "refused", account))
        return Attempt(refusal=refusal)
    account.failures, account.locked_until = 0, None
    return _let_in(uow, account, secrets.token_urlsafe(32), device)


@command("session.start")
def record_openid(uow: UnitOfWork, claim: rules.Claim, device: str = "") -> Attempt:
    """Write down a sign-in by an OpenID provider. No ticket when this assertion opened the door before."""
    ticket = keyring().mac(f"{claim.subject}:{claim.issued}", "openid")
    known = queries.ticket_row(uow, ticket)
    if known is not None:
        row = uow.session.get(SignIn, known)
        return Attempt(ticket=ticket if row and row.token_hash is None else "")
    account = _meant(uow, claim)
    refusal = rules.barred(account, uow.now) if account else _("No account here belongs to this sign-in.")
    if account is None or refusal:
        about = name_of(account) if account else f"subject/{keyring().index(claim.subject, 'subject')}"
        uow.lines.append(uow.line("refused", about=about, area=account.area if account else queries.top(uow)))
        return Attempt(refusal=refusal)
    account.subject = claim.subject
    if rules.must_change(account, uow.now, uow.office.settings.password_days):
        account.password_hash, account.password_at, account.must_change = "", None, False
    return _let_in(uow, account, ticket, device)


@dataclass(frozen=True)
class Opened:
    """A sign-in that has begun: the token for the cookie, and the language of its person."""

    token: str
    language: str


@command("session.start")
def open_session(uow: UnitOfWork, ticket: str) -> Opened:
    """A ticket becomes a token, once. Raises Refused for a used, unknown or old ticket."""
    number = queries.ticket_row(uow, ticket)
    row = uow.session.get(SignIn, number) if number else None
    if row is None or row.token_hash or row.ended_at or row.started_at + rules.TICKET_LIFE < uow.now:
        raise Refused(_("This took too long. Please sign in again."))
    account = uow.get(Account, row.account_id)
    token = secrets.token_urlsafe(32)
    row.token_hash, row.seen_at, account.last_seen = passwords.digest(token), uow.now, uow.now
    uow.lines.append(replace(_line(uow, "signed in", account), who=account.login, role=account.role))
    return Opened(token, account.language)


@command("session.check")
def touch(uow: UnitOfWork, session_id: int) -> None:
    """Somebody is still there."""
    row = uow.session.get(SignIn, session_id)
    if row is not None and row.ended_at is None:
        row.seen_at = uow.now


@command("session.end")
def end_session(uow: UnitOfWork, token: str) -> None:
    """Sign out the browser with this token; nothing happens for an unknown one."""
    number = queries.token_row(uow, token)
    row = uow.session.get(SignIn, number) if number else None
    if row is not None and row.ended_at is None:
        account = uow.get(Account, row.account_id)
        row.ended_at = uow.now
        uow.lines.append(replace(_line(uow, "signed out", account), who=account.login, role=account.role))


@command("session.end")
def end_all(uow: UnitOfWork, account_id: int, but: int = 0) -> int:
    """End every sign-in of an account except one; how many. Part of the commands that throw somebody out."""
    numbers = [n for n in queries.open_rows(uow, account_id) if n != but]
    for row in (uow.session.get(SignIn, number) for number in numbers):
        if row is not None:
            row.ended_at = uow.now
    return len(numbers)


def _line(uow: UnitOfWork, outcome: str, account: Account) -> Line:
    return uow.line(outcome, about=name_of(account), area=account.area)


def _stranger(uow: UnitOfWork, login: str) -> Attempt:
    about = f"login/{keyring().index(login, 'login')}"
    outcome, until = rules.stranger(queries.strikes(uow, about), uow.now, uow.office.settings)
    line = uow.line(outcome, about=about, area=queries.top(uow))
    uow.lines.append(replace(line, reason=mask_other(login[:40]), at=uow.now))
    return Attempt(refusal=rules.locked(until) if until else _(rules.WRONG))


def _meant(uow: UnitOfWork, claim: rules.Claim) -> Account | None:
    """The account bound to the subject, else one of that name that is bound to nobody yet."""
    number = queries.number_by_subject(uow, claim.subject)
    if number is not None:
        return uow.get(Account, number)
    found = (queries.number_of(uow, name) for name in claim.names)
    number = next((n for n in found if n is not None), None)
    account = uow.get(Account, number) if number is not None else None
    return account if account and account.subject is None else None


def _let_in(uow: UnitOfWork, account: Account, ticket: str, device: str) -> Attempt:
    now, mark = uow.now, passwords.digest(ticket)
    row = SignIn(account_id=account.id, ticket_hash=mark, started_at=now, seen_at=now, device=device[:120])
    uow.session.add(row)
    return Attempt(ticket=ticket)
