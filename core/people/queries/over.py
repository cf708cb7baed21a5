"""People and tags whose time in the register is over: for the periods, inside their queries and commands."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, func, or_, select

from core.kernel import history
from core.kernel.extensions import Due
from core.kernel.unit_of_work import UnitOfWork
from core.people.duplicates import DuplicatePair
from core.people.models import DeclaredTag, Person, Relation, Residence


def gone(uow: UnitOfWork, state: str, before: date, limit: int) -> list[Due]:
    """People of a state whose last home ended before a day, the longest gone first, inside a query. Whoever has no home
    with an end is not among them: nobody knows since when."""
    last = func.max(Residence.to_on)
    found = (
        select(Person.id, Person.area, last)
        .join(Residence, col(Residence.person_id) == col(Person.id))
        .where(Person.state == state)
        .group_by(col(Person.id), col(Person.area))
        .having(last < before)
        .order_by(last)
        .limit(limit)
    )
    return [
        Due(number, area, _day(since), "Person", number) for number, area, since in uow.session.exec(found)
    ]


def _day(value: date | str | None) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def expired_tags(uow: UnitOfWork, before: date, limit: int) -> list[Due]:
    """Declared tags that expired before a day, the oldest first, inside a query."""
    over = select(DeclaredTag).where(col(DeclaredTag.expires_on) < before)
    rows = uow.session.exec(over.order_by(col(DeclaredTag.expires_on)).limit(limit))
    return [Due(tag.id, tag.area, tag.expires_on or before, "Person", tag.person_id) for tag in rows]


def ties_either_way(
    uow: UnitOfWork, person_id: int
) -> Sequence[Residence | Relation | DeclaredTag | DuplicatePair]:
    """Homes, tags, relations from and to a person, and what was said of a second record, inside a command."""
    stays = uow.session.exec(select(Residence).where(Residence.person_id == person_id)).all()
    tags = uow.session.exec(select(DeclaredTag).where(DeclaredTag.person_id == person_id)).all()
    both = or_(col(Relation.person_id) == person_id, col(Relation.other_id) == person_id)
    either = or_(col(DuplicatePair.person_id) == person_id, col(DuplicatePair.other_id) == person_id)
    pairs = uow.session.exec(select(DuplicatePair).where(either)).all()
    return [*stays, *tags, *pairs, *uow.session.exec(select(Relation).where(both))]


def withdrawn(uow: UnitOfWork, person_id: int) -> set[int]:
    """Homes of a person that left the register and of which only the history is left, inside a command."""
    said = history.once_pointed_at(uow, Residence, "person_id", person_id)
    there: set[int] = set(uow.session.exec(select(Residence.id).where(col(Residence.id).in_(said))).all())
    return said - there


def remainders(uow: UnitOfWork, person_id: int) -> list[int]:
    """The records that were merged into a person, inside a command."""
    return list(uow.session.exec(select(Person.id).where(Person.merged_into == person_id)))
