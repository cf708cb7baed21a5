"""The office's own codes at hand in every process: read again at most once a second, and at once where one changed."""

from threading import Lock
from time import monotonic

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from core.kernel import codes, database
from core.kernel.codes import Own, OwnCode
from core.kernel.database import Office
from core.upkeep.models import LocalCode

FRESH = 1.0
"""Seconds for which what was read is good: so long after a change elsewhere a form may still lack a code."""

_lock = Lock()
_known: Own = {}
_whose: Office | None = None
_until = 0.0


def known() -> Own:
    """List -> the office's own codes; nothing while no office is open."""
    global _known, _whose, _until
    office = database.current()
    if office is None:
        return {}
    if office is not _whose or monotonic() >= _until:
        with _lock:
            _known, _whose, _until = _read(office), office, monotonic() + FRESH
    return _known


def forget() -> None:
    """Read anew at the next look."""
    global _until
    _until = 0.0


def _read(office: Office) -> Own:
    """What the database says; what was known before while it does not answer or has no such table yet."""
    found: dict[str, list[OwnCode]] = {}
    wanted = select(
        col(LocalCode.list_name),
        col(LocalCode.code),
        col(LocalCode.name),
        col(LocalCode.name_en),
        col(LocalCode.ended_on),
    )
    try:
        with office.reader.connect() as connection:
            for name, code, said, english, ended_on in connection.execute(wanted.order_by(col(LocalCode.id))):
                found.setdefault(name, []).append(OwnCode(code, said, english, ended_on is not None))
    except DBAPIError:
        return _known if office is _whose else {}
    return {name: tuple(own) for name, own in found.items()}


codes.ask(known)
