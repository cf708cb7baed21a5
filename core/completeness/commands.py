"""Writing the counts of the night down: long looks first, then one short command for each kind of record."""

from collections.abc import Callable
from functools import partial

from core.completeness.datasets import DATASETS
from core.completeness.models import Tally
from core.completeness.queries import tallies
from core.completeness.queries.counting import stored_kinds, tally_kind
from core.completeness.queries.fields import tally_fields
from core.completeness.queries.tallies import Counts
from core.kernel.unit_of_work import UnitOfWork, command

Tell = Callable[[float, str], None]


def count_everything(uow: UnitOfWork, tell: Tell = lambda share, words: None) -> int:
    """Count every measure and field in the actor's branch anew, inside a job; returns how many grids have counts."""
    work: dict[str, Callable[[], Counts]] = {kind: partial(tally_kind, uow, kind) for kind in stored_kinds()}
    work |= {f"fields:{key}": partial(tally_fields, uow, key) for key in DATASETS}
    grids = set[str]()
    for place, (what, count) in enumerate(work.items()):
        tell(place / len(work), what)
        counts = count()
        grids |= set(counts)
        keep(uow, what, counts)
    return len(grids)


@command("completeness.count")
def keep(uow: UnitOfWork, what: str, counts: Counts) -> None:
    """Write the counts of one kind down; grids without any keep none."""
    known = tallies.rows_of(uow, what)
    for area, numbers in counts.items():
        if area in known:
            known[area].counts, known[area].at = numbers, uow.now
        else:
            uow.session.add(Tally(area=area, what=what, counts=numbers, at=uow.now))
    for area in known.keys() - counts.keys():
        uow.session.delete(known[area])
    uow.lines.append(uow.line("done", about=f"Tally/{what}", changes={"grids": [len(known), len(counts)]}))
