"""Everything that points at a person, in whatever table of whatever domain, found by the foreign keys themselves."""

from collections.abc import Iterator, Mapping
from functools import cache

from sqlalchemy import Column, UniqueConstraint, inspect, or_
from sqlalchemy import select as choose
from sqlmodel import SQLModel, col, func, select

from core.kernel.custom import FieldDefinition
from core.kernel.i18n import N_, _
from core.kernel.kinds import Attached
from core.kernel.records import AreaRecord, Extended, Record
from core.kernel.unit_of_work import UnitOfWork
from core.people.duplicates import DuplicatePair
from core.people.models import Household, Person

HEADS = (Household, "head_id")
"""Points at a person without a foreign key, because each of the two tables would need the other one first."""
LABELS = {
    "Residence": N_("Homes"),
    "Relation": N_("Relations"),
    "DeclaredTag": N_("Service tags"),
}
OTHER = N_("Other entries")


@cache
def kinds() -> tuple[type[Record], ...]:
    """Every kind of record."""
    mapped = (mapper.class_ for mapper in inspect(Person).registry.mappers)
    return tuple(kind for kind in mapped if issubclass(kind, Record))


@cache
def pointing() -> dict[type[Record], tuple[str, ...]]:
    """Kind of record -> its fields that point at a person; pairs of duplicates are kept apart."""
    target = SQLModel.metadata.tables["person"].c.id
    found: dict[type[Record], tuple[str, ...]] = {HEADS[0]: (HEADS[1],)}
    for kind in kinds():
        names = tuple(c.name for c in _columns(kind) if any(key.column is target for key in c.foreign_keys))
        if names and kind is not DuplicatePair:
            found[kind] = found.get(kind, ()) + names
    return found


def _columns(kind: type[Record]) -> Iterator[Column[object]]:
    yield from SQLModel.metadata.tables[str(kind.__tablename__)].columns


@cache
def unique_with(kind: type[Record], name: str) -> tuple[tuple[str, ...], ...]:
    """The sets of fields of a kind that must be the only ones of their values and contain the field."""
    table = SQLModel.metadata.tables[str(kind.__tablename__)]
    found = [tuple(c.name for c in index.columns) for index in table.indexes if index.unique]
    found += [
        tuple(c.name for c in rule.columns)
        for rule in table.constraints
        if isinstance(rule, UniqueConstraint)
    ]
    found += [(c.name,) for c in table.columns if c.unique]
    return tuple(names for names in found if name in names)


def has_twin(uow: UnitOfWork, record: Record, values: Mapping[str, object]) -> bool:
    """Whether another record of the kind has these values, also out of sight, inside a command."""
    table = SQLModel.metadata.tables[str(record.__tablename__)]
    same = [table.c[name] == value for name, value in values.items()]
    asked = choose(table.c.id).where(*same, table.c.id != record.id).limit(1)
    return uow.session.connection().execute(asked).first() is not None


def pointers_at(uow: UnitOfWork, person: Person) -> list[tuple[Record, str]]:
    """Every record in sight that points at a person, and by which field, inside a command."""
    found: list[tuple[Record, str]] = []
    for kind, names in pointing().items():
        wanted = or_(*(col(getattr(kind, name)) == person.id for name in names))
        for record in uow.session.exec(select(kind).where(wanted).order_by(col(kind.id))):
            found += [(record, name) for name in names if getattr(record, name) == person.id]
    return found


def own_pointers(uow: UnitOfWork, person: Person) -> list[tuple[Extended, str]]:
    """Every record in sight that points at a person by a field that the office made for itself, inside a command."""
    asked = select(FieldDefinition.key, FieldDefinition.of).where(FieldDefinition.kind == "person")
    found: list[tuple[Extended, str]] = []
    for key, of in uow.session.exec(asked):
        for kind in kinds():
            if issubclass(kind, Extended) and _may_have(kind, of):
                extra = SQLModel.metadata.tables[str(kind.__tablename__)].c.extra
                there = select(kind).where(extra[key].as_integer() == person.id)
                found += [
                    (record, key) for record in uow.session.exec(there) if record.extra.get(key) == person.id
                ]
    return found


def _may_have(kind: type[Record], of: str) -> bool:
    """Whether records of a kind may have the own fields of a kind of record or, as "register:1", of a register."""
    return kind.__name__ == of or ":" in of


def attached_to(uow: UnitOfWork, person: Person) -> list[Attached]:
    """Photos, documents, consents and whatever else hangs on a person, inside a command."""
    found: list[Attached] = []
    for kind in kinds():
        if issubclass(kind, Attached):
            mine = select(kind).where(kind.about_kind == "Person", kind.about_id == person.id)
            found += uow.session.exec(mine)
    return found


def areas_pointing(uow: UnitOfWork, person: Person) -> set[str]:
    """Where everything stands that points at a person, also outside the actor's branch, inside a command: only places,
    to say which office covers them all."""
    found: set[str] = set()
    connection = uow.session.connection()
    for kind, names in pointing().items():
        table = SQLModel.metadata.tables[str(kind.__tablename__)]
        if issubclass(kind, AreaRecord):
            wanted = or_(*(table.c[name] == person.id for name in names))
            found.update(connection.execute(choose(table.c.area).where(wanted).distinct()).scalars())
    return found


def references(uow: UnitOfWork, person: Person) -> dict[str, int]:
    """What hangs on a person, in words, and how many of each in sight, inside a query."""
    counts: dict[str, int] = {}
    for kind, names in pointing().items():
        wanted = or_(*(col(getattr(kind, name)) == person.id for name in names))
        count = uow.session.exec(select(func.count()).select_from(kind).where(wanted)).one()
        if count and kind not in (Household, Person):
            label = _(LABELS.get(kind.__name__, OTHER))
            counts[label] = counts.get(label, 0) + count
    return counts
