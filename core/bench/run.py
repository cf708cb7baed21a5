"""One run of the bench: an office, its questions, its server."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import core.models  # noqa: F401  (every table is known before the office opens)
from core.bench import areas, asking, claims, grids, labels, maps, visits, wider
from core.bench.ground import Built, Ground, Progress, opened
from core.bench.measuring import Row
from core.bench.serving import Served, served
from core.bench.visits import Crowd
from core.kernel.i18n import N_, _

ROWS = 105
"""How many there are; the bar of the progress needs it, nothing else."""


@dataclass(frozen=True)
class Plan:
    """What is measured: on the SQLite file in `folder`, or on the database that `url` names. In each round `words`
    are typed, each page is opened `visits` times by one person, and `sessions` people click every `pause` seconds
    for `seconds`. At the end residents report for `rush` seconds.
    """

    folder: Path
    scale: str = "district"
    url: str = ""
    rounds: int = 3
    port: int = 0
    words: int = 100
    visits: int = 10
    seconds: float = 20
    sessions: int = 50
    pause: float = 5
    rush: float = 300


def bench(plan: Plan, progress: Progress) -> list[Row]:
    """Every row of the table.

    Raises Invalid for a folder that holds something else, Unavailable when the server fails.
    """
    found: list[Row] = []
    with opened(plan.folder, plan.scale, progress, plan.url) as ground:
        for row in _rows(ground, plan):
            found.append(row)
            progress(min(1.0, len(found) / ROWS), _(row.name))
    return found


def _rows(ground: Ground, plan: Plan) -> Iterator[Row]:
    yield from _built(ground.built)
    yield from asking.rows(ground, plan.words, plan.rounds)
    yield from wider.rows(ground, plan.rounds)
    yield from maps.rows(ground, plan.rounds)
    yield from grids.rows(ground)
    yield from labels.rows(ground)
    yield from areas.rows(ground, plan.rounds)
    cookie = visits.cookie_before(ground)
    with served(plan.folder, plan.port, plan.url) as server:
        yield from _served(ground, server, cookie, plan)


def _built(built: Built) -> Iterator[Row]:
    yield Row(N_("Building the demo"), built.seconds, "s", wish=180)
    wish = 700_000 if built.scale == "district" else None
    yield Row(N_("Base records"), built.records, "", wish=wish, at_least=True)
    yield Row(N_("Database file"), built.megabytes, "MB")


def _served(ground: Ground, server: Served, cookie: str, plan: Plan) -> Iterator[Row]:
    yield visits.first_page(server, cookie)
    yield from maps.served(ground, server, cookie, plan.rounds)
    begun = server.processor_seconds()
    yield Row(N_("Processor time to the first page"), begun, "s")
    yield from visits.alone(ground, server, plan.visits * plan.rounds)
    yield _each(server, begun, plan.visits * plan.rounds * len(visits.ALONE))
    crowd = Crowd(plan.sessions, plan.seconds * plan.rounds, plan.pause)
    yield from visits.together(ground, server, crowd)
    yield from claims.rows(ground, server, claims.Rush(seconds=plan.rush, pause=plan.pause))
    yield Row(N_("Memory of the server at its peak"), server.peak_megabytes(), "MB", wish=600)


def _each(server: Served, begun: float | None, runs: int) -> Row:
    """The processor time of one of so many runs since `begun`."""
    now = server.processor_seconds()
    spent = None if now is None or begun is None else (now - begun) * 1000 / runs
    return Row(N_("Processor time of a page run, one session"), spent, scope="district")
