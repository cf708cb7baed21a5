"""The way in and out, as screens and routes use it: slow password work first, then one short command each."""

from collections.abc import Mapping
from contextlib import suppress

from core.accounts import commands as own
from core.accounts import passwords, queries, rules
from core.accounts.door import commands
from core.kernel.access import Actor
from core.kernel.database import office
from core.kernel.problems import Invalid, Refused, Unavailable
from core.kernel.unit_of_work import UnitOfWork

GATE = Actor("gate", "gate", "")


def gate() -> UnitOfWork:
    """Work at the door of this process's office, before anybody is known."""
    return office().uow(GATE)


def sign_in(uow: UnitOfWork, login: str, password: str, device: str = "") -> str:
    """A ticket, good once and for 30 seconds. Raises Refused with why not; every try is written down."""
    attempt = commands.record_sign_in(uow, login, queries.proof(uow, login, password), device)
    if attempt.refusal:
        raise Refused(attempt.refusal)
    return attempt.ticket


def sign_in_openid(uow: UnitOfWork, user: Mapping[str, object], device: str = "") -> str:
    """A ticket for what the OpenID provider just said; "" when that was used or said too long ago.

    Raises Refused when no account fits or it may not come in.
    """
    claim = rules.claim(user, uow.now)
    attempt = commands.record_openid(uow, claim, device) if claim else commands.Attempt()
    if attempt.refusal:
        raise Refused(attempt.refusal)
    return attempt.ticket


def actor_of(uow: UnitOfWork, token: str) -> Actor | None:
    """Who a cookie's token stands for; being here counts as being awake, written at most once a minute."""
    visit = queries.visit(uow, token)
    if visit is not None and visit.seen_at + rules.TOUCH_EVERY <= uow.now:
        with suppress(Unavailable):  # a full disk must not lock out those who only read
            commands.touch(uow, visit.actor.session_id)
    return visit.actor if visit else None


def change_password(uow: UnitOfWork, old: str, new: str) -> None:
    """My new password. Raises Invalid: the new one breaks a rule, or the old one is wrong (counted)."""
    proof = queries.own_proof(uow, old)
    if proof:
        queries.check_new_password(uow, new)
    attempt = own.record_password(uow, proof, passwords.hashed(new) if proof else "")
    if attempt.refusal:
        raise Invalid(attempt.refusal, old=attempt.refusal)
