"""Keeping the pairs of records that may be about one person, inside the commands that change somebody."""

from collections.abc import Mapping

from core.kernel.unit_of_work import UnitOfWork
from core.people.duplicates import DIFFERENT, LATER, MERGED, OPEN, DuplicatePair, common_area
from core.people.models import Person
from core.people.queries import of_twins
from core.people.queries.of_twins import ALIVE
from core.people.rules.twins import Pair, reasons, weight


def renew_pairs(uow: UnitOfWork, person: Person) -> None:
    """The pairs of one person as far as both are in sight, inside the command that changes them. Pairs with people out
    of sight wait for the night's search.
    """
    known = {key_of_pair(pair): pair for pair in of_twins.pairs_in_sight(uow, person.id)}
    found: dict[Pair, tuple[str, ...]] = {}
    areas = {person.id: person.area}
    if person.state in ALIVE:
        mine, near = of_twins.facts_near(uow, person)
        areas |= {other.id: other.area for other in near}
        wanted = ((other.id, reasons(mine, other)) for other in near)
        found = {(min(person.id, other), max(person.id, other)): why for other, why in wanted if why}
    elsewhere = [each for pair in known for each in pair if each not in areas]
    keep_all(uow, known, found, areas | of_twins.areas_of(uow, elsewhere))


def key_of_pair(pair: DuplicatePair) -> Pair:
    """The numbers of its two people."""
    return pair.person_id, pair.other_id


def keep_all(
    uow: UnitOfWork,
    known: Mapping[Pair, DuplicatePair],
    found: Mapping[Pair, tuple[str, ...]],
    areas: Mapping[int, str],
) -> None:
    """New pairs come, open ones without a reason go, decided ones open again for a new reason; inside a command."""
    for key, why in found.items():
        if key not in known and set(key) <= set(areas):
            area, (low, high) = common_area(*(areas[each] for each in key)), key
            about = DuplicatePair(area=area, person_id=low, other_id=high, reasons=_written(why))
            about.weight = weight(why)
            uow.session.add(about)
    for key, pair in known.items():
        if set(key) <= set(areas):
            _renew(uow, pair, found.get(key, ()), common_area(*(areas[each] for each in key)))
    uow.session.flush()


def _renew(uow: UnitOfWork, pair: DuplicatePair, why: tuple[str, ...], area: str) -> None:
    by_hand = not pair.codes and not why
    if not why and pair.state in (OPEN, LATER) and not by_hand:
        uow.session.delete(pair)
        return
    if pair.state == DIFFERENT and set(why) - set(pair.codes):
        pair.state, pair.why = OPEN, ""
    if pair.state != MERGED and why:
        pair.reasons, pair.weight = _written(why), weight(why)
    if pair.area != area:
        pair.area = area


def _written(why: tuple[str, ...]) -> str:
    return f" {' '.join(why)} "
