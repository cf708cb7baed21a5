"""What a worker sees of their own shifts: when, where, and who looked. None of it counts as a look at somebody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import SQLModel, col, select

from core.accounts.models import Account
from core.kernel.access import roles
from core.kernel.audit import AuditEntry
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork, query
from core.retention.queries.of_periods import days_of
from core.staff.models import Shift
from core.staff.queries.records import mine, mine_since, open_shift
from core.staff.queries.shared import ShiftLine, Track, lines_of, track_of

MOST = 200
LIVE, TRACK = "staff.live", "staff.track"


@dataclass(frozen=True)
class Own:
    """The shift one is on now, or None; hours a shift may last; days after which its positions are deleted."""

    shift: ShiftLine | None
    longest: int
    days_kept: int


@dataclass(frozen=True)
class LookLine:
    """Somebody looked at where the worker was: on the live map (`is_live`, once for a shift) or at the track."""

    at: datetime
    who: str
    post: str
    shift_id: int
    is_live: bool


@query("staff.shift")
def own(uow: UnitOfWork) -> Own:
    """Whether one is on a shift, and for how long what is kept."""
    found = open_shift(uow)
    line = lines_of(uow, [found])[0] if found else None
    return Own(line, uow.office.settings.shift_hours, days_of(uow, "staff_positions"))


@query("staff.shift")
def my_shifts(uow: UnitOfWork) -> list[ShiftLine]:
    """One's own shifts of the last half year, newest first."""
    return lines_of(uow, _mine(uow))


@query("staff.shift")
def my_track(uow: UnitOfWork, shift_id: int) -> Track:
    """Where one was oneself during a shift. Raises Missing for a shift of somebody else."""
    return track_of(uow, mine(uow, shift_id))


@query("staff.shift")
def who_looked(uow: UnitOfWork) -> list[LookLine]:
    """Every look of somebody else at one's own shifts, newest first."""
    names = {name: one.id for one in _mine(uow) for name in (f"Shift/{one.id}", f"Shift/{one.id}/live")}
    entry = AuditEntry
    looks = select(entry).where(
        col(entry.about).in_(names), entry.outcome == "viewed", entry.who != uow.actor.login
    )
    found = uow.session.exec(looks.order_by(col(entry.id).desc()).limit(MOST)).all()
    called = _called(uow, {one.who for one in found})
    return [
        LookLine(
            one.at,
            called.get(one.who, one.who),
            _post(one.role),
            names[one.about],
            one.permission == LIVE,
        )
        for one in found
    ]


def _called(uow: UnitOfWork, logins: set[str]) -> dict[str, str]:
    """Sign-in name -> name, also of those who stand above one's own area: who looked is no secret to whom it was."""
    table = SQLModel.metadata.tables[str(Account.__tablename__)]
    asked = select(table.c.login, table.c.name).where(table.c.login.in_(logins))
    return {login: name or login for login, name in uow.session.connection().execute(asked)}


@query("staff.shift")
def who_may_look(uow: UnitOfWork) -> list[tuple[str, bool, bool]]:
    """Title of each role that sees staff live, and whether it may: live, tracks. Only within its own area."""
    kept = (role for role in roles().values() if not role.internal)
    told = [(_(role.title), LIVE in role.may, TRACK in role.may) for role in kept]
    return [one for one in told if one[1] or one[2]]


def _mine(uow: UnitOfWork) -> list[Shift]:
    return list(mine_since(uow, uow.now - timedelta(days=183)))


def _post(role: str) -> str:
    """The title of a role as the log has it, "lead" or "department/civil"."""
    known = roles().get(role.partition("/")[0])
    return _(known.title) if known else role
