"""Which fields a form, a list or an export has for somebody."""

from sqlmodel import SQLModel

from core.kernel import lines
from core.kernel.fields import Declared
from core.kernel.unit_of_work import UnitOfWork, query


@query("home.view")
def form_fields(uow: UnitOfWork, model: type[SQLModel], area: str = "") -> list[Declared]:
    """The fields of a kind of record at a place that this actor may see: declared, switched on, the office's own."""
    return [
        known
        for name, known in uow.fields(model, area).items()
        if (not known.facts.needs or uow.actor.may(known.facts.needs))
        and lines.sees(uow.actor, model.__name__, name, known)
    ]
