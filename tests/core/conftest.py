"""People of the office with accounts, a clock that can be turned, and password hashes that cost nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from core.accounts import commands, passwords, rules
from core.accounts.models import Account
from core.accounts.queries import account
from core.kernel.access import Actor, job
from core.kernel.audit import AuditEntry
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from tests.conftest import COMMUNITY

PASSWORD = "Haitang-2026"


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real algorithm with the smallest parameters."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobody.cache_clear()


class Clock:
    """The time of the office; `pass_by` moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def pass_by(self, **span: float) -> None:
        """Let some time go by."""
        self.now += timedelta(**span)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands still until it is moved."""
    standing = Clock()
    monkeypatch.setattr(UnitOfWork, "now", property(lambda _uow: standing.now))
    return standing


Hire = Callable[..., Actor]


@pytest.fixture
def hire(office: Office, clock: Clock, cheap_hashes: None) -> Hire:
    """Make somebody with an account, approved and with a password of their own, and give them as actor."""

    def hired(
        login: str, role: str = "clerk", area: str = COMMUNITY, *, approved: bool = True, first: bool = False
    ) -> Actor:
        uow = office.uow(job("test"))
        made = commands.add_account(uow, login=login, name=f"{login}某", role=role, area=area)
        if approved:
            commands.approve(uow, made.id)
        actor = Actor(login, role, area, account_id=made.id)
        proof = passwords_of(office)[login]
        if not first:
            commands.record_password(office.uow(actor), proof, passwords.hashed(PASSWORD))
        return actor

    return hired


def passwords_of(office: Office) -> dict[str, str]:
    """Stored hash by sign-in name, read past the unit of work."""
    with office.reader.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(select(Account.login, Account.password_hash))}


def log(office: Office) -> list[AuditEntry]:
    """The whole audit log, oldest first."""
    with office.reader.connect() as connection:
        rows = connection.execute(select(AuditEntry).order_by("id")).mappings()
        return [AuditEntry(**row) for row in rows]


def told(office: Office, permission: str) -> list[tuple[str, str, str]]:
    """Who, outcome and about of the lines under one permission."""
    return [(line.who, line.outcome, line.about) for line in log(office) if line.permission == permission]


def state_of(office: Office, number: int) -> rules.State:
    """Whether an account can be used."""
    return account(office.uow(job("test")), number).state
