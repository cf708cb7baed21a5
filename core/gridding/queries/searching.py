"""What follows from records that move: their search documents and their pairs, inside a command."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import or_
from sqlalchemy import select as choose

from core.gridding.queries.hanging import MANY, table_of
from core.kernel.unit_of_work import UnitOfWork
from core.people.duplicates import common_area


@dataclass(frozen=True)
class Doc:
    """A search document: what it says and by which words it is found."""

    id: int
    body: str
    tok: str


def docs_of(uow: UnitOfWork, numbers: Sequence[int]) -> Iterator[list[Doc]]:
    """Search documents, some hundred at a time, inside a command."""
    table = table_of("SearchDoc").c
    for start in range(0, len(numbers), MANY):
        asked = choose(table.id, table.body, table.tok).where(table.id.in_(numbers[start : start + MANY]))
        yield [Doc(*row) for row in uow.session.connection().execute(asked)]


def pairs_of(uow: UnitOfWork, people: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Number and place of the pairs of people, as far as they stand elsewhere now, inside a command."""
    pair, one = table_of("DuplicatePair"), table_of("Person").alias()
    other = table_of("Person").alias()
    joined = pair.join(one, one.c.id == pair.c.person_id).join(other, other.c.id == pair.c.other_id)
    for start in range(0, len(people), MANY):
        some = people[start : start + MANY]
        asked = choose(pair.c.id, pair.c.area, one.c.area, other.c.area).select_from(joined)
        there = asked.where(or_(pair.c.person_id.in_(some), pair.c.other_id.in_(some)))
        for number, area, mine, theirs in uow.session.connection().execute(there):
            if area != common_area(mine, theirs):
                yield number, common_area(mine, theirs)
