"""One person, one piece of work, one transaction. The promises of the product are kept here and only here:

1. nobody sees or writes a record outside their branch of the area tree;
2. nothing is read without a named query and nothing changes without a named command that the role includes;
3. every change, refusal, look at a watched record and reveal of a sealed field is written down;
4. what leaves a query is a plain value, masked for the person who asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, select

from core.kernel import audit, custom, lines, masking, stamps
from core.kernel.access import Actor
from core.kernel.checking import check, name_of
from core.kernel.crypto import Sealed
from core.kernel.fields import CHINA, Declared, declared
from core.kernel.i18n import _
from core.kernel.problems import Clash, Invalid, Lost, Missing, Refused
from core.kernel.records import AreaRecord, Extended
from core.kernel.session import ScopedSession

if TYPE_CHECKING:
    from core.kernel.database import Office
    from core.kernel.undo import Recording

PERMISSIONS: set[str] = set()
LOOK_AGAIN = timedelta(minutes=10)
LONGEST_ID = 18
"""Digits that fit the 64 bits of a key in every database."""

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Kept = TypeVar("Kept", bound=AreaRecord)


class UnitOfWork:
    """Somebody at work in an office. Open one for each page run, request or job; it holds no connection."""

    def __init__(self, office: Office, actor: Actor) -> None:
        self.office, self.actor = office, actor
        self.permission, self.reason, self.source = "", "", ""
        self.lines: list[audit.Line] = []
        self.touched: set[str] = set()
        """The kinds of record that a command changed; whoever writes past the session names them (stamps.py)."""
        self.recording: Recording | None = None
        """Notes each step of a command that can be taken back (undo.py)."""
        self.undoing = False
        self.known: dict[str, Any] = {}
        """What this piece of work has looked up already; forgotten when its session closes."""
        self._session: ScopedSession | None = None
        self._writes = False

    @property
    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC)

    @property
    def today(self) -> date:
        """The day of this moment in China, wherever the machine stands."""
        return self.now.astimezone(CHINA).date()

    @property
    def session(self) -> Session:
        """The open session; there is none outside a named query or command."""
        if self._session is None:
            raise RuntimeError("records are read in a query and changed in a command")
        return self._session

    @property
    def writes(self) -> bool:
        """Whether a command is under way."""
        return self._writes

    @property
    def is_at_work(self) -> bool:
        """Whether a query or command is under way."""
        return self._session is not None

    # --- one record -------------------------------------------------------

    def get(self, kind: type[Kept], key: int | str | None) -> Kept:
        """The record, or Missing. Outside a command, a look at a watched record is written down."""
        number = str(key or "")
        record = (
            self.session.get(kind, int(number)) if number.isdecimal() and len(number) <= LONGEST_ID else None
        )
        if record is None:
            raise Missing(_("Nothing is here by that number, or it is not in your area."))
        if kind.watched and not self._writes:
            self.lines.append(self.line("viewed", about=name_of(record), area=record.area))
        return record

    def add(self, kind: type[Kept], /, **values: object) -> Kept:
        """File a new record. Raises Invalid with a sentence for each field that cannot be right."""
        record = self.checked(kind, values)
        self.session.add(record)
        self.session.flush()
        return record

    def change(self, record: Kept, /, *, seen: int | None = None, **values: object) -> Kept:
        """Change fields. `seen` is the version the person had before them; a newer one raises Clash."""
        fresh = self.checked(
            type(record), {**record.model_dump(), **masking.sealed_of(record), **values}, record
        )
        if seen is not None and seen != record.version:
            self._clash(record, fresh, values)
        standard, own = custom.split(values)
        for name in (*standard, *(["extra"] if own else [])):
            if getattr(record, name) != getattr(fresh, name):
                setattr(record, name, getattr(fresh, name))
        self.session.flush()
        return record

    def checked(self, kind: type[Kept], values: Mapping[str, object], before: Kept | None = None) -> Kept:
        """A record from values, not yet filed: declared fields and the office's own, each by its declaration.

        Raises Invalid with a sentence a field, Clash for a field that was taken away meanwhile.
        """
        standard, own = custom.split(values)
        record = check(kind, standard, before)
        if isinstance(record, Extended) and (own or before is None):
            was = before.extra if isinstance(before, Extended) else {}
            record.extra = custom.checked(self, record.fields_of, record.area, own, was)
        return record

    def fields(self, kind: type[SQLModel], area: str = "") -> dict[str, Declared]:
        """Every field of a kind of record at a place, inside a query or command: as `custom.fields_of`."""
        return custom.fields_of(self, kind, area)

    def values(self, record: AreaRecord) -> dict[str, Any]:
        """Field -> value of a record, masked for this actor: declared fields and the office's own."""
        fields = {**declared(type(record)), **self._own(record)}
        return masking.values_of(self.actor, record, fields)

    def _own(self, record: AreaRecord) -> dict[str, Declared]:
        return custom.own_fields(self, record.fields_of, record.area) if isinstance(record, Extended) else {}

    def remove(self, record: AreaRecord) -> None:
        """Take a record away; the audit log keeps what it said."""
        self.session.delete(record)
        self.session.flush()

    def _clash(self, record: AreaRecord, fresh: AreaRecord, values: dict[str, object]) -> None:
        known = {**declared(type(record)), **self._own(record)}
        named = {name: known[name] for name in known if name in values}
        differences = masking.differences(self.actor, record, fresh, named)
        if differences:
            raise Clash(_("Somebody else saved this record meanwhile."), differences=differences)

    def show(self, form: type[T], record: SQLModel, **more: object) -> T:
        """A plain value of `form` from the record's fields of the same names, masked for this actor."""
        return masking.show(self.actor, form, record, more)

    def reveal(self, record: AreaRecord, name: str, reason: str) -> str:
        """One sealed field in full, inside a command, for a reason that is written down. Raises Refused, Invalid."""
        if not self._writes:
            raise RuntimeError("revealing is a command")
        known = declared(type(record)).get(name)
        if not lines.sees(self.actor, type(record).__name__, name, known):
            raise Refused(_("This field belongs to another line."))
        if len(reason.strip()) < 2:
            raise Invalid(_("Say why you need to see this."), reason=_("Write the reason in a few words."))
        self.because(reason)
        self.lines.append(self.line("revealed", about=name_of(record), area=record.area, changes={name: ()}))
        sealed = getattr(record, name)
        return sealed.open() if isinstance(sealed, Sealed) else str(sealed or "")

    # --- permission and audit ---------------------------------------------

    def require(self, permission: str) -> None:
        """Go on, or Refused."""
        if not self.actor.may(permission):
            raise Refused(_("Your role does not include this."))

    def because(self, reason: str) -> None:
        """Why the command is run; stands on each of its lines."""
        self.reason = reason.strip()[:200]

    def known_from(self, source: str) -> None:
        """Where the facts come from, a code of the list `sources`; counts as a look at the fields it changes."""
        self.source = source

    def line(
        self, outcome: str, *, about: str = "", area: str | None = None, changes: audit.Changes | None = None
    ) -> audit.Line:
        """A line for the log about what happens now."""
        actor = self.actor
        return audit.Line(
            area=actor.area if area is None else area,
            who=actor.login,
            role=actor.post,
            permission=self.permission,
            outcome=outcome,
            about=about,
            reason=self.reason,
            changes=changes or {},
        )

    def note(self, lines: list[audit.Line]) -> None:
        """Write lines that stand outside a change: looks and refusals."""
        with self.office.writing(), self.office.writer.begin() as connection:
            audit.append(connection, lines)

    # --- opening ----------------------------------------------------------

    @contextmanager
    def reading(self, permission: str) -> Iterator[None]:
        """A named look. Inside another piece of work the outer one answers for it."""
        if self._session is not None:
            yield
            return
        with self._named(permission), self.office.reading(), self._open(writes=False):
            yield
            looks = self._news()
        if looks:
            self.note(looks)

    @contextmanager
    def running(self, permission: str) -> Iterator[None]:
        """A named change: one transaction, all of it or nothing, and its lines in the log with it."""
        if self._writes:
            yield
            return
        with self._named(permission), self.office.writing(), self._open(writes=True) as session:
            yield
            session.flush()
            if self.lines:
                audit.append(session.connection(), self.lines)
            stamps.move(session.connection(), self.touched)
            session.commit()
        self.office.wrote(self.actor)

    @contextmanager
    def _named(self, permission: str) -> Iterator[None]:
        self.permission, self.reason, self.source, self.lines = permission, "", "", []
        self.touched = set()
        try:
            self.require(permission)
            yield
        except Refused:
            self.note([self.line("refused")])
            raise
        except IntegrityError as trouble:
            raise masking.twin(trouble) from trouble
        finally:
            self.permission = ""

    @contextmanager
    def _open(self, *, writes: bool) -> Iterator[ScopedSession]:
        if self._session is not None:
            raise RuntimeError("a query may not start a command")
        engine = self.office.writer if writes else self.office.reader_for(self.actor)
        session = ScopedSession(engine, expire_on_commit=False)
        session.info["uow"] = self
        self._session, self._writes = session, writes
        try:
            yield session
        finally:
            self._session, self._writes = None, False
            self.recording, self.undoing = None, False
            self.known.clear()
            session.close()

    def _news(self) -> list[audit.Line]:
        """The looks of this query that the log does not have yet from the last minutes."""
        if not self.lines:
            return []
        since = self.now - LOOK_AGAIN
        entry = audit.AuditEntry
        seen = select(entry.about).where(
            entry.who == self.actor.login,
            col(entry.at) > since,
            entry.outcome == "viewed",
            col(entry.about).in_([line.about for line in self.lines]),
        )
        known = set(self.session.connection().execute(seen).scalars())
        return list({line.about: line for line in self.lines if line.about not in known}.values())


