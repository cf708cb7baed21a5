"""Deeds: what one command did to many records, tried out beforehand, kept as a whole and taken back as a whole.

While a command runs inside `deed`, every step is noted: which record came, went or changed, and what each field said
before and after. The notes are sealed in one piece, for they may hold numbers. Taking a deed back goes through the
steps from the last to the first; it is refused when anything has changed since, and history and audit log tell both.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import inspect
from sqlmodel import Field

from core.kernel.crypto import Sealed
from core.kernel.fields import Moment, SealedText
from core.kernel.i18n import N_, _
from core.kernel.problems import Clash
from core.kernel.records import AreaRecord, Record
from core.kernel.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from sqlalchemy.orm import InstanceState

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
COUNTERS = frozenset({"residents", "size"})
"""These only count others: a later change stays when a deed is taken back."""
ABOUT = "deed"
DEEDS = {
    "merge": N_("Two records of one person merged"),
    "birth": N_("Birth"),
    "death": N_("Death"),
    "moved_in": N_("Moved in"),
    "moved_out": N_("Moved out"),
    "split": N_("Household split"),
    "joined": N_("Households merged"),
    "moved": N_("Household moved"),
    "claim": N_("Self-report accepted"),
    "home_began": N_("Home entered"),
    "home_ended": N_("Home ended"),
    "home_filed": N_("Earlier home entered"),
    "home_corrected": N_("Period of a home corrected"),
    "home_split": N_("Period of a home split"),
    "home_withdrawn": N_("Period of a home withdrawn"),
    "visit": N_("Visit"),
    "rebuilt": N_("Houses built, closed, split or merged"),
}


class Deed(AreaRecord, table=True):
    """Something that was done in one command. `about` and `other` name the records whose pages tell of it."""

    audited: ClassVar[bool] = False

    kind: str = Field(max_length=20)
    permission: str = Field(max_length=60)
    about: str = Field(max_length=80, index=True)
    other: str = Field(default="", max_length=80, index=True)
    at: datetime = Field(sa_type=Moment)
    who: str = Field(max_length=60)
    reason: str = Field(default="", max_length=200)
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by: str = Field(default="", max_length=60)
    steps: Sealed | None = Field(default=None, sa_type=SealedText(ABOUT))

    model_config = {"arbitrary_types_allowed": True}  # noqa: RUF012


@dataclass(frozen=True)
class Step:
    """One record came (+), went (-) or changed (~): field -> what it said before and after."""

    kind: str
    id: int
    sign: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class Recording:
    """The steps of a command so far, in their order."""

    steps: list[Step] = field(default_factory=list)
    is_open: bool = False

    def note(self, record: Record, *, born: bool, gone: bool) -> None:
        """A record is about to be written, inside a flush."""
        if isinstance(record, Deed) or record.lasting:
            return
        state: InstanceState[Any] = inspect(record)
        names = [
            a.key for a in state.attrs if a.key != "version" and (born or gone or a.history.has_changes())
        ]
        now = {name: getattr(record, name) for name in names}
        was = {name: _before(state, name) for name in names}
        sign = "+" if born else "-" if gone else "~"
        before, after = {} if born else was, {} if gone else now
        self.steps.append(Step(type(record).__name__, record.id, sign, before, after))


def _before(state: "InstanceState[Any]", name: str) -> Any:
    history = state.attrs[name].history
    return history.deleted[0] if history.deleted else state.attrs[name].value


# --- doing ----------------------------------------------------------------------------------------------


@dataclass
class Doing:
    """A deed under way, and the records whose pages will tell of it."""

    about: AreaRecord
    other: AreaRecord | None = None


@contextmanager
def deed(uow: UnitOfWork, kind: str, about: AreaRecord, other: AreaRecord | None = None) -> Iterator[Doing]:
    """Whatever the command does in the block can be taken back as one; a deed inside another belongs to that."""
    doing = Doing(about, other)
    recording = uow.recording = uow.recording or Recording()
    if recording.is_open:
        yield doing
        return
    recording.is_open = True
    yield doing
    uow.session.flush()
    named = {"about": _name(about), "other": _name(doing.other) if doing.other else ""}
    told: dict[str, Any] = {"at": uow.now, "who": uow.actor.login, "reason": uow.reason, **named}
    sealed = Sealed(ABOUT, plain=json.dumps([_written(step) for step in recording.steps], ensure_ascii=False))
    uow.session.add(Deed(area=about.area, kind=kind, permission=uow.permission, steps=sealed, **told))


def _name(record: AreaRecord) -> str:
    return f"{type(record).__name__}/{record.id}"


class _Rehearsed(Exception):
    """Nothing of it happened."""


def rehearse(
    uow: UnitOfWork,
    tell: Callable[[UnitOfWork, Sequence[Step]], T],
    command: Callable[Concatenate[UnitOfWork, P], R],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """What a command would do, told in words, without doing it. Raises what the command raises."""
    answer: list[T] = []
    try:
        with uow.running(command.permission):  # type: ignore[attr-defined]
            uow.recording = Recording()
            command(uow, *args, **kwargs)
            answer.append(tell(uow, uow.recording.steps))
            raise _Rehearsed
    except _Rehearsed:
        return answer[0]


# --- taking back ----------------------------------------------------------------------------------------


def take_back(uow: UnitOfWork, done: Deed, said: Callable[[Step], str]) -> list[Step]:
    """Undo a deed inside a command; `said` names the record of a step. Returns the steps of records that only follow
    others and have moved on since: they are to be made anew. Raises Clash with what stands in the way.
    """
    if done.undone_at is not None:
        raise Clash(_("This was taken back already."))
    steps = steps_of(done)
    last = {(step.kind, step.id): step for step in steps}
    changed = [one for key, one in last.items() if not _is_as_left(uow, key, steps)]
    if blocking := list(dict.fromkeys(said(one) for one in changed if not _kind(one.kind).derived)):
        what = "、".join(blocking[:5])
        raise Clash(_("It can no longer be taken back: {what} has changed since.").format(what=what))
    uow.undoing = True
    stale = {(one.kind, one.id) for one in changed}
    for step in reversed(steps):
        if (step.kind, step.id) not in stale:
            _undo(uow, step)
    done.undone_at, done.undone_by = uow.now, uow.actor.login
    return changed


def steps_of(done: Deed) -> list[Step]:
    """The steps of a deed in their order, with values as the records had them."""
    return [_read(one) for one in json.loads(done.steps.open())] if done.steps else []


def _is_as_left(uow: UnitOfWork, key: tuple[str, int], steps: Sequence[Step]) -> bool:
    """Whether a record is still as the deed left it, in what the deed touched."""
    kind, number = key
    mine = [step for step in steps if (step.kind, step.id) == key]
    record = uow.session.get(_kind(kind), number)
    if mine[-1].sign == "-" or record is None:
        return record is None and mine[-1].sign == "-"
    left: dict[str, Any] = {}
    for step in mine:
        left.update(step.after)
    free = frozenset() if mine[0].sign == "+" else COUNTERS
    return all(getattr(record, name) == value for name, value in left.items() if name not in free)


def _undo(uow: UnitOfWork, step: Step) -> None:
    """One step backwards; the looks that changes bring with them are left to the steps themselves."""
    kind = _kind(step.kind)
    if step.sign == "-":
        uow.session.add(kind(**step.before))
    else:
        record = uow.session.get_one(kind, step.id)
        if step.sign == "+":
            uow.session.delete(record)
        for name, value in step.before.items():
            less = getattr(record, name) - step.after[name] if name in COUNTERS else 0
            setattr(record, name, value + less if less else value)
    uow.session.flush()


# --- as text --------------------------------------------------------------------------------------------


@cache
def _kinds() -> dict[str, type[Record]]:
    mapped = (mapper.class_ for mapper in inspect(Deed).registry.mappers)
    return {kind.__name__: kind for kind in mapped if issubclass(kind, Record)}


def _kind(name: str) -> type[Record]:
    return _kinds()[name]


def _written(step: Step) -> dict[str, Any]:
    told = asdict(step)
    for side in ("before", "after"):
        told[side] = {name: _plain(value) for name, value in told[side].items()}
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, Sealed):
        return {"sealed": value.about, "plain": value.open()}
    return value if isinstance(value, bool | int | float | list | dict | None) else str(value)


@cache
def _reader(kind: str, name: str) -> TypeAdapter[Any]:
    annotation: Any = _kind(kind).model_fields[name].annotation
    return TypeAdapter(annotation, config={"arbitrary_types_allowed": True})


def _read(told: dict[str, Any]) -> Step:
    kind = told["kind"]
    sides = {side: {n: _value(kind, n, v) for n, v in told[side].items()} for side in ("before", "after")}
    return Step(kind, told["id"], told["sign"], **sides)


def _value(kind: str, name: str, value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"sealed", "plain"}:
        return Sealed(value["sealed"], plain=value["plain"])
    return None if value is None else _reader(kind, name).validate_python(value)
