"""Counting what is left behind in the register: a long look, then one short command that writes the counts down."""

from collections.abc import Callable, Mapping

from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.checks import ALL
from core.people.counts import CheckCount
from core.people.queries import of_checks

Tell = Callable[[float, str], None]


def count_checks(uow: UnitOfWork, tell: Tell = lambda share, words: None) -> int:
    """Count every rule in the actor's branch anew, inside a job or at a wish; returns how much there is."""
    found: dict[str, Mapping[str, int]] = {}
    for place, (key, check) in enumerate(ALL.items()):
        tell(place / len(ALL), _(check.title))
        found[key] = of_checks.count_rule(uow, key)
    return keep_counts(uow, found)


@command("check.count")
def keep_counts(uow: UnitOfWork, found: Mapping[str, Mapping[str, int]]) -> int:
    """Write the counts of the actor's branch down; rule -> area -> how many."""
    known = {(one.rule, one.area): one for one in of_checks.stored(uow, "")}
    wanted = {(rule, area): number for rule, places in found.items() for area, number in places.items()}
    for key, one in known.items():
        one.count, one.at = wanted.get(key, 0), uow.now
    for rule, area in wanted.keys() - known.keys():
        uow.session.add(CheckCount(area=area, rule=rule, count=wanted[rule, area], at=uow.now))
    total = sum(wanted.values())
    uow.lines.append(uow.line("done", about="CheckCount", changes={"count": [None, total]}))
    return total
