"""Labels by the thousand as an office prints them, and a label that is scanned."""

from collections.abc import Iterator
from functools import partial
from time import perf_counter

from core.accounts.door import GATE
from core.bench.ground import Ground, level
from core.bench.measuring import Row, of_many, taken
from core.kernel.i18n import N_
from core.kernel.unit_of_work import UnitOfWork, query
from core.labels import commands, queries
from core.labels.drawing import pages_of, pdf_of
from core.labels.printing import PER_FILE
from core.labels.queries import Choice
from core.labels.queries.choosing import houses_in_order

MANY, LOOKS, ROUNDS = 10_000, 100, 5


def rows(ground: Ground) -> Iterator[Row]:
    """The rows of the table; labels that the office has already are printed again."""
    uow = ground.office.uow(ground.actors[0])
    houses = _houses(uow)
    seconds, size = _printing(uow, houses)
    yield Row(N_("10,000 labels given out, drawn as PDF, marked as printed"), seconds, "s", wish=60)
    yield Row(N_("Size of their files"), size / 1e6, "MB")
    yield _scanning(ground, uow, houses[:LOOKS])
    for actor in ground.actors:
        times = [taken(partial(_page, ground.office.uow(actor))) for _round in range(ROUNDS)]
        yield of_many(N_("Queries of the page of labels"), times, scope=level(actor))


def _page(uow: UnitOfWork) -> None:
    queries.progress(uow)
    queries.house_rows(uow, Choice())


@query("label.print")
def _houses(uow: UnitOfWork) -> list[int]:
    return list(houses_in_order(uow, Choice(), MANY))


def _printing(uow: UnitOfWork, houses: list[int]) -> tuple[float, int]:
    """Seconds for all files, and how large they are together."""
    sheet, size, begun = queries.sheet_at(uow).sheet, 0, perf_counter()
    for start in range(0, len(houses), PER_FILE):
        some = houses[start : start + PER_FILE]
        size += len(pdf_of(pages_of(sheet, commands.prepare(uow, some)), "bench"))
        commands.mark_printed(uow, some)
    return perf_counter() - begun, size


def _scanning(ground: Ground, uow: UnitOfWork, houses: list[int]) -> Row:
    """From a token to its door."""
    gate, labels = ground.office.uow(GATE), commands.issue(uow, houses)
    tokens = queries.tokens(uow, labels).values()
    times = [taken(partial(queries.opened, gate, token)) for token in tokens]
    return of_many(N_("A scanned label to its house"), times, wish=20)
