"""Looking at the entries of a register: lists, one in full, its history, and those about a person or house."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from core.entries.queries.books import fields_of, may, opened, pointed, registers_of, title_of
from core.entries.queries.walking import EntryFilter, page_ids
from core.kernel.custom import POINTS_AT, own_fields
from core.kernel.extensions import Register
from core.kernel.fields import CUSTOM, Declared
from core.kernel.i18n import _
from core.kernel.masking import value_of
from core.kernel.paging import Page
from core.kernel.problems import Missing
from core.kernel.records import AreaRecord
from core.kernel.trail import TrailLine, trail_of
from core.kernel.unit_of_work import UnitOfWork, query
from core.kernel.values import are, between
from core.places.queries.of_areas import chain

MOST_ABOUT = 20


@dataclass(frozen=True)
class EntryLine:
    """One entry in a list, masked; in `values` names and addresses stand for what it points at."""

    id: int
    area: str
    title: str
    values: dict[str, Any]
    is_overdue: bool
    verified_at: datetime | None


@dataclass(frozen=True)
class EntryDetail:
    """One entry in full, masked. `said` are its values with names for what it points at, `values` as a form needs them,
    `ended` what fields that have ended still say."""

    id: int
    version: int
    area: str
    kind: str
    title: str
    values: dict[str, Any]
    said: dict[str, Any]
    ended: dict[str, Any]
    is_overdue: bool
    verified_at: datetime | None
    verified_by: str
    chain: list[tuple[str, str]]
    may_write: bool


@dataclass(frozen=True)
class AboutLine:
    """An entry that points at a person or house."""

    register: str
    register_title: str
    id: int
    title: str
    due: date | None
    is_overdue: bool


@query("register.view")
def find_entries(
    uow: UnitOfWork, register: str, wanted: EntryFilter, after: str | None = None, limit: int = 50
) -> Page[EntryLine]:
    """A page of entries; `after` is the token of the page before. Raises Missing for a register that is not theirs."""
    found = opened(uow, register)
    fields = fields_of(uow, found)
    ids, more = page_ids(uow, found, fields, wanted, after, limit)
    return Page(lines_of(uow, found, fields, ids), more)


def lines_of(
    uow: UnitOfWork, register: Register, fields: Mapping[str, Declared], ids: Sequence[int]
) -> list[EntryLine]:
    """Entries by their numbers, in that order, inside a query or command."""
    record = register.record
    found = {one.id: one for one in uow.session.exec(select(record).where(col(record.id).in_(ids)))}
    there = [found[number] for number in ids if number in found]
    values = [uow.values(one) for one in there]
    points = pointed(uow, fields, values)
    return [
        EntryLine(
            one.id,
            one.area,
            title_of(register, one, points),
            said(fields, row, points),
            _is_overdue(register, row),
            one.verified_at,
        )
        for one, row in zip(there, values, strict=True)
    ]


def said(
    fields: Mapping[str, Declared], row: Mapping[str, Any], points: Mapping[tuple[str, int], str]
) -> dict[str, Any]:
    """Values with names in place of the numbers of people and houses; those out of sight stay empty."""
    return {
        name: points.get((known.facts.widget, int(row[name])), "")
        if known.facts.widget in POINTS_AT and row.get(name)
        else row.get(name)
        for name, known in fields.items()
    }


@query("register.view")
def entry(uow: UnitOfWork, register: str, entry_id: int | str) -> EntryDetail:
    """One entry; a look at a sensitive one is written down. Raises Missing."""
    opened_register, found = record_of(uow, register, entry_id)
    fields = fields_of(uow, opened_register, found.area, with_ended=True)
    over = {name for name in fields if name.startswith(CUSTOM)} - set(
        own_fields(uow, opened_register.of, found.area)
    )
    values = {**uow.values(found), **{name: value_of(found, name) for name in over}}
    points = pointed(uow, fields, [values])
    told = said(fields, values, points)
    return uow.show(
        EntryDetail,
        found,
        kind=type(found).__name__,
        title=title_of(opened_register, found, points),
        values=values,
        said={name: value for name, value in told.items() if name not in over},
        ended={
            fields[name].label: fields[name].said(told[name]) for name in over if told[name] not in (None, "")
        },
        is_overdue=_is_overdue(opened_register, values),
        chain=chain(uow, found.area),
        may_write=may(uow, opened_register, write=True),
    )


@query("record.history")
def trail(uow: UnitOfWork, register: str, entry_id: int | str) -> list[TrailLine]:
    """Who changed an entry and who looked, newest first. Raises Missing."""
    found, record = record_of(uow, register, entry_id)
    return trail_of(uow, [record], found.view)


@query("register.view")
def about(uow: UnitOfWork, widget: str, number: int) -> list[AboutLine]:
    """The entries of all registers that point at a person or a house (`widget`), newest first in each."""
    return [line for one in registers_of(uow).values() for line in _about(uow, one, widget, number)]


def _about(uow: UnitOfWork, register: Register, widget: str, number: int) -> list[AboutLine]:
    fields, record = fields_of(uow, register), register.record
    ids: dict[int, None] = {}
    for name, known in fields.items():
        if known.facts.widget == widget:
            asked = select(record.id).where(_points(register, name, number))
            if register.number:
                asked = asked.where(record.register_id == register.number)
            ids.update(
                dict.fromkeys(uow.session.exec(asked.order_by(col(record.id).desc()).limit(MOST_ABOUT)))
            )
    return [
        AboutLine(
            register.name, register.title, one.id, one.title, one.values.get(register.due), one.is_overdue
        )
        for one in lines_of(uow, register, fields, list(ids))
    ]


def _points(register: Register, name: str, number: int) -> Any:
    if name.startswith(CUSTOM):
        return are(register.record.id, register.of, name, *between(number, number))
    return col(getattr(register.record, name)) == number


def record_of(
    uow: UnitOfWork, name: str, key: int | str, *, write: bool = False
) -> tuple[Register, AreaRecord]:
    """A register and one of its entries, inside a query or command. Raises Missing, Refused."""
    found = opened(uow, name, write=write)
    record: AreaRecord = uow.get(found.record, key)
    if found.number and getattr(record, "register_id", 0) != found.number:
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    return found, record


def _is_overdue(register: Register, values: Mapping[str, Any]) -> bool:
    due = values.get(register.due) if register.due else None
    return isinstance(due, date) and due < date.today()
