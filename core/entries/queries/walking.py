"""How a page of entries is found among a hundred thousand; everything here works inside a query.

What an office's own field sorts or narrows is walked along the index of `FieldValue`, which also knows where each
entry stands, and only the entries of the page are fetched. Columns of shipped registers are asked directly.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy import select as choose
from sqlmodel import col, select

from core.entries.rules import doc_kind
from core.kernel.extensions import Register
from core.kernel.fields import CUSTOM, Declared
from core.kernel.paging import after, column, write_key
from core.kernel.search import matching
from core.kernel.unit_of_work import UnitOfWork
from core.kernel.values import FieldValue, are, between, sortable
from core.people.queries.shared import rows
from core.places.queries.shared import below

SOON = timedelta(days=30)
OVERDUE, COMING = "overdue", "soon"
RANGE = ".."
TOP = "\U0010ffff"


@dataclass(frozen=True, kw_only=True)
class EntryFilter:
    """Which entries, and in which order; nothing said means all in sight, newest first.

    `values`: field -> a code, "1" or "0", the beginning of a text, or "from..to" for days and numbers. `due`: overdue,
    or soon (within 30 days). `sort` is a field; `down` turns it round.
    """

    under: str = ""
    words: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    due: str = ""
    sort: str = ""
    down: bool = False


@dataclass(frozen=True)
class Road:
    """One way through the entries: the columns to order by, the last one the number, and what must hold."""

    keys: tuple[ColumnElement[Any], ...]
    where: tuple[Any, ...]
    down: bool = False


def page_ids(
    uow: UnitOfWork,
    register: Register,
    fields: Mapping[str, Declared],
    wanted: EntryFilter,
    token: str | None,
    limit: int,
) -> tuple[list[int], str | None]:
    """The numbers of up to `limit` entries after `token`, and the token of the next page; inside a query."""
    roads = list(_roads(uow, register, fields, wanted))
    while token and len(roads) > 1 and len(roads[0].keys) != token.count("~") + 1:
        roads.pop(0)
    found: list[tuple[Any, ...]] = []
    for road in roads:
        if len(found) <= limit:
            asked: Any = choose(*road.keys)
            statement: Any = after(asked, list(road.keys), token, down=road.down)
            found += [
                tuple(row) for row in rows(uow, statement.where(*road.where).limit(limit + 1 - len(found)))
            ]
        token = None
    shown = found[:limit]
    return [row[-1] for row in shown], write_key(*shown[-1]) if len(found) > limit else None


def _roads(
    uow: UnitOfWork, register: Register, fields: Mapping[str, Declared], wanted: EntryFilter
) -> Iterator[Road]:
    sort = wanted.sort if wanted.sort in fields else ""
    record, number = register.record, column(register.record.id)
    plain = (*_ground(uow, register, wanted.under), *_narrowed(uow, register, fields, wanted))
    if sort.startswith(CUSTOM):
        yield _by_value(uow, register, fields, wanted, sort)
        none = ~exists().where(col(FieldValue.record_id) == number, col(FieldValue.name) == sort)
        yield Road((number,), (*plain, none))
    elif sort:
        by = column(getattr(record, sort))
        yield Road((by, number), (*plain, by.is_not(None)), wanted.down)
        yield Road((number,), (*plain, by.is_(None)))
    elif (first := _first_choice(fields, wanted)) is not None:
        yield _by_value(uow, register, fields, wanted, first)
    else:
        yield Road((number,), plain, down=True)


def _first_choice(fields: Mapping[str, Declared], wanted: EntryFilter) -> str | None:
    """An own field that is narrowed to one value: its index gives the newest first without sorting."""
    return next(
        (n for n, v in wanted.values.items() if n.startswith(CUSTOM) and _is_one(fields.get(n), v)), None
    )


def _is_one(known: Declared | None, value: str) -> bool:
    return known is not None and bool(value) and (bool(known.choices()) or known.kind is bool)


def _by_value(
    uow: UnitOfWork, register: Register, fields: Mapping[str, Declared], wanted: EntryFilter, name: str
) -> Road:
    """Along the values of one own field: in the order of its values, or of one value by number."""
    number, value = column(FieldValue.record_id), column(FieldValue.value)
    where: list[Any] = [col(FieldValue.of) == register.of, col(FieldValue.name) == name]
    where.append(below(uow, FieldValue, wanted.under))
    only_one = not wanted.sort and _is_one(fields.get(name), wanted.values.get(name, ""))
    if only_one:
        where.append(value == sortable(wanted.values[name]))
    others = {n: v for n, v in wanted.values.items() if not (only_one and n == name)}
    rest = EntryFilter(under=wanted.under, words=wanted.words, values=others, due=wanted.due)
    direct = [c for c in _narrowed(uow, register, fields, rest)]
    if direct:
        where.append(number.in_(choose(column(register.record.id)).where(*direct)))
    return Road((number,) if only_one else (value, number), tuple(where), down=only_one or wanted.down)


def _ground(uow: UnitOfWork, register: Register, under: str) -> list[ColumnElement[bool]]:
    """The entries of one register in an area."""
    of = [col(register.record.register_id) == register.number] if register.number else []
    return [*of, below(uow, register.record, under)]


def _narrowed(
    uow: UnitOfWork, register: Register, fields: Mapping[str, Declared], wanted: EntryFilter
) -> Iterator[Any]:
    """What the filter asks for, as conditions on the entry."""
    for name, value in wanted.values.items():
        if value and name in fields:
            yield from _condition(register, fields[name], value)
    if wanted.due and register.due in fields:
        yield from _condition(register, fields[register.due], due_range(wanted.due))
    if wanted.words.strip():
        table = register.record.__tablename__
        yield matching(uow, wanted.words, doc_kind(register), f"{table}.id")


def due_range(due: str, today: date | None = None) -> str:
    """The days that are overdue, or that come soon, as a range."""
    now = today or date.today()
    yesterday = now - timedelta(days=1)
    return f"{RANGE}{yesterday}" if due == OVERDUE else f"{now}{RANGE}{now + SOON}"


def _condition(register: Register, known: Declared, value: str) -> Iterator[ColumnElement[bool]]:
    """One filter as conditions; nonsense narrows to nothing."""
    low, high = _bounds(known, value)
    if known.name.startswith(CUSTOM):
        yield are(register.record.id, register.of, known.name, *between(low, high))
        return
    by = col(getattr(register.record, known.name))
    if low is not None and low == high:
        yield by == low
        return
    if low is not None:
        yield by >= low
    if high is not None:
        yield by <= high


def _bounds(known: Declared, value: str) -> tuple[Any, Any]:
    """The two ends of what a filter asks for: a day, a number, a code, or the beginning of a text."""
    read: Any = {date: date.fromisoformat, int: int, float: float, bool: lambda text: text == "1"}.get(
        known.kind
    )
    try:
        if known.choices() or known.kind is bool:
            one = read(value) if read else value
            return one, one
        if read is not None:
            low, _dots, high = value.partition(RANGE) if RANGE in value else (value, "", value)
            return (read(low) if low else None), (read(high) if high else None)
    except ValueError:
        return (TOP, "") if read is None else (date.max, date.min) if known.kind is date else (1, 0)
    return value, value + TOP


def counted(uow: UnitOfWork, register: Register, under: str, due: str = "") -> Any:
    """The entries of a register in an area, to be counted inside a query; with `due` those overdue, or due soon."""
    own = register.due.startswith(CUSTOM)
    if due and own:
        low, _dots, high = due_range(due).partition(RANGE)
        of = (col(FieldValue.of) == register.of, col(FieldValue.name) == register.due)
        asked = select(FieldValue.record_id).where(*of, *between(low or None, high or None))
        return asked.where(below(uow, FieldValue, under))
    where = _ground(uow, register, under)
    if due:
        by, (low, _dots, high) = col(getattr(register.record, register.due)), due_range(due).partition(RANGE)
        where += [by <= date.fromisoformat(high)] + ([by >= date.fromisoformat(low)] if low else [])
    return select(register.record.id).where(*where)
