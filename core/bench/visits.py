"""Page runs on a real server: one person clicking alone, then many at the same time."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass
from random import Random
from time import perf_counter
from typing import Any, TypeVar

from core.accounts import cookies, door
from core.accounts import queries as accounts
from core.accounts.door import commands
from core.bench.ground import Ground
from core.bench.measuring import Row, of_many
from core.bench.serving import Served
from core.bench.typed import Drawn
from core.bench.visitor import Visitor, sign_in
from core.demo.accounts import password
from core.kernel.access import Actor, job
from core.kernel.i18n import N_

T = TypeVar("T")
MOST = 1000
MANY = 20
"""People and houses that somebody clicks on."""
FILTERS = (
    "sort=name",
    "sort=birth",
    "category=migrant",
    "age=80-",
    "tag=老年人",
    "tag=租户",
    "stale=180&sort=verified",
)
PERMISSIONS = ("person.view", "house.view", "search")
ALONE = {
    "": N_("Page run, one session: workbench"),
    "people": N_("Page run, one session: people list"),
    "person": N_("Page run, one session: profile"),
    "houses": N_("Page run, one session: house list"),
    "house": N_("Page run, one session: house page"),
    "organisations": N_("Page run, one session: organisation list"),
    "organisation": N_("Page run, one session: organisation page"),
    "components": N_("Page run, one session: component list"),
    "component": N_("Page run, one session: component page"),
    "register": N_("Page run, one session: register"),
}


WISH = 250
"""Milliseconds for every page but the workbench, whose numbers are counted for the whole branch."""
CROWDED = ("", "people", "person", "house")


@dataclass(frozen=True)
class Crowd:
    """So many sessions, each clicking every `pause` seconds for `seconds`."""

    sessions: int
    seconds: float
    pause: float


class Clicks:
    """What somebody may click on: pages with their queries, about people and houses of their own branch.

    Two sessions of one branch have different `turn`s, or they would click the same at the same moment.
    """

    def __init__(self, ground: Ground, actor: Actor, turn: int = 0) -> None:
        drawn = Drawn(ground, actor, MANY)
        self.random = Random(f"bench/{actor.login}/{turn}")
        self.queries = {
            "": [""],
            "people": list(FILTERS),
            "person": [f"id={one.id}" for one in drawn.people],
            "houses": ["", "state=rented"],
            "house": [f"id={one.id}" for one in drawn.houses],
            **{
                page: [f"id={number}" for number in drawn.some(page)]
                for page in ("organisation", "component")
            },
            "organisations": ["", "kind=92", "todo=inspection"],
            "components": ["", "major=01", "todo=broken"],
            "register": ["register=rental", "register=fire", "register=dog"],
        }

    def query(self, page: str) -> str:
        """What follows the page in its address this time."""
        return self.random.choice(self.queries[page])


def finished(work: Coroutine[Any, Any, T]) -> T:
    """The result of asynchronous work, also where a loop runs already, as under a browser's driver."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def actors(ground: Ground, many: int) -> list[Actor]:
    """Accounts of the demo that see people and houses, the widest view first; too few come over again."""
    lines = accounts.accounts(ground.office.uow(job("bench")))
    known = [Actor(line.login, line.role, line.area) for line in lines]
    able = [one for one in known if all(one.may(permission) for permission in PERMISSIONS)]
    Random("bench").shuffle(able)
    able.sort(key=lambda one: len(one.area) > len("440599/"))
    return [able[n % len(able)] for n in range(many)]


def first_page(server: Served, cookie: str) -> Row:
    """Seconds from the start of the process to the end of the first page."""

    async def visit() -> float:
        async with Visitor(server.origin, cookie) as tab:
            await tab.open()
        return perf_counter() - server.begun

    return Row(N_("Start to the first page"), finished(visit()), "s", wish=5)


def cookie_before(ground: Ground) -> str:
    """The cookie of somebody who signed in before the server started: a grid worker, as most are."""
    narrow = max(actors(ground, MOST), key=lambda one: len(one.area))
    ticket = door.sign_in(door.gate(), narrow.login, password(), "bench")
    return f"{cookies.NAME}={cookies.write(commands.open_session(door.gate(), ticket).token)}"


def alone(ground: Ground, server: Served, many: int) -> Iterator[Row]:
    """Each page so many times by one person who sees the whole district, one page after the other."""
    who = actors(ground, 1)[0]
    cookie = sign_in(server.origin, who.login, password())
    times = finished(_alone(Clicks(ground, who), server, cookie, many))
    for page, name in ALONE.items():
        yield of_many(name, times[page], scope="district", wish=WISH if page else None)


async def _alone(clicks: Clicks, server: Served, cookie: str, many: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {page: [] for page in ALONE}
    async with Visitor(server.origin, cookie) as tab:
        await tab.open()
        for _turn in range(many):
            for page in ALONE:
                times[page].append(await tab.open(page, clicks.query(page)))
    return times


def together(ground: Ground, server: Served, crowd: Crowd) -> Iterator[Row]:
    """Many people at once, with different accounts as far as there are so many, each in their own rhythm."""
    people = [
        (Clicks(ground, one, turn), sign_in(server.origin, one.login, password()))
        for turn, one in enumerate(actors(ground, crowd.sessions))
    ]
    times, spent = finished(_together(server, people, crowd))
    yield of_many(N_("Page run, many sessions at once"), times, wish=1000)
    yield Row(N_("Processor time of a page run, many sessions"), spent and spent * 1000 / len(times))


async def _together(
    server: Served, people: list[tuple[Clicks, str]], crowd: Crowd
) -> tuple[list[float], float | None]:
    """The milliseconds of every click, and the server's processor seconds for all of them."""
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(Visitor(server.origin, cookie)) for _clicks, cookie in people]
        for tab in tabs:
            await tab.open()
        begun, until = server.processor_seconds(), perf_counter() + crowd.seconds
        pairs = zip(tabs, people, strict=True)
        each = [_clicking(tab, clicks, crowd.pause, until) for tab, (clicks, _cookie) in pairs]
        times = [time for times in await asyncio.gather(*each) for time in times]
        return times, (server.processor_seconds() or 0) - begun if begun is not None else None


async def _clicking(tab: Visitor, clicks: Clicks, pause: float, until: float) -> list[float]:
    """The times of one person: a click every `pause` seconds, later only when the page before is late."""
    times, due = [], perf_counter() + clicks.random.uniform(0, pause)
    while due < until:
        await asyncio.sleep(max(0.0, due - perf_counter()))
        page = clicks.random.choice(CROWDED)
        times.append(await tab.open(page, clicks.query(page)))
        due += pause
    return times
