"""Fields of an office's own on the pages of shared records, and the export of their lists."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import SQLModel

from core.entries.commands.lists import LISTS, export_list
from core.kernel.fields import CUSTOM, Declared
from core.kernel.forms import named
from core.kernel.i18n import _, language
from core.kernel.unit_of_work import UnitOfWork
from core.ui.form import asked
from core.ui.registers import export_popover, shown
from core.ui.table import Cell, Column

OwnRow = dict[str, Any]


def own_heads(own: Sequence[Declared]) -> list[Column]:
    """The columns of own fields in a list."""
    return [Column(known.name, known.label) for known in own]


def own_cells(own: Sequence[Declared], values: OwnRow) -> dict[str, Cell]:
    """The cells of own fields in a list."""
    return {known.name: shown(known, values.get(known.name)) for known in own}


def own_facts(uow: UnitOfWork, model: type[SQLModel], values: OwnRow, area: str) -> dict[str, object]:
    """Label and value of each own field that the actor may see."""
    fields = [known for known in asked(uow, model, area=area) if known.name.startswith(CUSTOM)]
    [row] = named(uow, fields, [values])
    return {known.label: known.said(row.get(known.name), language.get()) for known in fields}


def list_export(uow: UnitOfWork, what: str, wanted: object) -> None:
    """The export of a list of people, houses or organisations, for those who may."""
    if uow.actor.may("person.export"):
        export_popover(
            lambda purpose, form, _ended: export_list(uow, what, wanted, purpose, form),
            _(LISTS[what].title),
            key=what,
        )
