"""What must be true of accounts and sign-ins. Pure: no database, and the clock comes from outside."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

from core.accounts.models import Account, SignIn
from core.kernel.access import Role, roles
from core.kernel.i18n import N_, _
from core.kernel.lines import all_lines
from core.kernel.problems import Invalid, Refused
from core.kernel.settings import Settings

TICKET_LIFE = timedelta(seconds=30)
TOUCH_EVERY = timedelta(minutes=1)
ASSERTION_LIFE = timedelta(minutes=5)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))
WRONG = N_("The sign-in name or the password is wrong.")
WRONG_OLD = N_("The present password is wrong.")


class State(StrEnum):
    """Whether an account can be used."""

    ACTIVE = "active"
    WAITING = "waiting"
    LOCKED = "locked"
    DISABLED = "disabled"


STATES = {
    State.ACTIVE: N_("In use"),
    State.WAITING: N_("Waits for approval"),
    State.LOCKED: N_("Locked"),
    State.DISABLED: N_("Closed"),
}

# --- accounts ---------------------------------------------------------------------------------------------


def clean_login(text: str) -> str:
    """The one stored form of a sign-in name: half-width, small letters, no blanks around."""
    return unicodedata.normalize("NFKC", text[:200]).strip().lower()


def check_login(login: str) -> None:
    """Raises Invalid for a name that is no sign-in name, or that the log could mistake for the machine."""
    sound = all(c.isascii() and (c.isalnum() or c in "._-@") for c in login) and 2 <= len(login) <= 40
    if not sound or login in {name for name, role in roles().items() if role.internal}:
        sentence = _("A sign-in name has 2 to 40 letters, digits, dots, dashes, underscores or @.")
        raise Invalid(sentence, login=sentence)


def assignable() -> dict[str, Role]:
    """The roles an account can have."""
    return {name: role for name, role in roles().items() if not role.internal}


def check_role(before: str, after: str) -> None:
    """Raises Invalid for an unknown role, Refused when an edit would make or unmake an administrator."""
    if after not in assignable():
        raise Invalid(_("There is no such role."), role=_("Choose a role from the list."))
    if before not in ("", after) and any(roles()[r].exclusive for r in (before, after) if r in roles()):
        raise Refused(_("The three administrators are separate persons: make a new account for this post."))


def check_line(role: str, line: str) -> None:
    """Raises Invalid when the role belongs to a department line and none is named, or a line is named for another."""
    if line and line not in all_lines():
        raise Invalid(_("There is no such line."), line=_("There is no such line."))
    if roles()[role].lined and not line:
        said = _("Say which department line the account belongs to.")
        raise Invalid(said, line=said)
    if line and not roles()[role].lined:
        said = _("Only accounts of departments belong to a line.")
        raise Invalid(said, line=said)


def state(account: Account, now: datetime) -> State:
    """Whether the account can be used now."""
    if account.disabled or account.role not in assignable():
        return State.DISABLED
    if not account.approved_by:
        return State.WAITING
    return State.LOCKED if account.locked_until and account.locked_until > now else State.ACTIVE


def may_stay(account: Account, now: datetime) -> bool:
    """Whether somebody signed in stays so. Wrong passwords at the door lock the door only: otherwise any
    passer-by could throw out whoever works inside."""
    return state(account, now) is State.ACTIVE or (
        state(account, now) is State.LOCKED and account.locked_until != FOREVER
    )


def barred(account: Account, now: datetime) -> str:
    """Why this account may not come in, as a sentence; "" when it may."""
    found = state(account, now)
    if found is State.LOCKED and account.locked_until:
        return locked(account.locked_until)
    return {
        State.DISABLED: _("This account is closed. Ask the system administrator."),
        State.WAITING: _("This account waits for the approval of the security administrator."),
    }.get(found, "")


def locked(until: datetime) -> str:
    """The sentence that says when the door opens again."""
    if until == FOREVER:
        return _("This account is locked. Ask the security administrator.")
    time = until.astimezone(CHINA).strftime("%m-%d %H:%M")
    return _("Too many wrong passwords. The account is locked until {time}.").format(time=time)


def after_miss(failures: int, now: datetime, chosen: Settings) -> tuple[int, datetime | None]:
    """The count after one more wrong password, and until when the account is locked by it."""
    if failures + 1 < chosen.lock_after:
        return failures + 1, None
    return 0, now + timedelta(minutes=chosen.lock_minutes)


def stranger(
    strikes: Sequence[tuple[datetime, str]], now: datetime, chosen: Settings
) -> tuple[str, datetime | None]:
    """What a wrong password for an unknown sign-in name leads to: the word for the log, until when locked.

    `strikes` are the earlier ones. Counted as for an account, so that the door does not tell who is known.
    """
    length = timedelta(minutes=chosen.lock_minutes)
    locks = [n for n, (_at, outcome) in enumerate(strikes) if outcome == "locked"]
    if locks and strikes[locks[-1]][0] + length > now:
        return "barred", strikes[locks[-1]][0] + length
    since = strikes[locks[-1] + 1 :] if locks else strikes
    if sum(outcome == "refused" for _at, outcome in since) + 1 >= chosen.lock_after:
        return "locked", now + length
    return "refused", None


def must_change(account: Account, now: datetime, days: int) -> bool:
    """Whether the password must be changed before anything else: it is somebody else's, or too old."""
    old = days > 0 and account.password_at is not None and account.password_at + timedelta(days=days) <= now
    return account.must_change or old


# --- sign-ins ---------------------------------------------------------------------------------------------


def is_live(row: SignIn, now: datetime, chosen: Settings) -> bool:
    """Whether a signed-in browser still is: not ended, not idle for too long, not older than a shift."""
    idle, whole = timedelta(minutes=chosen.idle_minutes), timedelta(hours=chosen.session_hours)
    return row.ended_at is None and row.seen_at + idle > now and row.started_at + whole > now


@dataclass(frozen=True)
class Claim:
    """What an OpenID provider says of somebody: its own number for them, when it said so, sign-in names."""

    subject: str
    issued: int
    names: tuple[str, ...]


def claim(user: Mapping[str, object], now: datetime) -> Claim | None:
    """A fresh assertion from what `st.user` holds (OpenID Connect Core 1.0 §2); None for an old one.

    The provider's word opens the door once; from then on our own sign-in counts, idles out and can be ended.
    """
    subject, issued = user.get("sub"), user.get("iat")
    if not isinstance(subject, str) or not subject or not isinstance(issued, int | float):
        return None
    if abs(now.timestamp() - issued) > ASSERTION_LIFE.total_seconds():
        return None
    email = user.get("email") if user.get("email_verified") is True else None
    names = (n for n in (user.get("preferred_username"), email) if isinstance(n, str) and n)
    return Claim(subject[:120], int(issued), tuple(names))


BROWSERS = {"MicroMessenger": "微信", "Edg": "Edge"} | {n: n for n in ("Firefox", "Chrome", "Safari")}
SYSTEMS = {n: n for n in ("Android", "iPhone", "iPad", "Windows", "Linux")} | {"Mac OS": "macOS"}


def device_name(agent: object, address: object) -> str:
    """ "Chrome · Windows · 192.0.2.7", for the list of one's own sign-ins; empty parts are left out."""
    text = agent if isinstance(agent, str) else ""
    known = [[name for sign, name in signs.items() if sign in text][:1] for signs in (BROWSERS, SYSTEMS)]
    where = [address] if isinstance(address, str) and address else []
    return " · ".join([*known[0], *known[1], *where])[:120]
