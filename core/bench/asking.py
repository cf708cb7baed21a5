"""The questions of the screens, asked in this process: search, lists, a profile, a house, a workbench."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import Any

from core.bench import lists
from core.bench.ground import Ground, level
from core.bench.measuring import Row, Timed, beside_plain, of_many, taken
from core.bench.typed import Drawn, strings
from core.kernel.access import Actor
from core.kernel.i18n import N_
from core.kernel.search import search
from core.kernel.unit_of_work import UnitOfWork
from core.people import queries as people
from core.people.models import Person
from core.places import queries as places
from core.places.models import House

SHOWN = 9
"""As many answers as the search box asks for."""
WARM = 8
PLAIN_EVERY = 5
"""The plain way reads the whole table, so only every fifth string is looked up that way too."""
LIKE = (
    "SELECT id, kind, title, body, area FROM search_doc "
    f"WHERE area >= ? AND area < ? AND (title LIKE ? OR body LIKE ?) LIMIT {SHOWN}"
)
Ask = Callable[[UnitOfWork, Any], object]


def rows(ground: Ground, words: int, rounds: int) -> Iterator[Row]:
    """Every row that needs no server; `words` strings a round are typed in each branch."""
    for actor in ground.actors:
        times = _searched(ground, actor, words * rounds)
        yield beside_plain(N_("Search while typing"), times, scope=level(actor), wish=50)
    for actor in ground.actors:
        yield from _listed(ground, actor, rounds)
    for actor in ground.actors:
        yield from _looked(ground, actor, 10 * rounds)


def _searched(ground: Ground, actor: Actor, many: int) -> Iterator[Timed]:
    typed = strings(ground, actor, many + WARM)
    for word in islice(typed, WARM):
        search(ground.office.uow(actor), word, limit=SHOWN)
    for turn, word in enumerate(typed[WARM:]):
        ours = taken(partial(search, ground.office.uow(actor), word, limit=SHOWN))
        like = partial(ground.rows, LIKE, *actor.branch, f"%{word}%", f"%{word}%")
        yield ours, taken(like) if turn % PLAIN_EVERY == 0 else None


def _listed(ground: Ground, actor: Actor, rounds: int) -> Iterator[Row]:
    """Lists: the first pages, the deep pages of people, and houses on both."""
    at, everybody, houses = level(actor), lists.of_people(), lists.of_houses()
    first = lists.pages(ground, actor, lists.PEOPLE, everybody, rounds)
    yield beside_plain(N_("Query of the people list, first page"), first, scope=at)
    deep = lists.pages(ground, actor, lists.PEOPLE, everybody, rounds, lists.DEEP)
    yield beside_plain(N_("Query of the people list, deep page"), deep, scope=at)
    both = (lists.pages(ground, actor, lists.HOUSES, houses, rounds, deep) for deep in (0, lists.DEEP))
    yield beside_plain(N_("Query of the house list"), chain(*both), scope=at)


def _looked(ground: Ground, actor: Actor, many: int) -> Iterator[Row]:
    """Everything that a profile, a house page and a workbench ask, together as one screen."""
    drawn = Drawn(ground, actor, many)
    screens: list[tuple[str, Ask, Iterable[Person | House | None]]] = [
        (N_("Queries of a profile"), profile, drawn.people),
        (N_("Queries of a house page"), house, drawn.houses),
        (N_("Queries of the workbench"), workbench, [None] * max(3, many // 10)),
    ]
    for name, ask, about in screens:
        asked = (partial(ask, ground.office.uow(actor), one.id if one else 0) for one in about)
        yield of_many(name, [taken(work) for work in asked], scope=level(actor))


def profile(uow: UnitOfWork, person_id: int) -> None:
    """What pages/person.py asks."""
    person = people.person(uow, person_id)
    people.tags_of(uow, person.id)
    people.residences_of(uow, person.id)
    if person.household_id:
        people.household(uow, person.household_id)
    people.graph(uow, person.id)
    if uow.actor.may("record.history"):
        people.trail(uow, person.id)


def house(uow: UnitOfWork, house_id: int) -> None:
    """What pages/house.py asks."""
    found = places.house(uow, house_id)
    places.matrix(uow, found.building_id)
    people.occupants(uow, found.id, None)


def workbench(uow: UnitOfWork, _nothing: int) -> None:
    """What pages/workbench.py asks."""
    places.my_root(uow)
    people.numbers(uow)
    people.todo(uow)
    people.freshness(uow, uow.actor.area)
    places.state_counts(uow)
