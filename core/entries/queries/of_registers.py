"""Looking at registers: which there are, how much is in them, and what waits."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as choose
from sqlmodel import col, select

from core.entries.models import ImportBatch
from core.entries.queries.books import fields_of, may, opened, registers_of
from core.entries.queries.walking import OVERDUE, counted
from core.kernel.extensions import Register
from core.kernel.fields import Declared
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.queries.shared import below


@dataclass(frozen=True)
class RegisterCard:
    """A register at a glance: how many entries in the branch, and how many of them are overdue."""

    name: str
    title: str
    about: str
    icon: str
    count: int
    overdue: int
    is_own: bool
    has_due: bool


@dataclass(frozen=True)
class RegisterView:
    """What the pages of a register need to know of it: its fields for this actor, and what they may do.

    `columns` and `filters` are fields in the order of the list; `due` is the field of the next look, "" for none.
    """

    name: str
    title: str
    about: str
    icon: str
    fields: list[Declared]
    columns: list[Declared]
    filters: list[Declared]
    sorts: list[Declared]
    due: str
    is_own: bool
    is_ended: bool
    may_write: bool
    may_export: bool
    may_import: bool
    number: int = 0
    of: str = ""
    points_at: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class BatchLine:
    """A sheet that was taken in."""

    id: int
    file: str
    at: datetime
    by: str
    added: int
    changed: int
    left_out: int
    undone_at: datetime | None


@query("register.view")
def cards(uow: UnitOfWork, under: str = "") -> list[RegisterCard]:
    """Every register that the actor may see, with the numbers of an area (their own branch when empty)."""
    return [_card(uow, one, under) for one in registers_of(uow).values()]


def _card(uow: UnitOfWork, register: Register, under: str) -> RegisterCard:
    overdue = _count(uow, register, under, OVERDUE) if register.due else 0
    told = (register.name, register.title, register.about, register.icon)
    return RegisterCard(
        *told, _count(uow, register, under), overdue, bool(register.number), bool(register.due)
    )


def _count(uow: UnitOfWork, register: Register, under: str, due: str = "") -> int:
    asked = choose(func.count()).select_from(counted(uow, register, under, due).subquery())
    return int(uow.session.execute(asked).scalar() or 0)


@query("register.view")
def register(uow: UnitOfWork, register: str, area: str = "") -> RegisterView:
    """One register as the actor's pages show it, with the fields of a place. Raises Missing."""
    found = opened(uow, register)
    fields = fields_of(uow, found, area)
    own = [name for name, known in fields.items() if known.facts.listed]
    listed = [fields[n] for n in dict.fromkeys((*found.listed, *own)) if n in fields]
    filtered = dict.fromkeys((*found.filters, *(n for n, k in fields.items() if k.facts.filtered)))
    writes = may(uow, found, write=True)
    return RegisterView(
        found.name,
        found.title,
        found.about,
        found.icon,
        list(fields.values()),
        listed,
        [fields[n] for n in filtered if n in fields],
        [known for known in listed if _sorts(known)],
        found.due,
        bool(found.number),
        found.is_ended,
        writes,
        uow.actor.may(found.export),
        writes and uow.actor.may("register.import"),
        found.number,
        found.of,
        frozenset(known.facts.widget for known in fields.values() if known.facts.widget),
    )


def _sorts(known: Declared) -> bool:
    """Whether a list can be put in the order of a field."""
    return known.kind is not bool and not known.facts.mask and not known.facts.widget and not known.facts.long


@query("register.view")
def batches(uow: UnitOfWork, register: str, limit: int = 10) -> list[BatchLine]:
    """The sheets that were taken in lately, newest first. Raises Missing."""
    found = opened(uow, register)
    asked = select(ImportBatch).where(ImportBatch.register_name == found.name, below(uow, ImportBatch, ""))
    newest = asked.order_by(col(ImportBatch.id).desc()).limit(limit)
    return [uow.show(BatchLine, one) for one in uow.session.exec(newest)]
