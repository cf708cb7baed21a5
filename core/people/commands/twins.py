"""Finding the people who are filed twice in the whole office, and deciding about a pair."""

from collections.abc import Callable, Mapping

from core.kernel.i18n import _
from core.kernel.problems import Clash
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.pairing import keep_all, key_of_pair
from core.people.commands.reach import both_in_reach
from core.people.commands.shared import refuse
from core.people.duplicates import DIFFERENT, LATER, MERGED, OPEN, DuplicatePair, common_area
from core.people.queries import of_twins
from core.people.rules.twins import Pair

Tell = Callable[[float, str], None]


@command("duplicates.find")
def keep_pairs(uow: UnitOfWork, found: Mapping[Pair, tuple[str, ...]]) -> int:
    """Let the pairs of the whole office be these; returns how many wait for somebody. Jobs only."""
    known = of_twins.all_pairs(uow)
    areas = of_twins.areas_of(uow, {each for pair in (*found, *known) for each in pair})
    keep_all(uow, known, found, areas)
    uow.lines.append(uow.line("done", about="DuplicatePair", changes={"pairs": [len(known), len(found)]}))
    return len(found)


def find_duplicates(uow: UnitOfWork, tell: Tell = lambda share, words: None) -> int:
    """Look through the whole office for people who are filed twice: a long look, then one short command. Works inside
    jobs; returns how many pairs there are."""
    found = of_twins.find_pairs(uow, lambda share: tell(0.9 * share, _("Comparing people")))
    tell(0.9, _("Writing down what was found"))
    count = keep_pairs(uow, found)
    tell(1.0, _("Ready"))
    return count


@command("person.merge")
def decide_pair(uow: UnitOfWork, pair_id: int | str, decision: str, why: str = "") -> None:
    """Two people after all (`different`, with a reason, which is remembered), `later`, or `open` again. Raises Invalid,
    Clash for a pair that is merged.
    """
    if decision not in (DIFFERENT, LATER, OPEN):
        refuse({"decision": _("Choose what the two are.")})
    if decision == DIFFERENT and len(why.strip()) < 2:
        refuse({"why": _("Say in a few words how you know that they are two people.")})
    pair = uow.get(DuplicatePair, pair_id)
    if pair.state == MERGED:
        raise Clash(_("The two were merged already."))
    uow.because(why)
    before, pair.state, pair.why = pair.state, decision, why.strip()[:200]
    pair.decided_at, pair.decided_by = uow.now, uow.actor.login
    for number in key_of_pair(pair):
        line = uow.line(
            "done", about=f"Person/{number}", area=pair.area, changes={"duplicate": [before, decision]}
        )
        uow.lines.append(line)


@command("person.merge")
def pair_by_hand(uow: UnitOfWork, person_id: int | str, other_id: int | str) -> int:
    """Somebody says that two records are about one person; the number of the pair. Raises Invalid for one and the same,
    Refused with the way to go when the other is not in the actor's branch.
    """
    one, other = both_in_reach(uow, person_id, other_id)
    known = of_twins.pair_between(uow, one.id, other.id)
    if known is not None:
        if known.state in (DIFFERENT, LATER):
            known.state = OPEN
        return known.id
    low, high = sorted((one.id, other.id))
    area = common_area(one.area, other.area)
    return uow.add(DuplicatePair, area=area, person_id=low, other_id=high, reasons=" ").id
