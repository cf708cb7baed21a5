"""The past of a record in words: field by field, who changed it, when, why and from what, masked like the record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlmodel import SQLModel, col, select

from core.kernel import history
from core.kernel.custom import FieldDefinition
from core.kernel.fields import CHINA, CUSTOM, Declared, declared
from core.kernel.i18n import N_, _, language
from core.kernel.masking import hidden, masked, spoken
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import UnitOfWork

T = TypeVar("T")
Kept = TypeVar("Kept", bound=AreaRecord)
FILED, LEFT = N_("Filed"), N_("Taken out of the register")
MOST = 500


@dataclass(frozen=True)
class Way:
    """How a column that is no declared field is told: its label, and its values in words for a reader."""

    label: str
    say: Callable[[UnitOfWork, Any], str] = lambda _uow, value: "—" if value in (None, "") else str(value)


def _moment(_uow: UnitOfWork, value: datetime | None) -> str:
    return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if value else "—"


Ways = Mapping[str, Way]
VERIFIED: Ways = {"verified_at": Way(N_("Verified at"), _moment)}


@dataclass(frozen=True)
class Change:
    """One change of one field. `field` is "+" when the record was filed and "-" when it left; `source` a code of the
    list `sources`, "" when nobody said."""

    at: datetime
    who: str
    field: str
    label: str
    before: str
    after: str
    reason: str
    source: str

    @property
    def day(self) -> date:
        """The day here."""
        return self.at.astimezone(CHINA).date()


@dataclass(frozen=True)
class Past(Generic[T]):
    """A record as it was at the end of a day: None when it was not in the register yet; `differs` names the fields
    that say something else today."""

    day: date
    then: T | None
    differs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class History:
    """The changes of a record, newest first, and every field that ever changed with its label."""

    changes: list[Change]
    fields: dict[str, str]


class Teller:
    """Says what the fields of one kind of record say, for one reader, inside a query. A field that the reader may not
    see has no label and no words."""

    def __init__(self, uow: UnitOfWork, kind: type[SQLModel], fields_of: str, ways: Ways) -> None:
        self.uow, self.kind, self.fields_of, self.ways = uow, kind, fields_of, {**VERIFIED, **ways}

    @cached_property
    def _own(self) -> dict[str, Declared]:
        """The office's own fields, those that were taken away among them."""
        asked = select(FieldDefinition).where(FieldDefinition.of == self.fields_of)
        return {one.key: one.declared(language.get()) for one in self.uow.session.exec(asked)}

    def known(self, name: str) -> Declared | None:
        """The declaration of a field."""
        return self._own.get(name) if name.startswith(CUSTOM) else declared(self.kind).get(name)

    def label(self, name: str) -> str:
        """What a field is called; "" when it is not for this reader."""
        known = self.known(name)
        if known is None:
            return _(self.ways[name].label) if name in self.ways else ""
        needs = known.facts.needs
        shown = (not needs or self.uow.actor.may(needs)) and masked(self.uow.actor, "·", known) is not None
        return _(known.label) if shown else ""

    def say(self, name: str, value: Any) -> str:
        """A value in words, as masked as the record shows it."""
        known = self.known(name)
        if known is None:
            return self.ways[name].say(self.uow, value)
        if known.facts.widget and value:
            return _("chosen")
        return spoken(known, known.said(masked(self.uow.actor, value, known), language.get()))


def past_of(
    uow: UnitOfWork, kind: type[Kept], key: int | str, day: date, tell: Callable[[Kept], T]
) -> Past[T]:
    """A record as the register had it at the end of a day, told by `tell`, inside a query. Raises Missing, Refused."""
    uow.require("record.history")
    found = uow.get(kind, key)
    then = history.as_of(uow, found, day)
    return Past(day, None) if then is None else Past(day, tell(then), history.differing(found, then))


def history_of(uow: UnitOfWork, record: AreaRecord, ways: Ways, only: str = "") -> History:
    """The changes of a record that came out of `uow.get`, of one field when `only` names it, inside a query."""
    teller = Teller(uow, type(record), getattr(record, "fields_of", ""), ways)
    withheld = hidden(uow.actor, record)
    names = [name for name in _changed_fields(uow, record) if name not in withheld]
    labels = {name: teller.label(name) for name in sorted(names)}
    labels = {name: label for name, label in labels.items() if label}
    wanted = {*labels, history.BORN, history.GONE} if not only else {only} & set(labels)
    found = history.of(uow, record, most=MOST, fields=wanted)
    return History([_change(teller, line) for line in found], labels)


def _changed_fields(uow: UnitOfWork, record: AreaRecord) -> list[str]:
    kind = type(record).__name__
    asked = select(history.FieldChange.field).distinct()
    mine = asked.where(history.FieldChange.kind == kind, col(history.FieldChange.record_id) == record.id)
    return list(uow.session.exec(mine))


def _change(teller: Teller, line: history.FieldChange) -> Change:
    about = (line.at, line.who, line.field)
    more = (line.reason, line.source)
    if line.field in (history.BORN, history.GONE):
        return Change(*about, _(FILED if line.field == history.BORN else LEFT), "", "", *more)
    before, after = (history.value_of(teller.kind, line, side) for side in ("before", "after"))
    label = teller.label(line.field)
    return Change(*about, label, teller.say(line.field, before), teller.say(line.field, after), *more)
