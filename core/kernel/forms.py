"""Which fields a form, a list or an export has for somebody."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import SQLModel

from core.kernel import lines
from core.kernel.custom import POINTS_AT, own_fields
from core.kernel.fields import Declared
from core.kernel.masking import values_of
from core.kernel.records import AreaRecord
from core.kernel.search import titles
from core.kernel.unit_of_work import UnitOfWork, query


@query("home.view")
def form_fields(uow: UnitOfWork, model: type[SQLModel], area: str = "") -> list[Declared]:
    """The fields of a kind of record at a place that this actor may see: declared, switched on, the office's own.

    Each names its `keeper` when the actor may not change it at once.
    """
    shown = [known for known in uow.fields(model, area).values() if lines.reads(uow.actor, known)]
    return [replace(known, keeper=lines.kept_by(uow.actor, known)) for known in shown]


@query("home.view")
def own_columns(uow: UnitOfWork, of: str) -> list[Declared]:
    """The fields of an office's own that stand in the lists of a kind of record, as this actor may see them."""
    own = own_fields(uow, of).values()
    return [known for known in own if known.facts.listed and lines.reads(uow.actor, known)]


def own_values(uow: UnitOfWork, records: Sequence[AreaRecord]) -> dict[int, dict[str, Any]]:
    """Number of a record -> what its fields of an office's own say, masked, for records of one kind, inside a query.
    People and houses they point at stand by their number; `named` says what these are called."""
    of = str(getattr(records[0], "fields_of", "")) if records else ""
    known = own_fields(uow, of) if of else {}
    return {one.id: values_of(uow.actor, one, known) for one in records}


@query("home.view")
def named(
    uow: UnitOfWork, fields: Sequence[Declared], rows: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The same rows with names in place of the numbers of people and houses; those out of sight stay empty."""
    points = [known.name for known in fields if known.facts.widget in POINTS_AT]
    ids = {int(row[name]) for row in rows for name in points if row.get(name)}
    names = titles(uow, ids) if ids and uow.actor.may("search") else {}
    return [{**row, **{n: names.get(int(row[n]), "") for n in points if row.get(n)}} for row in rows]
