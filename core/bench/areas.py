"""Looking through areas of the map: everything inside circles, corridors and districts, as lists, and the nearest."""

from collections.abc import Iterator, Sequence
from functools import partial
from random import Random

from core.bench.ground import Ground, level
from core.bench.measuring import Row, of_many, taken
from core.browsing import queries
from core.kernel.access import Actor
from core.kernel.i18n import N_

CIRCLES = (60, 150, 400, 1000, 3000)
"""Metres of their radius: from some houses to the whole town."""
PLACES = 4
LISTED = ("houses", "components", "people")
Place = tuple[float, float]


def rows(ground: Ground, rounds: int) -> Iterator[Row]:
    """Each question as the lead of a district, a clerk and a worker ask it."""
    for actor in ground.actors:
        places = _places(ground, actor)
        shapes = list(_shapes(places, actor.area))
        yield _first(ground, actor, shapes)
        yield _again(ground, actor, shapes, rounds)
        yield _lists(ground, actor, shapes)
        yield _nearest(ground, actor, places, rounds)


def _places(ground: Ground, actor: Actor) -> list[Place]:
    """Where some of the actor's buildings stand."""
    found = ground.rows(
        "SELECT lon, lat FROM building WHERE area >= ? AND area < ? ORDER BY id", *actor.branch
    )
    return [(row[0], row[1]) for row in Random(1).sample(list(found), min(PLACES, len(found)))]


def _shapes(places: Sequence[Place], area: str) -> Iterator[str]:
    """Circles of every size, a corridor and a triangle at each place; and the area itself."""
    for lon, lat in places:
        yield from (f"circle:{lon},{lat};{metres}" for metres in CIRCLES)
        yield f"line:{lon},{lat};{lon + 0.004},{lat + 0.001};{lon + 0.006},{lat};30"
        yield f"polygon:{lon},{lat};{lon + 0.009},{lat};{lon},{lat + 0.007}"
    yield f"grid:{area}"


def _first(ground: Ground, actor: Actor, shapes: Sequence[str]) -> Row:
    """Each shape with nothing kept in memory: whoever comes first after a change waits for it."""
    times = []
    for shape in shapes:
        ground.office.kept.clear()
        times.append(taken(partial(queries.inside, ground.office.uow(actor), shape)))
    return of_many(N_("Area search, first after a change"), times, scope=level(actor))


def _again(ground: Ground, actor: Actor, shapes: Sequence[str], rounds: int) -> Row:
    asked = Random(2).sample(list(shapes) * rounds, len(shapes) * rounds)
    times = [taken(partial(queries.inside, ground.office.uow(actor), shape)) for shape in asked]
    return of_many(N_("Area search"), times, scope=level(actor), wish=300)


def _lists(ground: Ground, actor: Actor, shapes: Sequence[str]) -> Row:
    uow = ground.office.uow(actor)
    times = [taken(partial(queries.things_inside, uow, shape, layer)) for shape in shapes for layer in LISTED]
    return of_many(N_("First page of a list inside a shape"), times, scope=level(actor), wish=300)


def _nearest(ground: Ground, actor: Actor, places: Sequence[Place], rounds: int) -> Row:
    uow, layers = ground.office.uow(actor), ("register-fire", "components")
    asked = list(places) * rounds
    times = [taken(partial(queries.nearest, uow, lon, lat, layers)) for lon, lat in asked]
    return of_many(N_("The nearest things"), times, scope=level(actor), wish=300)
