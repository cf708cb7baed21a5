"""How far the fields of a data set are filled, by area, and how they answer to the standard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, true
from sqlalchemy import select as choose
from sqlmodel import col, func

from core.completeness.datasets import DATASETS, HELD, MARKS, OFF, Dataset, StandardItem, standard_items
from core.completeness.declaring import Limits, limits
from core.completeness.queries.counting import Count, parts_of
from core.completeness.queries.tallies import Counts, stored
from core.kernel.crypto import Sealed
from core.kernel.fields import Declared, declared
from core.kernel.forms import form_fields
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.queries.of_areas import area
from core.places.queries.shared import below


@dataclass(frozen=True)
class FieldLine:
    """One field: filled of those where it can be, in the whole area and in each part, and values that are no code.

    `parts` stand in the order of the sheet's areas; nobody expects an optional field to be full.
    """

    name: str
    label: str
    standard: str
    is_optional: bool
    whole: Count
    parts: list[Count]
    unfit: int


@dataclass(frozen=True)
class ItemLine:
    """One item of the standard, our field for it in words, and how it stands with us; `advice` says why not."""

    dataset: str
    name: str
    ours: str
    mark: str
    said: str
    advice: str


@dataclass(frozen=True)
class FieldSheet:
    """A data set at a place: `areas` (path, name) one level below, its fields, and the items of the standard."""

    whole: str
    areas: list[tuple[str, str]]
    fields: list[FieldLine]
    items: list[ItemLine]
    limits: Limits
    counted_at: datetime | None


@query("completeness.view")
def field_sheet(uow: UnitOfWork, dataset: str, under: str = "") -> FieldSheet:
    """How far each field that the actor may read is filled. Raises Invalid for a data set there is not, Refused."""
    known = _dataset(uow, dataset)
    path = max(under, uow.actor.area, key=len)
    parts, shown = parts_of(uow, path), _columns(form_fields(uow, known.of, path), known)
    kept, at = stored(uow, path, f"fields:{dataset}")
    counts = kept or _counted(uow, known, shown, path)
    lines = [_line(field, counts, [part.area for part in parts], path) for field in shown]
    items = [_item(one, shown) for name in known.standards for one in standard_items(name)]
    places = [(one.area, one.name) for one in parts]
    return FieldSheet(area(uow, path).name, places, lines, items, limits(uow.office.settings), at)


@query("completeness.view")
def tally_fields(uow: UnitOfWork, dataset: str) -> Counts:
    """Every field of a data set, counted now in each grid of the actor's branch; for the night."""
    known = _dataset(uow, dataset)
    return _counted(uow, known, _columns(declared(known.of).values(), known), uow.actor.area)


def _dataset(uow: UnitOfWork, dataset: str) -> Dataset:
    if dataset not in DATASETS:
        raise Invalid(_("There is no such data set."))
    uow.require(DATASETS[dataset].needs)
    return DATASETS[dataset]


def _columns(fields: Iterable[Declared], known: Dataset) -> list[Declared]:
    """Fields with a column that may be empty."""
    return [one for one in fields if one.name in known.of.model_fields and one.kind is not bool]


def _counted(uow: UnitOfWork, known: Dataset, shown: Sequence[Declared], path: str) -> Counts:
    """Grid -> field -> [filled, all, filled with what is no code of the list]."""
    columns: list[Any] = [known.of.area]
    for field in shown:
        filled = _filled(known, field)
        may_be = known.applies.get(field.name, true)()
        columns += [
            func.count().filter(part)
            for part in (and_(filled, may_be), may_be, and_(filled, _unfit(known, field)))
        ]
    here = (below(uow, known.of, path), known.among())
    rows = uow.session.execute(choose(*columns).where(*here).group_by(col(known.of.area)))
    return {row[0]: {f.name: list(row[3 * n + 1 : 3 * n + 4]) for n, f in enumerate(shown)} for row in rows}


def _filled(known: Dataset, field: Declared) -> ColumnElement[bool]:
    column: Any = getattr(known.of, f"{field.name}_index" if field.kind is Sealed else field.name)
    return and_(column.is_not(None), column != "") if field.kind is str else column.is_not(None)


def _unfit(known: Dataset, field: Declared) -> ColumnElement[bool]:
    """Values that are no code of the field's list."""
    column: Any = getattr(known.of, field.name)
    codes = list(field.choices())
    return col(column).not_in(codes) if codes else false()


def _line(field: Declared, counts: Counts, parts: Sequence[str], path: str) -> FieldLine:
    def numbers(under: str) -> list[list[int]]:
        nothing = [0, 0, 0]
        return [found.get(field.name, nothing) for grid, found in counts.items() if grid.startswith(under)]

    def count(under: str) -> Count:
        return Count(sum(row[0] for row in numbers(under)), sum(row[1] for row in numbers(under)))

    unfit = sum(row[2] for row in numbers(path))
    shares = [count(part) for part in parts]
    facts = field.facts
    return FieldLine(field.name, _(field.label), facts.standard, facts.optional, count(path), shares, unfit)


def _item(item: StandardItem, shown: Sequence[Declared]) -> ItemLine:
    """An item in words. A field that is not asked for at this place may be switched on."""
    model, _dot, name = item.ours.partition(".")
    kind = next((one.of for one in DATASETS.values() if one.of.__name__ == model), None)
    known = declared(kind).get(name) if kind and name else None
    is_off = (
        item.mark == HELD
        and known is not None
        and known.facts.optional
        and name not in {f.name for f in shown}
    )
    mark = OFF if is_off else item.mark
    ours = _(known.label) if known else ""
    return ItemLine(item.dataset, item.name, ours, mark, _(MARKS[mark]), item.advice)
