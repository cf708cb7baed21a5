"""Several reports of one house side by side: a row for each thing that somebody speaks of, a column for each report."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.claims.models import Claim, ClaimItem
from core.claims.queries import records
from core.claims.queries.of_claim import Key, apart, key_of, register_says
from core.claims.queries.of_lists import ClaimLine, lines_of
from core.claims.queries.of_receipt import about, parts_of, said_of
from core.claims.rules import TITLES
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import House


@dataclass(frozen=True)
class BesideRow:
    """One field: what it is about, what the register says, what each report says by its number. `is_clash`: they say
    different things."""

    about: str
    label: str
    register: str
    said: dict[int, str]
    is_clash: bool


@dataclass(frozen=True)
class Beside:
    """The open reports of a house, and what they say about the same things."""

    area: str
    reports: list[ClaimLine]
    rows: list[BesideRow]


@query("claim.view")
def beside(uow: UnitOfWork, house_id: int | str) -> Beside:
    """The open reports of a house beside each other and the register. Raises Missing."""
    house = uow.get(House, house_id)
    found = records.open_at(uow, house.id)
    rows: dict[Key, list[_Said]] = {}
    for one in found:
        for part in parts_of(uow, one):
            for item in part:
                rows.setdefault(key_of(part, item), []).append(_Said(one, part, item))
    return Beside(house.area, lines_of(uow, found), [_row(uow, said) for said in rows.values()])


@dataclass(frozen=True)
class _Said:
    claim: Claim
    part: Sequence[ClaimItem]
    item: ClaimItem


def _row(uow: UnitOfWork, said: Sequence[_Said]) -> BesideRow:
    first = said[0]
    there = register_says(records.now_of(uow, first.claim, first.part), first.claim, first.item)
    values = {one.claim.id: records.value_of(one.item) for one in said}
    words: dict[int, str] = {}
    for one in said:
        told = said_of(uow, one.item, values[one.claim.id])
        is_new = all(values[one.claim.id] != values[number] for number in words)
        words[one.claim.id] = apart(told, told if is_new and told in words.values() else "")
    return BesideRow(
        " ".join(word for word in (_(TITLES[first.item.kind]), about(uow, first.part)) if word),
        _(records.known_of(first.item).label),
        said_of(uow, first.item, there) if there is not None else "",
        words,
        len(set(values.values())) > 1,
    )
