"""The session under a unit of work: it narrows every SELECT to the actor's branch and refuses every change that no
command announced."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, String, bindparam, event, inspect
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.orm.interfaces import CriteriaOption
from sqlalchemy.sql.visitors import InternalTraversal
from sqlmodel import Session

from core.geo.mercator import cell_of
from core.kernel import custom, freshness, history, lines, oneself, values
from core.kernel.access import roles
from core.kernel.audit import AuditEntry
from core.kernel.crypto import Sealed, keyring
from core.kernel.fields import CUSTOM, Declared, declared
from core.kernel.i18n import _
from core.kernel.problems import Refused
from core.kernel.records import AreaRecord, Extended, Placed, Record

if TYPE_CHECKING:
    from core.kernel.unit_of_work import UnitOfWork

COUNTED = {"id", "version", "last_seen", "cell"}
VERIFIED = {"verified_at", "verified_by", "verified_from"}
ENDED = {"with_ended": True}
"""Execution options of a SELECT that also wants what has ended, such as houses that were pulled down."""


class ScopedSession(Session):
    """A session that knows whose it is."""

    def get(self, entity: Any, ident: Any, **how: Any) -> Any:
        """A record by its number, also one that has ended: who knows the number asks for this very one."""
        return super().get(entity, ident, **{**how, "execution_options": ENDED})


def _whose(session: Any) -> UnitOfWork:
    uow: UnitOfWork = session.info["uow"]
    return uow


@event.listens_for(ScopedSession, "do_orm_execute")
def _only_their_branch(state: ORMExecuteState) -> None:
    """Raises RuntimeError for anything but a SELECT on mapped records: there is no way round the promises."""
    if not state.is_select or not state.is_orm_statement:
        raise RuntimeError("read mapped records with select; change them one at a time in a command")
    if state.is_column_load:
        return
    actor = _whose(state.session).actor
    with_ended = bool(state.execution_options.get("with_ended"))
    narrowing = _narrowing(tuple(scoped_kinds()), actor.branch, actor.ancestors, with_ended)
    state.statement = state.statement.options(narrowing)
    if roles()[actor.role].one_person:
        alone = _to_oneself(tuple(scoped_kinds()), actor.person_id)
        state.statement = state.statement.options(alone)


class Narrowing(CriteriaOption):
    """Every table in sight of one branch only, and without what has ended, as one option of a statement.

    The bounds are parameters that all tables share, so a statement is compiled once for everybody and its place in
    SQLAlchemy's cache costs three parameters, not one condition for each table of the product.
    """

    propagate_to_loaders = True
    _traverse_internals = [  # noqa: RUF012  (SQLAlchemy's own way to say it)
        ("kinds", InternalTraversal.dp_plain_obj),
        ("low", InternalTraversal.dp_clauseelement),
        ("high", InternalTraversal.dp_clauseelement),
        ("above", InternalTraversal.dp_clauseelement),
        ("with_ended", InternalTraversal.dp_boolean),
    ]

    def __init__(
        self,
        kinds: tuple[type[AreaRecord], ...],
        branch: tuple[str, str],
        above: tuple[str, ...],
        with_ended: bool,
    ) -> None:
        self.kinds, self.with_ended = kinds, with_ended
        self.low, self.high = (bindparam(None, bound, String, unique=True) for bound in branch)
        self.above = bindparam(None, above, String, unique=True, expanding=True)
        bounds = (self.low, self.high, self.above)
        seen = [(kind, kind.seen_from(*bounds)) for kind in kinds]
        if not with_ended:
            seen += [(kind, left) for kind in kinds if (left := kind.standing()) is not None]
        self.each = [with_loader_criteria(kind, where, include_aliases=True) for kind, where in seen]

    def process_compile_state(self, compile_state: Any) -> None:
        """When a statement is compiled: the condition of each table."""
        for one in self.each:
            one.process_compile_state(compile_state)

    def process_compile_state_replaced_entities(self, compile_state: Any, mapper_entities: Any) -> None:
        """The same for a statement whose entities were replaced."""
        self.process_compile_state(compile_state)

    def get_global_criteria(self, attributes: Any) -> None:
        """The same where only the conditions are asked for."""
        for one in self.each:
            one.get_global_criteria(attributes)


class ToOneself(Narrowing):
    """Beside that: every table only as far as it speaks of the one person that the actor is."""

    _traverse_internals = [  # noqa: RUF012
        ("kinds", InternalTraversal.dp_plain_obj),
        ("person", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, kinds: tuple[type[AreaRecord], ...], person_id: int) -> None:
        self.kinds = kinds
        self.person = bindparam(None, person_id, BigInteger, unique=True)
        self.each = [
            with_loader_criteria(k, oneself.told(k, self.person), include_aliases=True) for k in kinds
        ]


@lru_cache(maxsize=32)
def _to_oneself(kinds: tuple[type[AreaRecord], ...], person_id: int) -> ToOneself:
    """Kept for the few statements of one visit."""
    return ToOneself(kinds, person_id)


@lru_cache(maxsize=512)
def _narrowing(
    kinds: tuple[type[AreaRecord], ...], branch: tuple[str, str], above: tuple[str, ...], with_ended: bool
) -> Narrowing:
    """Kept, because making it costs more than most queries."""
    return Narrowing(kinds, branch, above, with_ended)


def scoped_kinds() -> list[type[AreaRecord]]:
    """Every table whose rows stand in the area tree."""
    registry = inspect(AuditEntry).registry
    return [m.class_ for m in registry.mappers if issubclass(m.class_, AreaRecord)]


@event.listens_for(ScopedSession, "before_flush")
def _no_change_without_a_command(session: ScopedSession, *_rest: Any) -> None:
    uow = _whose(session)
    touched = [r for r in (*session.new, *session.deleted) if isinstance(r, Record)]
    touched += [r for r in session.dirty if session.is_modified(r)]
    if touched and not uow.writes:
        raise RuntimeError(f"change outside a command: {touched}")
    for record in touched:
        _stays_in_branch(uow, record)
        born, gone = record in session.new, record in session.deleted
        is_news = born or gone or _is_news(record)
        _refresh(record, born=born)
        if isinstance(record, AreaRecord):
            uow.touched.add(type(record).__name__)
        if isinstance(record, AreaRecord) and uow.actor.role != "job":
            _only_their_fields(uow, record, born=born, gone=gone)
        values.keep(session, record, born=born, gone=gone)
        if record.historic and is_news:
            session.add_all(list(history.lines(uow, record, born=born, gone=gone)))
        seen = freshness.seen(uow, record) if is_news and not born and not gone else []
        session.add_all(seen)
        for step in (record, *seen) if uow.recording else ():
            uow.recording.note(step, born=step in session.new, gone=gone)  # type: ignore[union-attr]
        if record.audited and is_news:
            changed, secret = history.changed(record, born=born), record.guarded()
            changes = {n: [_loggable(value, n in secret) for value in pair] for n, pair in changed.items()}
            about, area = f"{type(record).__name__}/{record.id}", getattr(record, "area", None)
            uow.lines.append(uow.line("removed" if gone else "done", about=about, area=area, changes=changes))


def _stays_in_branch(uow: UnitOfWork, record: Record) -> None:
    """Neither from nor to a place that is not the actor's."""
    if isinstance(record, AreaRecord):
        low, high = uow.actor.branch
        before = inspect(record).attrs.area.history.deleted or ()
        if any(not low <= area < high for area in (record.area, *before)):
            raise Refused(_("That place is not in your area."))


