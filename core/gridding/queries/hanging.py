"""What hangs on a record, in whatever table of whatever domain, found by the tables themselves: when a building moves
to another grid, its houses move with it, and with these their households, residents, shops, entries, photos …

A record stands where its anchor stands: the record that its first filled-in anchor column points at. Everything here
works inside a query or command and looks only at records that stand in the grid that is left.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Table, and_
from sqlalchemy import select as choose
from sqlmodel import SQLModel

from core.gridding.models import GridBoundary, GridChange, GridMove
from core.kernel.audit import AuditEntry
from core.kernel.records import AreaRecord, Placed, TreeRecord
from core.kernel.search import SearchDoc
from core.kernel.session import scoped_kinds
from core.kernel.undo import Deed
from core.kernel.unit_of_work import UnitOfWork
from core.kernel.values import FieldValue
from core.people.models import Person
from core.places.models import Building
from core.places.rules import span

Found = dict[str, list[int]]
"""Kind of record -> numbers."""
ORDER = ("building", "house", "household", "organisation", "person")
ANCHORS = ("house", "building", "household", "organisation", "person", "proposal")
"""Tables that others hang on, the stronger first: who works for an organisation stands where it is, not at home."""
UNMOVED = frozenset(
    {"Account", "Job", "Tally", "CheckCount", "DuplicatePair", "Shift", "StaffPosition", "PrintRun"}
)
"""What is about the people at work or was counted for a grid, and pairs, whose place follows from two records."""
MANY = 500


@cache
def movable() -> tuple[type[AreaRecord], ...]:
    """Every kind of record that stands in a grid and can stand in another one, anchors before what hangs on them."""
    fixed = (AuditEntry, GridBoundary, GridChange, GridMove)
    kinds = [kind for kind in scoped_kinds() if not issubclass(kind, (TreeRecord, *fixed))]
    return tuple(sorted((k for k in kinds if k.__name__ not in UNMOVED), key=_order))


def _order(kind: type[AreaRecord]) -> tuple[int, str]:
    table = SQLModel.metadata.tables[str(kind.__tablename__)]
    if table.name in ORDER:
        return ORDER.index(table.name), kind.__name__
    is_about = kind in (SearchDoc, FieldValue, Deed) or _about(table) is not None
    return len(ORDER) + (2 if "proposal_id" in table.c else is_about), kind.__name__


@cache
def table_of(kind: str) -> Table:
    """The table of a kind of record."""
    names = {one.__name__: str(one.__tablename__) for one in scoped_kinds()}
    return SQLModel.metadata.tables[names[kind]]


@cache
def anchors_of(kind: type[AreaRecord]) -> tuple[tuple[str, str], ...]:
    """(column, kind it points at) of what a record hangs on, the strongest first: columns named after a table."""
    known = {str(one.__tablename__): one.__name__ for one in scoped_kinds()}
    own = str(kind.__tablename__)
    columns = SQLModel.metadata.tables[own].columns
    return tuple((f"{name}_id", known[name]) for name in ANCHORS if f"{name}_id" in columns and name != own)


@cache
def placed() -> tuple[type[AreaRecord], ...]:
    """The kinds that have a position of their own beside buildings."""
    return tuple(kind for kind in movable() if issubclass(kind, Placed) and kind is not Building)


def hanging(uow: UnitOfWork, area: str, seeds: Mapping[str, Collection[int]]) -> Found:
    """The seeds and everything in `area` that hangs on them, by kind, inside a query or command."""
    found: Found = {kind: sorted(numbers) for kind, numbers in seeds.items()}
    for kind in movable():
        own = set(found.get(kind.__name__, ()))
        own.update(_followers(uow, kind, area, found))
        if own:
            found[kind.__name__] = sorted(own)
    return found


def leftover(uow: UnitOfWork, area: str, found: Mapping[str, Collection[int]]) -> Found:
    """What stands in an area beside what was found already, inside a query or command."""
    rest: Found = {}
    for kind in movable():
        table = table_of(kind.__name__)
        own = [table.c.kind != "area"] if kind is SearchDoc else []  # the grid itself is found as before
        numbers = set(_numbers(uow, choose(table.c.id).where(table.c.area == area, *own)))
        if numbers := numbers - set(found.get(kind.__name__, ())):
            rest[kind.__name__] = sorted(numbers)
    return rest


def unanchored(uow: UnitOfWork, kind: str, numbers: Sequence[int]) -> list[int]:
    """Those of some records that hang on nothing, inside a query or command."""
    table = table_of(kind)
    model = next(one for one in movable() if one.__name__ == kind)
    free: list[ColumnElement[bool]] = [table.c[column].is_(None) for column, _kind in anchors_of(model)]
    if kind == "Person":
        homes = table_of("Residence").c
        free = [~choose(homes.id).where(homes.person_id == table.c.id).exists()]
    return [
        number
        for some in _chunks(numbers)
        for number in _numbers(uow, choose(table.c.id).where(table.c.id.in_(some), *free))
    ]


def _followers(
    uow: UnitOfWork, kind: type[AreaRecord], area: str, found: Mapping[str, list[int]]
) -> Iterator[int]:
    """The records of a kind that hang on records that were found."""
    if kind is Person:
        yield from _residents(uow, area, found)
        return
    table = table_of(kind.__name__)
    for condition in _conditions(kind, table, found):
        yield from _numbers(uow, choose(table.c.id).where(table.c.area == area, condition))


def _conditions(
    kind: type[AreaRecord], table: Table, found: Mapping[str, list[int]]
) -> Iterator[ColumnElement[bool]]:
    if kind is SearchDoc or kind is FieldValue:
        column = table.c.id if kind is SearchDoc else table.c.record_id
        yield from (column.in_(some) for numbers in list(found.values()) for some in _chunks(numbers))
    elif kind is Deed:
        yield from (table.c.about.in_([f"{of}/{n}" for n in some]) for of, some in _each(found))
    elif about := _about(table):
        yield from (and_(about[0] == of, about[1].in_(some)) for of, some in _each(found))
    else:
        weaker: list[ColumnElement[bool]] = []
        for name, to in anchors_of(kind):
            mine = table.c[name]
            yield from (and_(mine.in_(some), *weaker) for some in _chunks(found.get(to, ())))
            weaker.append(mine.is_(None))


def _about(table: Table) -> tuple[Any, Any] | None:
    """The two columns by which a record is about another one of any kind."""
    pairs = (("about_kind", "about_id"), ("of", "record_id"))
    return next(((table.c[of], table.c[to]) for of, to in pairs if of in table.c and to in table.c), None)


def _residents(uow: UnitOfWork, area: str, found: Mapping[str, list[int]]) -> Iterator[int]:
    """People of the area whose newest home is among the houses; those who left for good stay with it, too."""
    people, homes = table_of("Person").c, table_of("Residence").c
    houses = set(found.get("House", ()))
    candidates = {
        number
        for some in _chunks(sorted(houses))
        for number in _numbers(uow, choose(homes.person_id).where(homes.house_id.in_(some)).distinct())
    }
    for some in _chunks(sorted(candidates)):
        columns = (homes.person_id, homes.house_id, homes.to_on, homes.from_on, homes.id)
        asked = choose(*columns).join(Person, people.id == homes.person_id)
        there = asked.where(homes.person_id.in_(some), people.area == area)
        yield from _at_home(uow.session.connection().execute(there).all(), houses)


def _at_home(stays: Iterable[Any], houses: Collection[int]) -> Iterator[int]:
    newest: dict[int, tuple[Any, ...]] = {}
    for person, house, to_on, from_on, number in stays:
        rank = (to_on is None, str(from_on or ""), number, house)
        newest[person] = max(newest.get(person, rank), rank)
    yield from (person for person, rank in newest.items() if rank[-1] in houses)


def _each(found: Mapping[str, list[int]]) -> Iterator[tuple[str, Sequence[int]]]:
    return ((kind, some) for kind, numbers in list(found.items()) for some in _chunks(numbers))


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + MANY] for start in range(0, len(numbers), MANY))


def _numbers(uow: UnitOfWork, asked: Any) -> list[int]:
    return list(uow.session.connection().execute(asked).scalars())


def positions(
    uow: UnitOfWork, kind: type[AreaRecord], area: str
) -> tuple[list[int], list[str], NDArray[np.float64]]:
    """Number, grid and degrees of the records of a kind below an area that stand for themselves at a position, inside a
    query or command."""
    table = table_of(kind.__name__)
    free = [table.c[column].is_(None) for column, _to in anchors_of(kind)]
    low, high = span(area)
    there = (table.c.area >= low, table.c.area < high, table.c.lon.is_not(None), table.c.lat.is_not(None))
    asked = choose(table.c.id, table.c.area, table.c.lon, table.c.lat).where(*there, *free)
    rows = uow.session.connection().execute(asked).all()
    degrees = np.array([row[2:] for row in rows], dtype=float).reshape(-1, 2)
    return [row[0] for row in rows], [row[1] for row in rows], degrees


def standing(uow: UnitOfWork, kind: str, area: str, numbers: Sequence[int]) -> list[int]:
    """Those of some records that stand in an area, inside a query or command."""
    table = table_of(kind)
    there = (
        choose(table.c.id).where(table.c.area == area, table.c.id.in_(some)) for some in _chunks(numbers)
    )
    return [number for asked in there for number in _numbers(uow, asked)]
