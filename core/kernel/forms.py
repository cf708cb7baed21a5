"""Which fields a form, a list or an export has for somebody."""

from dataclasses import replace

from sqlmodel import SQLModel

from core.kernel import lines
from core.kernel.fields import Declared
from core.kernel.unit_of_work import UnitOfWork, query


@query("home.view")
def form_fields(uow: UnitOfWork, model: type[SQLModel], area: str = "") -> list[Declared]:
    """The fields of a kind of record at a place that this actor may see: declared, switched on, the office's own.

    Each names its `keeper` when the actor may not change it at once.
    """
    shown = [known for known in uow.fields(model, area).values() if lines.reads(uow.actor, known)]
    return [replace(known, keeper=lines.kept_by(uow.actor, known)) for known in shown]
