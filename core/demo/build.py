"""The demo: an invented district by the sea, from its boundary to the people in its houses."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from random import Random

from core.accounts.models import Account
from core.basemap.models import BaseFeature
from core.completeness.commands import count_everything
from core.demo.accounts import accounts, worker
from core.demo.asking import ask
from core.demo.designing import design
from core.demo.folk import Folk
from core.demo.keeping import furnish
from core.demo.labelling import put_up_labels
from core.demo.outskirts import rows as base_map
from core.demo.picturing import picture_town
from core.demo.plan import SCALES
from core.demo.rebuilding import rebuild
from core.demo.reporting import report
from core.demo.settle import Settler
from core.demo.shifts import field_work, look
from core.demo.town import Town
from core.demo.visiting import visit
from core.kernel import bulk
from core.kernel.access import job
from core.kernel.database import Office
from core.kernel.i18n import _
from core.kernel.problems import Invalid

Progress = Callable[[float, str], None]
ROWS = 0.82
"""Share of the time in which rows are made; then indexes and search are built."""


def build(
    office: Office,
    scale: str = "community",
    seed: int = 1,
    progress: Progress | None = None,
    today: date | None = None,
) -> dict[str, int]:
    """Fill an empty office and return table -> rows. The same scale, seed and day give the same data.

    Raises Invalid for a scale that is not in SCALES, Clash for an office that is not empty: nothing changes.
    """
    if scale not in SCALES:
        said = _("There is no demo of that size; choose one of: {scales}.")
        raise Invalid(said.format(scales=", ".join(SCALES)))
    told = progress or (lambda share, words: None)
    told(0.0, _("Planning the town"))
    settler = Settler(Town(scale, seed), office.ring, (today or date.today()).toordinal())
    uow = office.uow(job("demo"))
    uow.because(f"demo {scale}, seed {seed}")

    def finishing(share: float) -> None:
        told(ROWS + (1 - ROWS) * share, _("Building the search"))

    with _no_collection():
        counts = bulk.fill(uow, _tables(settler, told), finishing)
    furnish(office, settler.town.plan, today or date.today())
    ask(office, settler.town.plan)
    if settler.town.plan.scale.communities > 1:
        count_everything(office.uow(job("demo")))
    design(office, settler.town.plan, today or date.today())
    picture_town(office, settler.town.plan)
    put_up_labels(office, settler.town.plan)
    report(office, settler.town.plan)
    visit(office, settler.town.plan)
    rebuild(office, settler.town.plan)
    look(office, settler.town.plan.root)
    told(1.0, _("Ready"))
    return counts


@contextmanager
def _no_collection() -> Iterator[None]:
    """Millions of rows come and go without a cycle among them; looking for cycles would take a quarter of the
    time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _tables(settler: Settler, told: Progress) -> bulk.Rows:
    """Every table of the town, community by community; in between the progress is told."""
    plan = settler.town.plan
    yield from settler.upper_areas()
    folk = Folk(Random(f"{settler.town.seed}/accounts"), settler.today)
    staff = list(accounts(plan, settler.numbers, folk))
    yield Account, staff
    done, all_homes, login = 0, plan.root.homes, worker(plan)
    for street in plan.root.children:
        for community in street.children:
            told(0.01 + (ROWS - 0.01) * done / all_homes, _("Settling {place}").format(place=community.name))
            yield from settler.community(street, community, login)
            done += community.homes
    yield BaseFeature, base_map(plan, settler.numbers)
    yield from field_work(settler.town, settler.numbers, staff, date.fromordinal(settler.today))
