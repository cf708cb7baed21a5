"""Which optional standard fields are in use at the actor's place, and where that was decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect

from core.designs.models import Design
from core.designs.rules import SHARED
from core.kernel.custom import switched_on, switches
from core.kernel.fields import declared
from core.kernel.unit_of_work import UnitOfWork, query


@dataclass(frozen=True)
class SwitchLine:
    """An optional standard field: its label and standard; `decided_at` is the place of the switch that counts, "" when
    it is the setting of the office."""

    of: str
    name: str
    label: str
    standard: str
    is_on: bool
    decided_at: str
    purpose: str


@query("register.design")
def switchboard(uow: UnitOfWork) -> list[SwitchLine]:
    """Every optional standard field, as it holds at the actor's place."""
    return list(_lines(uow))


def _lines(uow: UnitOfWork) -> Iterator[SwitchLine]:
    kinds: dict[str, Any] = {m.class_.__name__: m.class_ for m in inspect(Design).registry.mappers}
    for of in (name for name in SHARED if name in kinds):
        on = switched_on(uow, of)
        above = [one for one in switches(uow, of) if uow.actor.area.startswith(one.area)]
        nearest = {one.name: one for one in above}
        for name, known in declared(kinds[of]).items():
            if known.facts.optional:
                switch = nearest.get(name)
                where, why = (switch.area, switch.purpose) if switch else ("", "")
                yield SwitchLine(of, name, known.label, known.facts.standard, name in on, where, why)