def _only_their_fields(uow: UnitOfWork, record: AreaRecord, *, born: bool, gone: bool) -> None:
    """A department line changes the fields it keeps and nothing else of the shared records, which it neither files nor
    removes; nobody else changes what a line keeps to itself."""
    of, is_department = type(record).__name__, bool(uow.actor.side)
    if not lines.is_ruled(of) or (gone and not is_department):
        return
    changed = [name for name in history.changed(record, born=born) if name not in VERIFIED]
    own: dict[str, Declared] = {}
    if isinstance(record, Extended) and any(name.startswith(CUSTOM) for name in changed):
        own = custom.own_fields(uow, record.fields_of, record.area)
    if gone or any(not lines.may_change(uow.actor, of, name, own.get(name)) for name in changed):
        raise Refused(_("This field is kept by another line. Propose the change instead."))


def _refresh(record: Record, *, born: bool) -> None:
    """Count the version up, and keep true what follows from other fields: the cell, the marks of sealed ones."""
    if not born:
        record.version += 1
    if isinstance(record, Placed):
        record.cell = cell_of(record.lon, record.lat)
    for name, known in declared(type(record)).items():
        if known.kind is Sealed and hasattr(record, f"{name}_index"):
            sealed = getattr(record, name)
            setattr(record, f"{name}_index", sealed.index if sealed else None)
            setattr(record, f"{name}_tail", sealed.tail if sealed else None)


def _is_news(record: Record) -> bool:
    """Whether more changed than what is counted for its own sake, such as when somebody was last seen."""
    return any(a.history.has_changes() and a.key not in COUNTED for a in inspect(record).attrs)


def _loggable(value: object, is_secret: bool) -> object:
    """A sealed or guarded value appears as a digest, everything else as it is."""
    if isinstance(value, Sealed):
        return f"sealed:{value.index[:12]}"
    is_told = not is_secret or value in (None, "")
    return value if is_told else f"sealed:{keyring().index(str(value), 'guarded')[:12]}"
