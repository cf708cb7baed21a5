"""Looking at designs: what is there, what is drafted, what was published, and what waits for the second person."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from core.designs import rules
from core.designs.models import REGISTER, Design
from core.designs.queries import records
from core.designs.rules import SHARED, Body
from core.kernel.unit_of_work import UnitOfWork, query
from core.registers import shipped


@dataclass(frozen=True)
class DesignLine:
    """One design in a list; `number` is the version in force, 0 for a mere draft."""

    id: int
    area: str
    of: str
    title: str
    number: int
    fields: int
    ended_on: date | None
    is_changed: bool
    waits: bool


@dataclass(frozen=True)
class VersionLine:
    """A published version: who, when, why, and what was new."""

    number: int
    at: datetime
    by: str
    why: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class DesignDetail:
    """A design in full. `unwanted`: label -> what the field looks like; `waits`: the security administrator must agree
    before this draft is published; `approved_by` has agreed to this very draft."""

    id: int
    version: int
    area: str
    of: str
    fields_of: str
    number: int
    ended_on: date | None
    draft: Body
    published: Body
    changes: tuple[str, ...]
    unwanted: dict[str, str]
    waits: bool
    approved_by: str
    held: frozenset[str]
    versions: tuple[VersionLine, ...]


@query("register.design")
def designs(uow: UnitOfWork) -> list[DesignLine]:
    """Every design in the actor's sight, registers first, oldest first."""
    found = uow.session.exec(select(Design).order_by(col(Design.id)))
    return sorted((_line(uow, one) for one in found), key=lambda line: (line.of != REGISTER, line.of))


@query("register.approve")
def waiting(uow: UnitOfWork) -> list[DesignDetail]:
    """The drafts that the security administrator is asked about."""
    found = (_detail(uow, one) for one in uow.session.exec(select(Design).order_by(col(Design.id))))
    return [one for one in found if one.waits and not one.approved_by and one.changes]


@query("register.design")
def design(uow: UnitOfWork, design_id: int | str) -> DesignDetail:
    """One design. Raises Missing."""
    return _detail(uow, uow.get(Design, design_id))


@query("register.design")
def extendable(uow: UnitOfWork) -> dict[str, str]:
    """Kinds of record that may get fields of the office's own -> title, not yet translated."""
    return {**SHARED, **{one.of: one.title for one in shipped().values()}}


def _line(uow: UnitOfWork, found: Design) -> DesignLine:
    told = _detail(uow, found)
    return DesignLine(
        found.id,
        found.area,
        found.of,
        told.draft.title or found.title,
        found.number,
        len(told.draft.open_fields),
        found.ended_on,
        bool(told.changes),
        told.waits and not told.approved_by,
    )


def _detail(uow: UnitOfWork, found: Design) -> DesignDetail:
    draft, published = rules.read(found.draft), records.published(uow, found)
    unwanted = rules.unwanted(draft)
    agreed = found.approved.get("digest") == rules.digest(draft)
    used = records.use(uow, found.fields_of, draft, published) if found.number else rules.Use()
    return DesignDetail(
        found.id,
        found.version,
        found.area,
        found.of,
        found.fields_of,
        found.number,
        found.ended_on,
        draft,
        published,
        tuple(rules.changes(rules.completed(draft, published), published)),
        unwanted,
        bool(unwanted) and rules.is_of_people(found.of, draft),
        str(found.approved.get("by", "")) if agreed else "",
        frozenset(used.fields),
        tuple(
            VersionLine(one.number, one.at, one.by, one.why, tuple(one.changes))
            for one in records.versions(uow, found.id)
        ),
    )
