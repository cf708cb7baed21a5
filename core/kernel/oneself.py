"""What somebody sees who looks at what is held about themselves: rows of that one person, and nothing else.

Whatever a role of one person may, the session narrows every SELECT to the rows that point at the person. A kind of
record that points at nobody and has no rule here or in a domain is out of sight: a new one cannot leak.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, String, cast, false, literal, or_, true
from sqlmodel import SQLModel, col

from core.kernel.audit import AuditEntry
from core.kernel.records import AreaRecord, TreeRecord

Person = ColumnElement[int]
"""A parameter of the statement: the number of the one person."""
Rule = Callable[[Any, Person], ColumnElement[bool]]

RULES: dict[type[AreaRecord], Rule] = {
    TreeRecord: lambda _kind, _person: true(),
    AuditEntry: lambda kind, person: col(kind.about) == literal("Person/") + cast(person, String),
}
"""Kinds of record for which not the foreign keys alone say it, also for all that are made from them. Names of areas,
definitions of fields and published texts speak of nobody."""


def told(kind: type[AreaRecord], person: Person) -> ColumnElement[bool]:
    """Which rows of a kind the person may see."""
    for base in kind.__mro__:
        if base in RULES:
            return RULES[base](kind, person)
    columns = SQLModel.metadata.tables[str(kind.__tablename__)].columns
    links = (c.name for c in columns if any(f.target_fullname == "person.id" for f in c.foreign_keys))
    return or_(false(), *(getattr(kind, name) == person for name in links))
