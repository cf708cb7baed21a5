"""What came after people and houses: organisations, components, registers, the past, and people filed twice."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import product
from random import Random
from time import perf_counter
from typing import Any

from core.bench.ground import Ground, level
from core.bench.measuring import Row, of_many, taken
from core.components import queries as components
from core.designs import commands as designs
from core.designs.rules import Body, FieldPlan
from core.entries import queries as entries
from core.entries.models import RegisterEntry
from core.entries.rules import KIND_OF_DOC
from core.kernel import bulk, values
from core.kernel.access import job
from core.kernel.bare import BATCH
from core.kernel.i18n import N_
from core.kernel.search import SearchDoc, tokens
from core.kernel.unit_of_work import UnitOfWork
from core.organisations import queries as organisations
from core.people import queries as people
from core.places import queries as places

PAGE = 50
ENTRIES = 100_000
OWN = "测速台账"
CHANGES = 200
TURNS = 50
KINDS = (("a", "甲"), ("b", "乙"), ("c", "丙"))
FIELDS = (
    FieldPlan(
        key="x_kind",
        label="类别",
        kind="choice",
        filtered=True,
        options=KINDS,
    ),
    FieldPlan(key="x_day", label="日期", kind="date", filtered=True),
    FieldPlan(key="x_many", label="数量", kind="number", filtered=True),
    FieldPlan(key="x_done", label="完成", kind="yes_no", filtered=True),
)
Ask = Callable[[UnitOfWork], object]

ORGANISATIONS: tuple[dict[str, Any], ...] = (
    {},
    {"kind": "92"},
    {"trade": "catering"},
    {"todo": "inspection"},
    {"words": "餐"},
    {"stale_days": 180},
)
COMPONENTS: tuple[dict[str, Any], ...] = (
    {},
    {"major": "01"},
    {"minor": "01003"},
    {"state": "broken"},
    {"words": "井盖"},
    {"todo": "owner"},
)
ENTRY_FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"values": {"x_kind": "b"}},
    {"values": {"x_day": "2025-03-01..2025-04-01"}, "sort": "x_day"},
    {"values": {"x_many": "10..20"}},
    {"values": {"x_kind": "a", "x_done": "1"}, "sort": "x_many", "down": True},
    {"sort": "x_day", "down": True},
    {"words": "测速 5"},
)


def rows(ground: Ground, rounds: int) -> Iterator[Row]:
    """Lists in each branch, then what is asked of the whole office."""
    for actor in ground.actors:
        for name, asked in _lists(ground).items():
            times = [
                taken(partial(ask, ground.office.uow(actor))) for _round in range(rounds) for ask in asked
            ]
            yield of_many(name, times, scope=level(actor))
    yield _past(ground)
    yield _twins(ground)
    yield _own_register(ground, rounds)


def _lists(ground: Ground) -> Mapping[str, Sequence[Ask]]:
    """Name of a row -> the pages that are asked for."""
    shops = [organisations.OrganisationFilter(**one) for one in ORGANISATIONS]
    parts = [components.ComponentFilter(**one) for one in COMPONENTS]
    wanted = [entries.EntryFilter(), entries.EntryFilter(due="overdue"), entries.EntryFilter(due="soon")]
    names = [
        card.name for card in entries.cards(ground.office.uow(ground.actors[0])) if not card.name.isdecimal()
    ]
    return {
        N_("Query of the organisation list"): [partial(_organisations, wanted=one) for one in shops],
        N_("Query of the component list"): [partial(_components, wanted=one) for one in parts],
        N_("Query of a register"): [
            partial(_entries, register=name, wanted=one) for name, one in product(names, wanted)
        ],
    }


def _organisations(uow: UnitOfWork, wanted: organisations.OrganisationFilter) -> None:
    organisations.organisations(uow, wanted, None, PAGE)


def _components(uow: UnitOfWork, wanted: components.ComponentFilter) -> None:
    components.components(uow, wanted, None, PAGE)


def _entries(uow: UnitOfWork, register: str, wanted: entries.EntryFilter) -> None:
    entries.find_entries(uow, register, wanted, None, PAGE)


def _past(ground: Ground) -> Row:
    """A house as it was on days long ago: the one with the longest past, which must have CHANGES of them."""
    asked = "SELECT record_id FROM field_change WHERE kind = 'House' GROUP BY record_id ORDER BY count(*) DESC LIMIT 1"
    found = ground.rows(asked)
    uow, house = ground.office.uow(ground.actors[0]), found[0][0] if found else 0
    days = [date.today() - timedelta(days=37 * turn) for turn in range(TURNS)]
    times = [taken(partial(places.house_then, uow, house, day)) for day in days] if found else [0.0]
    return of_many(N_("A house as it was, 200 changes"), times, wish=50)


def _twins(ground: Ground) -> Row:
    """Everybody compared with everybody."""
    begun = perf_counter()
    people.find_pairs(ground.office.uow(job("bench")))
    return Row(N_("Search for people filed twice"), perf_counter() - begun, "s", wish=60)


# --- a register of the office's own ---------------------------------------------------------------------


def _own_register(ground: Ground, rounds: int) -> Row:
    """Pages of a designed register with ENTRIES entries."""
    name = _name_of_own(ground) or _made(ground)
    ask = partial(_entries, ground.office.uow(ground.actors[0]), name)
    wanted = [entries.EntryFilter(**one) for one in ENTRY_FILTERS]
    times = [taken(partial(ask, one)) for _round in range(rounds) for one in wanted]
    return of_many(N_("Query of an own register, 100,000 entries"), times, wish=250)


def _name_of_own(ground: Ground) -> str:
    cards = entries.cards(ground.office.uow(ground.actors[0]))
    return next((card.name for card in cards if card.title == OWN), "")


def _made(ground: Ground) -> str:
    """Design the register, publish it and fill it; its name."""
    actor = ground.actors[0]
    uow = ground.office.uow(actor)
    number = designs.add_design(uow, title=OWN)
    designs.save_draft(
        uow, number, None, Body(title=OWN, view=(actor.role,), edit=(actor.role,), fields=FIELDS)
    )
    designs.publish_design(uow, number, None)
    grids = [row[0] for row in ground.rows("SELECT area FROM area WHERE level = 'GRID' AND kind = 'general'")]
    bulk.load(ground.office.uow(job("bench")), _filled(number, grids))
    return _name_of_own(ground)


def _filled(number: int, grids: Sequence[str]) -> bulk.Rows:
    """Entries in all grids by turns, their values, and what the search knows of them."""
    random, first, of = Random("bench"), 9_000_000_000, f"register:{number}"
    for start in range(0, ENTRIES, BATCH):
        made: list[dict[str, Any]] = [
            {
                "id": first + n,
                "area": grids[n % len(grids)],
                "register_id": number,
                "title": f"测速 {n}",
                "extra": _values(random),
            }
            for n in range(start, start + BATCH)
        ]
        yield RegisterEntry, made
        yield (
            values.FieldValue,
            [
                {"id": one["id"] * 10 + turn, "area": one["area"], "record_id": one["id"], **row}
                for one in made
                for turn, row in enumerate(values.rows(of, one["extra"]))
            ],
        )
        yield SearchDoc, [_doc(one, KIND_OF_DOC.format(name=number)) for one in made]


def _values(random: Random) -> dict[str, Any]:
    return {
        "x_kind": random.choice("abc"),
        "x_day": (date(2023, 1, 1) + timedelta(days=random.randrange(1400))).isoformat(),
        "x_many": random.randrange(1000),
        "x_done": random.random() < 0.3,
    }


def _doc(entry: Mapping[str, Any], kind: str) -> dict[str, Any]:
    told = tokens(kind, entry["area"], entry["title"], "")
    return {
        "id": entry["id"],
        "area": entry["area"],
        "kind": kind,
        "title": entry["title"],
        "body": "",
        "tok": told,
    }
