"""One run of the bench: an office, its questions, its server."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import core.models  # noqa: F401  (every table is known before the office opens)
from core.bench import asking, visits
from core.bench.ground import Built, Ground, opened
from core.bench.measuring import Row
from core.bench.serving import served
from core.bench.visits import Crowd
from core.kernel.i18n import N_, _

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Plan:
    """What is measured. `words` typed strings, `visits` of each page and `seconds` of clicking count for one round."""

    folder: Path
    scale: str = "district"
    rounds: int = 3
    port: int = 0
    words: int = 100
    visits: int = 10
    seconds: float = 20
    sessions: int = 50
    pause: float = 5


def bench(plan: Plan, progress: Progress) -> list[Row]:
    """Every row of the table. Raises Invalid for a folder of something else, Unavailable when the server fails."""
    with opened(plan.folder, plan.scale, progress) as ground:
        progress(1.0, _("Measuring"))
        return [
            *_built(ground.built),
            *asking.rows(ground, plan.words, plan.rounds),
            *_served(ground, plan),
        ]


def _built(built: Built) -> Iterator[Row]:
    yield Row(N_("Building the demo"), built.seconds, "s", wish=180)
    wish = 700_000 if built.scale == "district" else None
    yield Row(N_("Base records"), built.records, "", wish=wish, at_least=True)
    yield Row(N_("Database file"), built.megabytes, "MB")


def _served(ground: Ground, plan: Plan) -> Iterator[Row]:
    cookie = visits.cookie_before(ground)
    with served(plan.folder, plan.port) as server:
        yield visits.first_page(server, cookie)
        yield from visits.alone(ground, server, plan.visits * plan.rounds)
        yield visits.together(ground, server, Crowd(plan.sessions, plan.seconds * plan.rounds, plan.pause))
        yield Row(N_("Memory of the server at its peak"), server.peak_megabytes(), "MB", wish=600)
