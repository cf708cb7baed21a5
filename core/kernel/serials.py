"""Serial numbers that no two branches give out twice.

The one look across branches there is: it tells a command which numbers are in use, and nothing else of the
records that carry them.
"""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork


def next_serial(uow: UnitOfWork, column: ColumnElement[Any], prefix: str, width: int) -> str:
    """`prefix` and the next number in `width` digits, for a command. Raises Invalid when they are used up."""
    if not uow.writes:
        raise RuntimeError("a serial number is given out by a command")
    uow.session.flush()
    highest = select(func.max(column)).where(column >= prefix, column < prefix + "~")
    last = uow.session.connection().execute(highest).scalar() or ""
    number = int(last[len(prefix) : len(prefix) + width] or 0) + 1
    if number >= 10**width:
        raise Invalid(_("All numbers that begin with {prefix} are used up.").format(prefix=prefix))
    return f"{prefix}{number:0{width}}"


def used(uow: UnitOfWork, column: ColumnElement[Any], prefix: str) -> set[str]:
    """Every number in use that begins with `prefix`, for a command that gives out few of them."""
    if not uow.writes:
        raise RuntimeError("a serial number is given out by a command")
    uow.session.flush()
    asked = select(column).where(column >= prefix, column < prefix + "~")
    return set(uow.session.connection().execute(asked).scalars())
