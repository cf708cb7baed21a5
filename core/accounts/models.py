"""Accounts of the people who work here, and the sessions in which they are signed in."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from core.kernel.fields import Moment, field
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord, Record


class Account(AreaRecord, table=True):
    """Somebody who may sign in; `area` is the branch of the tree they serve."""

    login: str = field(
        N_("Sign-in name"),
        min_length=2,
        max_length=40,
        unique=True,
        help=N_("Letters, digits, dot, dash, underscore or @."),
    )
    name: str = field(N_("Name"), min_length=1, max_length=50)
    role: str = field(N_("Role"), max_length=30)
    line: str = field(
        N_("Line of the department"), default="", max_length=20, help=N_("Only for department accounts.")
    )
    password_hash: str = Field(default="", max_length=200)
    password_at: datetime | None = Field(default=None, sa_type=Moment)
    must_change: bool = Field(default=True)
    approved_by: str = Field(default="", max_length=40)
    disabled: bool = Field(default=False)
    failures: int = Field(default=0)
    locked_until: datetime | None = Field(default=None, sa_type=Moment)
    last_seen: datetime | None = Field(default=None, sa_type=Moment)
    language: str = Field(default="zh_CN", max_length=10)
    subject: str | None = field(N_("OpenID subject"), default=None, max_length=120, unique=True)


class SignIn(Record, table=True):
    """One signed-in browser. The ticket is good once, for seconds; the token is the cookie's; both digests.

    Its commands write their own lines in the log: a line for every `seen_at` would bury the rest.
    """

    audited: ClassVar[bool] = False

    account_id: int = Field(foreign_key="account.id", index=True)
    ticket_hash: str | None = Field(default=None, unique=True, max_length=64)
    token_hash: str | None = Field(default=None, unique=True, max_length=64)
    started_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    device: str = Field(default="", max_length=120)