class Marker(Protocol):
    """A decorator that keeps the signature behind the unit of work."""

    def __call__(
        self, fn: Callable[Concatenate[UnitOfWork, P], R], /
    ) -> Callable[Concatenate[UnitOfWork, P], R]: ...


def query(permission: str) -> Marker:
    """Name a look. What it returns must be plain: a record never leaves its query. One broken off is asked again."""
    PERMISSIONS.add(permission)

    def mark(fn: Callable[Concatenate[UnitOfWork, P], R]) -> Callable[Concatenate[UnitOfWork, P], R]:
        @wraps(fn)
        def run(uow: UnitOfWork, /, *args: P.args, **kwargs: P.kwargs) -> R:
            try:
                with uow.reading(permission):
                    return masking.plain(fn(uow, *args, **kwargs))
            except Lost:
                if uow.is_at_work:
                    raise
                uow.office.lost()
            with uow.reading(permission):
                return masking.plain(fn(uow, *args, **kwargs))

        run.permission = permission  # type: ignore[attr-defined]
        return run

    return mark


def command(permission: str) -> Marker:
    """Name a change. Only functions marked so may change anything; answers go out after the commit."""
    PERMISSIONS.add(permission)

    def mark(fn: Callable[Concatenate[UnitOfWork, P], R]) -> Callable[Concatenate[UnitOfWork, P], R]:
        @wraps(fn)
        def run(uow: UnitOfWork, /, *args: P.args, **kwargs: P.kwargs) -> R:
            outermost = not uow.writes
            with uow.running(permission):
                result = fn(uow, *args, **kwargs)
            return masking.plain(result) if outermost else result

        run.permission = permission  # type: ignore[attr-defined]
        return run

    return mark
