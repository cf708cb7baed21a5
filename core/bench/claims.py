"""A campaign: hundreds of residents report at their doors while clerks read, through the pages everybody uses."""

import asyncio
import secrets
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import cycle
from time import perf_counter

import httpx

from core.accounts.door import GATE
from core.bench.ground import Ground
from core.bench.measuring import Row, of_many
from core.bench.serving import Served
from core.bench.visitor import Visitor, sign_in
from core.bench.visits import CROWDED, Clicks, actors, finished
from core.claims.queries import receipt
from core.demo.accounts import password
from core.kernel.i18n import N_
from core.kernel.problems import Missing
from core.labels.commands import issue
from core.labels.queries import tokens
from core.places.queries import HouseFilter, houses

PATIENCE = 60.0
WISH = 1000


@dataclass(frozen=True)
class Rush:
    """So many reports a minute for `seconds`, while so many clerks click every `pause` seconds."""

    per_minute: int = 200
    seconds: float = 300
    clerks: int = 5
    pause: float = 5

    @property
    def reports(self) -> int:
        """How many come in all."""
        return max(1, round(self.per_minute * self.seconds / 60))


@dataclass
class Came:
    """What came of it: milliseconds of each report from the press to the receipt, of each page before it, and of each
    page of a clerk; the receipts; what was not answered."""

    pressed: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    read: list[float] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    failed: int = 0


def rows(ground: Ground, server: Served, rush: Rush) -> Iterator[Row]:
    """The rows of the table; every receipt is looked up afterwards."""
    doors = _doors(ground, min(rush.reports, 500))
    clerks = [
        (Clicks(ground, one, 1000 + turn), sign_in(server.origin, one.login, password()))
        for turn, one in enumerate(actors(ground, rush.clerks))
    ]
    begun = perf_counter()
    came = finished(_rush(server, doors, clerks, rush))
    minutes = (perf_counter() - begun) / 60
    yield Row(N_("Self-reports a minute"), len(came.receipts) / minutes, "")
    yield of_many(N_("Self-report, from the press to the receipt"), came.pressed or [0.0], wish=WISH)
    yield of_many(N_("Page at the door, while many report"), came.opened or [0.0], wish=WISH)
    yield of_many(N_("Page run of clerks, while many report"), came.read or [0.0], wish=WISH)
    yield Row(N_("Self-reports lost"), float(rush.reports - _found(ground, came.receipts)), "", wish=0)


def _doors(ground: Ground, many: int) -> list[str]:
    """The tokens of some doors; labels that the office has already are scanned again."""
    lead = ground.office.uow(ground.actors[0])
    found = [one.id for one in houses(lead, HouseFilter(), limit=many).items]
    return list(tokens(lead, issue(lead, found)).values())


def _found(ground: Ground, codes: Sequence[str]) -> int:
    """How many different receipts are in the register."""
    gate, found = ground.office.uow(GATE), 0
    for code in set(codes):
        try:
            found += bool(receipt(gate, code))
        except Missing:
            continue
    return found


async def _rush(
    server: Served, doors: Sequence[str], clerks: Sequence[tuple[Clicks, str]], rush: Rush
) -> Came:
    came = Came()
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(Visitor(server.origin, cookie)) for _clicks, cookie in clerks]
        for tab in tabs:
            await tab.open()
        phone = await stack.enter_async_context(
            httpx.AsyncClient(base_url=server.origin, timeout=PATIENCE, trust_env=False)
        )
        begun = perf_counter()
        reports = [
            _report(phone, token, came, turn, begun + turn * 60 / rush.per_minute)
            for turn, token in zip(range(rush.reports), cycle(doors), strict=False)
        ]
        reading = [
            _reading(tab, clicks, came, rush, begun)
            for tab, (clicks, _cookie) in zip(tabs, clerks, strict=True)
        ]
        await asyncio.gather(*reports, *reading)
    return came


async def _report(phone: httpx.AsyncClient, token: str, came: Came, turn: int, due: float) -> None:
    """One resident: scans the code, reads the notice, sees the home, presses “no change”, gets a receipt."""
    await asyncio.sleep(max(0.0, due - perf_counter()))
    here = {"x-forwarded-for": f"10.{turn >> 16 & 255}.{turn >> 8 & 255}.{turn & 255}"}
    begun = perf_counter()
    first = await phone.get(f"/h/{token}", headers=here)
    came.opened.append((perf_counter() - begun) * 1000)
    agreed = first.text.partition("?agreed=")[2].partition('"')[0]
    address, form = f"/h/{token}/resident/same?agreed={agreed}", {"once": secrets.token_urlsafe(18)}
    begun = perf_counter()
    origin = {"origin": str(phone.base_url).rstrip("/")}
    answer = await phone.post(address, data=form, headers={**here, **origin})
    came.pressed.append((perf_counter() - begun) * 1000)
    code = answer.headers.get("location", "").removeprefix("/r/").partition("?")[0]
    came.receipts += [code] if code else []
    came.failed += not code


async def _reading(tab: Visitor, clicks: Clicks, came: Came, rush: Rush, begun: float) -> None:
    """One clerk: pages of the register, one every `pause` seconds."""
    due = begun + clicks.random.uniform(0, rush.pause)
    while due < begun + rush.seconds:
        await asyncio.sleep(max(0.0, due - perf_counter()))
        page = clicks.random.choice(CROWDED)
        came.read.append(await tab.open(page, clicks.query(page)))
        due += rush.pause
