"""How long each kind of data is kept."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import SQLModel, select

from core.kernel.i18n import _, language
from core.kernel.unit_of_work import UnitOfWork, query
from core.retention.models import RetentionPeriod
from core.retention.periods import defaults, kinds


@dataclass(frozen=True)
class PeriodLine:
    """A kind of data with its period; `chosen` by the office, or as it came."""

    kind: str
    title: str
    counts_from: str
    days: int
    default: int
    at_least: int
    law: str
    why: str
    is_deleted: bool
    is_listed: bool


@query("retention.view")
def period_lines(uow: UnitOfWork) -> list[PeriodLine]:
    """Every kind of data, in the order of data/retention.toml."""
    own = chosen(uow)
    return [
        PeriodLine(
            name,
            _(kind.title),
            _(kind.counts_from),
            own[name].days if name in own else came.days,
            came.days,
            came.at_least,
            came.law if language.get().startswith("zh") else came.law_en,
            own[name].why if name in own else "",
            kind.remove is not None,
            kind.is_listed,
        )
        for name, kind in kinds().items()
        for came in [defaults()[name]]
    ]


@dataclass(frozen=True)
class Chosen:
    """A period that the office chose: number of its record, days and reason."""

    id: int
    days: int
    why: str


def chosen(uow: UnitOfWork) -> dict[str, Chosen]:
    """Kind -> what the office chose, whoever in it, inside a query or command."""
    table = SQLModel.metadata.tables[str(RetentionPeriod.__tablename__)]
    rows = uow.session.connection().execute(select(table.c.kind, table.c.id, table.c.days, table.c.why))
    return {row.kind: Chosen(row.id, row.days, row.why) for row in rows}


def days_of(uow: UnitOfWork, kind: str) -> int:
    """For how many days a kind of data is kept, inside a query or command."""
    own = chosen(uow)
    return own[kind].days if kind in own else defaults()[kind].days


def last_day(uow: UnitOfWork, kind: str) -> date:
    """What counts since before this day is over, inside a query or command."""
    return uow.today - timedelta(days=days_of(uow, kind))
