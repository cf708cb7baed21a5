"""What changes accounts: one's own, and the work of the administrators, who need one another."""

from dataclasses import dataclass

from core.accounts import passwords, queries, rules
from core.accounts.door.commands import Attempt, end_all
from core.accounts.models import Account, SignIn
from core.kernel.access import roles
from core.kernel.checking import name_of
from core.kernel.i18n import LANGUAGES, _
from core.kernel.identifiers import area_path
from core.kernel.problems import Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork, command

# --- my own account ---------------------------------------------------------------------------------------


@command("account.own")
def record_password(uow: UnitOfWork, proof: str, password_hash: str) -> Attempt:
    """Take a new password when `proof` is the present hash, else count a miss. Ends my other sign-ins."""
    account = uow.get(Account, uow.actor.account_id)
    if not proof or proof != account.password_hash:
        _say(uow, "refused", account)
        account.failures, until = rules.after_miss(account.failures, uow.now, uow.office.settings)
        if until:
            account.locked_until = until
            end_all(uow, account.id)
        return Attempt(refusal=rules.locked(until) if until else _(rules.WRONG_OLD))
    account.password_hash, account.password_at = password_hash, uow.now
    account.must_change, account.failures = False, 0
    _say(uow, "password changed", account)
    end_all(uow, account.id, but=uow.actor.session_id)
    return Attempt()


@command("account.own")
def sign_out(uow: UnitOfWork, session_id: int = 0) -> None:
    """End one of my sign-ins: this one, or another of my list. Raises Refused for somebody else's."""
    row = uow.session.get(SignIn, session_id or uow.actor.session_id)
    if row is None or row.account_id != uow.actor.account_id:
        raise Refused(_("This is not a sign-in of yours."))
    row.ended_at = row.ended_at or uow.now
    _say(uow, "signed out", uow.get(Account, row.account_id))


@command("account.own")
def sign_out_everywhere(uow: UnitOfWork) -> int:
    """End all my sign-ins, this one too; how many."""
    _say(uow, "signed out everywhere", uow.get(Account, uow.actor.account_id))
    return end_all(uow, uow.actor.account_id)


@command("account.own")
def set_language(uow: UnitOfWork, language: str) -> None:
    """The language in which I am served. Raises Invalid for one that we do not speak."""
    if language not in LANGUAGES:
        raise Invalid(_("This language is not spoken here."))
    uow.change(uow.get(Account, uow.actor.account_id), language=language)


def _say(uow: UnitOfWork, outcome: str, account: Account) -> None:
    uow.lines.append(uow.line(outcome, about=name_of(account), area=account.area))


# --- the system administrator -----------------------------------------------------------------------------


@dataclass(frozen=True)
class NewAccount:
    """An account just made, with its first password: shown once, kept nowhere."""

    id: int
    login: str
    password: str


@command("account.edit")
def add_account(
    uow: UnitOfWork, *, login: str, name: str, role: str, area: str, line: str = ""
) -> NewAccount:
    """Make an account that waits for approval. Raises Invalid, Refused (outside my branch), Clash."""
    login = rules.clean_login(login)
    rules.check_login(login)
    rules.check_role("", role)
    rules.check_line(role, line)
    password = passwords.fresh(uow.office.settings.password_length)
    account = uow.add(
        Account,
        login=login,
        name=name.strip(),
        role=role,
        line=line,
        area=_branch(area),
        password_at=uow.now,
        password_hash=passwords.hashed(password),
        language=uow.office.settings.language,
    )
    return NewAccount(account.id, login, password)


@command("account.edit")
def edit_account(
    uow: UnitOfWork,
    number: int,
    *,
    seen: int | None,
    name: str,
    role: str,
    area: str,
    line: str = "",
    subject: str | None = None,
) -> None:
    """Change an account. Another role, line or branch needs a new approval and signs the person out."""
    account, area = uow.get(Account, number), _branch(area)
    moved = (role, line, area) != (account.role, account.line, account.area)
    if moved:
        _not_mine(uow, account)
        rules.check_role(account.role, role)
        rules.check_line(role, line)
    values = {"name": name.strip(), "role": role, "line": line, "area": area, "subject": subject or None}
    uow.change(account, seen=seen, **values)
    if moved:
        account.approved_by = ""
        end_all(uow, account.id)


@command("account.edit")
def reset_password(uow: UnitOfWork, number: int) -> NewAccount:
    """A new first password. An administrator's account needs a new approval: else one of the three could take
    the place of another."""
    account = _others(uow, number)
    password = passwords.fresh(uow.office.settings.password_length)
    account.password_hash, account.password_at = passwords.hashed(password), uow.now
    account.must_change, account.failures = True, 0
    if roles()[account.role].exclusive and uow.actor.role != "job":
        account.approved_by = ""
    _say(uow, "password reset", account)
    end_all(uow, account.id)
    return NewAccount(account.id, account.login, password)


@command("account.edit")
def set_disabled(uow: UnitOfWork, number: int, disabled: bool) -> None:
    """Close an account of somebody who left, or open it again; a closed one is signed out."""
    account = _others(uow, number)
    account.disabled = disabled
    if disabled:
        end_all(uow, account.id)


def _branch(text: str) -> str:
    try:
        return area_path(text)
    except ValueError as trouble:
        raise Invalid(str(trouble), area=str(trouble)) from trouble


def _not_mine(uow: UnitOfWork, account: Account) -> None:
    if account.login == uow.actor.login:
        raise Refused(_("Nobody does this to their own account."))


def _others(uow: UnitOfWork, number: int) -> Account:
    account = uow.get(Account, number)
    _not_mine(uow, account)
    return account


# --- the security administrator ---------------------------------------------------------------------------


@command("account.approve")
def approve(uow: UnitOfWork, number: int) -> None:
    """Let an account in. Nobody approves what they made; only the machine's own command line does both."""
    account = _others(uow, number)
    if uow.actor.role != "job" and queries.proposer(uow, account.id) == uow.actor.login:
        raise Refused(_("Nobody approves an account that they made or changed."))
    account.approved_by = uow.actor.login


@command("account.approve")
def lock(uow: UnitOfWork, number: int, reason: str = "") -> None:
    """Keep somebody out until `unlock`; signs them out."""
    account = _others(uow, number)
    uow.because(reason)
    account.locked_until = rules.FOREVER
    end_all(uow, account.id)


@command("account.approve")
def unlock(uow: UnitOfWork, number: int) -> None:
    """Open a locked account again, whoever or whatever locked it."""
    account = _others(uow, number)
    account.locked_until, account.failures = None, 0


@command("account.approve")
def sign_out_account(uow: UnitOfWork, number: int) -> int:
    """End every sign-in of somebody; how many."""
    account = _others(uow, number)
    _say(uow, "signed out everywhere", account)
    return end_all(uow, account.id)


# --- the machine ------------------------------------------------------------------------------------------


@command("session.end")
def forget_sign_in(uow: UnitOfWork, sign_in_id: int) -> None:
    """Take an old sign-in away; the audit log keeps its own line."""
    found = uow.session.get(SignIn, sign_in_id)
    if found is not None:
        uow.session.delete(found)
