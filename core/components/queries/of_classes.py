"""The classes one may choose: the national catalogue and what the office added."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from core.components.models import LocalClass
from core.components.rules import is_sensitive, national, why_sensitive
from core.kernel.unit_of_work import UnitOfWork, query


@dataclass(frozen=True)
class ClassLine:
    """One class: `local_id` is the number of a local one, 0 for a national one; `why` it is sensitive, or ""."""

    code: str
    name: str
    local_id: int
    area: str
    ended_on: date | None
    is_sensitive: bool
    why: str

    @property
    def major(self) -> str:
        """Two digits."""
        return self.code[:2]


@query("component.count")
def classes(uow: UnitOfWork, *, with_ended: bool = False) -> list[ClassLine]:
    """Every class by its code; local ones of the branch and of the places above it, ended ones when asked for."""
    local = uow.session.exec(select(LocalClass).order_by(col(LocalClass.code))).all()
    lines = [_line(code, name, 0, "", None) for code, name in national().items()]
    lines += [
        _line(one.code, one.name, one.id, one.area, one.ended_on)
        for one in local
        if with_ended or one.ended_on is None
    ]
    return sorted(lines, key=lambda line: line.code)


def _line(code: str, name: str, local_id: int, area: str, ended_on: date | None) -> ClassLine:
    return ClassLine(code, name, local_id, area, ended_on, is_sensitive(code), why_sensitive(code))
