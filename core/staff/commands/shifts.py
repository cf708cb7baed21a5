"""One's own shift. There is no command that begins a shift for somebody else, or tells where somebody else is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.kernel.extensions import Fix
from core.kernel.i18n import _
from core.kernel.problems import Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork, command
from core.staff.models import Shift, StaffPosition
from core.staff.queries.records import mine_since, open_shift, positions_of, seconds_of
from core.staff.rules import LONGEST_HOURS, is_poor, second_of

MOST = 2000
"""Positions in one message: more than a phone gathers in a day without a net."""


@command("staff.shift")
def start_shift(uow: UnitOfWork, hours: int = 8) -> int:
    """The actor goes out now, for so many hours at most; the number of the shift. From here on, and only until it is
    over, it is kept where they are.

    Raises Invalid when a shift is open already or lasts too long, Refused for who has no account.
    """
    longest = uow.office.settings.shift_hours
    if not uow.actor.account_id:
        raise Refused(_("Only somebody with an account begins a shift, and only their own."))
    if not 1 <= hours <= longest:
        said = _("A shift lasts from 1 to {longest} hours.").format(longest=longest)
        raise Invalid(said, hours=said)
    if open_shift(uow) is not None:
        raise Invalid(_("Your shift has begun already."))
    begin, whose = uow.now, uow.actor
    end = begin + timedelta(hours=hours)
    return uow.add(Shift, area=whose.area, account_id=whose.account_id, started_at=begin, ends_at=end).id


@command("staff.shift")
def end_shift(uow: UnitOfWork) -> None:
    """The actor's shift is over now; nothing is kept of what comes after. Raises Invalid when none is open."""
    found = open_shift(uow)
    if found is None:
        raise Invalid(_("You are not on a shift."))
    end = uow.now
    uow.change(found, ends_at=end)
    for position in positions_of(uow, found, int((end - found.started_at).total_seconds()) + 1):
        uow.session.delete(position)


@dataclass(frozen=True)
class Taken:
    """What became of a message: positions kept, outside of the actor's shifts, too poor, and known already."""

    kept: int
    outside: int
    poor: int
    twice: int


@command("staff.shift")
def take_positions(uow: UnitOfWork, fixes: Sequence[Fix], source: str = "") -> Taken:
    """Keep where the actor was, as far as it lies in a shift that they began; everything else is dropped unread.

    A phone that had no net tells later: fixes find the shift they were in. Raises Invalid for too many at once.
    """
    if len(fixes) > MOST:
        raise Invalid(_("This is too much at once: at most {most} positions.").format(most=MOST))
    shifts = mine_since(uow, uow.now - timedelta(hours=2 * LONGEST_HOURS))
    known = seconds_of(uow, shifts)
    told: Counter[str] = Counter()
    for fix in fixes:
        told[_taken(uow, shifts, known, fix, source)] += 1
    uow.session.flush()
    return Taken(told["kept"], told["outside"], told["poor"], told["twice"])


def _taken(
    uow: UnitOfWork, shifts: Sequence[Shift], known: set[tuple[int, int]], fix: Fix, source: str
) -> str:
    """What becomes of one fix."""
    within = ((one, second_of(fix.at, one.started_at, one.ends_at, uow.now)) for one in shifts)
    shift, second = next(((one, at) for one, at in within if at is not None), (None, None))
    if shift is None or second is None:
        return "outside"
    if is_poor(fix):
        return "poor"
    if (shift.id, second) in known:
        return "twice"
    known.add((shift.id, second))
    where = {"lon": round(fix.lon, 6), "lat": round(fix.lat, 6), "accuracy": fix.accuracy}
    facts = {"area": shift.area, "shift_id": shift.id, "seconds": second, "source": source[:20], **where}
    uow.session.add(uow.checked(StaffPosition, facts))
    return "kept"
