"""How often something was done from one place, kept in the database, so that all processes of an office count together.

Who it was stands there only as a keyed mark, and goes by itself when the time is over.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, text
from sqlmodel import Field, SQLModel, col, select

from core.kernel.crypto import keyring

if TYPE_CHECKING:
    from core.kernel.database import Office

COUNT = text(
    "INSERT INTO limit_count (mark, slot, until, times) VALUES (:mark, :slot, :until, 1) "
    "ON CONFLICT (mark, slot) DO UPDATE SET times = limit_count.times + 1"
)
FORGET = text("DELETE FROM limit_count WHERE until < :now")


class LimitCount(SQLModel, table=True):
    """How often in one stretch of time; `until` is the second since 1970 after which nobody asks for it any more."""

    __tablename__ = "limit_count"

    mark: str = Field(primary_key=True, max_length=24)
    slot: int = Field(primary_key=True, sa_type=BigInteger)
    until: int = Field(index=True, sa_type=BigInteger)
    times: int = Field(default=1)


def count(office: "Office", purpose: str, who: str, seconds: int) -> int:
    """One more time; how many there were in the last `seconds`, this one included."""
    now = _now()
    slot = now // seconds
    values = {"mark": _mark(purpose, who, seconds), "slot": slot, "until": (slot + 2) * seconds}
    with office.writing(), office.writer.begin() as connection:
        connection.execute(FORGET, {"now": now})
        connection.execute(COUNT, values)
    return used(office, purpose, who, seconds)


def used(office: "Office", purpose: str, who: str, seconds: int) -> int:
    """How many times in the last `seconds`: those of this stretch, and of the one before it the share that still
    counts, as if they had come evenly."""
    now = _now()
    slot, passed = divmod(now, seconds)
    asked = select(LimitCount.slot, LimitCount.times).where(
        LimitCount.mark == _mark(purpose, who, seconds), col(LimitCount.slot).in_([slot - 1, slot])
    )
    with office.reading(), office.reader.connect() as connection:
        found = {row.slot: row.times for row in connection.execute(asked)}
    return int(found.get(slot, 0) + found.get(slot - 1, 0) * (seconds - passed) // seconds)


def _mark(purpose: str, who: str, seconds: int) -> str:
    return keyring().index(who, f"limit-{purpose}-{seconds}")


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
