"""The map: tiles of every layer at every zoom, first and kept, what a pan costs, and the same as one pydeck JSON."""

from collections.abc import Iterator, Sequence
from functools import partial
from gzip import compress
from itertools import product
from random import Random
from time import perf_counter
from typing import Any

import httpx
import pydeck

from core.bench.ground import Ground
from core.bench.measuring import Row, of_many, taken
from core.bench.serving import Served
from core.kernel.access import Actor
from core.kernel.i18n import N_
from core.mapping import queries

ZOOMS = (9, 11, 12, 13, 14, 15, 16, 17, 18)
SAMPLE = 12
"""Tiles of a layer at a zoom, from all over the town."""
VIEW = (3, 2)
"""Tiles across and down a screen of 1440 × 900."""
PANS = 6
KILO = 1000
Place = tuple[int, int, int]
DECK = "SELECT lon, lat, class_code, state FROM component WHERE state <> 'removed' AND area >= ? AND area < ?"


def rows(ground: Ground, rounds: int) -> Iterator[Row]:
    """Everything that needs no server, for the lead of the district."""
    actor = ground.actors[0]
    layers = [line.name for line in queries.catalogue(ground.office.uow(actor))]
    yield of_many(N_("Numbers of a layer, counted anew"), [_counted(ground, actor, one) for one in layers])
    for zoom in ZOOMS:
        yield from _at(ground, actor, layers, zoom, rounds)
    yield from _panned(ground, actor, layers)
    yield from _beside_deck(ground, actor)


def _at(ground: Ground, actor: Actor, layers: Sequence[str], zoom: int, rounds: int) -> Iterator[Row]:
    """Tiles of all layers at one zoom, in any order: nothing is kept when it begins; and each once more."""
    cold, kept = list[float](), list[float]()
    asked = list(product(layers, _tiles(ground, zoom, SAMPLE * rounds)))
    ground.office.kept.clear()
    for layer, place in Random(zoom).sample(asked, len(asked)):
        ask = partial(_tile, ground, actor, layer, place)
        cold.append(taken(ask))
        kept.append(taken(ask))
    yield of_many(N_("Map tile, first time"), cold, scope=f"z{zoom}", wish=60)
    yield of_many(N_("Map tile, kept"), kept, scope=f"z{zoom}", wish=5)


def _counted(ground: Ground, actor: Actor, layer: str) -> float:
    """Milliseconds for the numbers of a layer with nothing kept: whoever comes first after a change waits for them."""
    ground.office.kept.clear()
    return taken(partial(queries.numbers, ground.office.uow(actor), layer, "grid"))


def _tile(ground: Ground, actor: Actor, layer: str, place: Place) -> int:
    """Bytes of a tile on their way."""
    return len(queries.tile(ground.office.uow(actor), layer, *place).data or b"")


def _tiles(ground: Ground, zoom: int, many: int) -> list[Place]:
    """Different tiles in which buildings stand."""
    shift = 2 * (24 - zoom)
    cells = [row[0] for row in ground.rows("SELECT cell FROM building WHERE cell IS NOT NULL ORDER BY id")]
    found = sorted({cell >> shift for cell in cells})
    return [(zoom, *_unwoven(one)) for one in Random(zoom).sample(found, min(many, len(found)))]


def _unwoven(number: int) -> tuple[int, int]:
    """Column and row of a tile by its place on the curve."""
    x = sum((number >> 2 * bit & 1) << bit for bit in range(24))
    y = sum((number >> 2 * bit + 1 & 1) << bit for bit in range(24))
    return x, y


# --- moving the map ---------------------------------------------------------------------------------------


def _panned(ground: Ground, actor: Actor, layers: Sequence[str]) -> Iterator[Row]:
    """A screen that is moved over the town with every layer on."""
    largest, views = 0, list[int]()
    for zoom, (_z, x, y) in product((13, 15, 16), _tiles(ground, 16, PANS)):
        shift = 16 - zoom
        screen = [((x >> shift) + across, (y >> shift) + down) for across, down in _view()]
        sizes = [_tile(ground, actor, layer, (zoom, *spot)) for layer, spot in product(layers, screen)]
        largest = max(largest, *sizes)
        views.append(sum(sizes))
    yield Row(N_("Largest request of a pan with all layers"), largest / KILO, "kB", wish=300)
    yield Row(N_("All requests of one screen with all layers, at most"), max(views) / KILO, "kB")


def _view() -> Iterator[tuple[int, int]]:
    yield from product(range(VIEW[0]), range(VIEW[1]))


def _beside_deck(ground: Ground, actor: Actor) -> Iterator[Row]:
    """All components of the town: the tiles of the screen one is at, beside everything in one pydeck JSON."""
    begun = perf_counter()
    sent = _deck(ground, actor)
    plain_time, plain_size = (perf_counter() - begun) * KILO, len(compress(sent, 5))
    (_z, x, y), *_others = _tiles(ground, 16, 1)
    ground.office.kept.clear()
    begun = perf_counter()
    size = sum(_tile(ground, actor, "components", (16, x + a, y + d)) for a, d in _view())
    time = (perf_counter() - begun) * KILO
    yield Row(N_("Components of a screen beside one pydeck JSON, time"), time, ratio=plain_time / time)
    yield Row(
        N_("Components of a screen beside one pydeck JSON, size"),
        size / KILO,
        "kB",
        ratio=plain_size / max(1, size),
    )


def _deck(ground: Ground, actor: Actor) -> bytes:
    names = ("lon", "lat", "class_code", "state")
    data: list[dict[str, Any]] = [
        dict(zip(names, row, strict=True)) for row in ground.rows(DECK, *actor.branch)
    ]
    layer = pydeck.Layer("ScatterplotLayer", data, get_position="[lon, lat]", get_radius=2)
    return str(pydeck.Deck(layers=[layer], map_provider=None).to_json()).encode()


# --- over the wire ----------------------------------------------------------------------------------------


def served(ground: Ground, server: Served, cookie: str, rounds: int) -> Iterator[Row]:
    """Tiles as a browser gets them from the real server: with the sign-in looked up each time, and unchanged ones."""
    name, _equals, value = cookie.partition("=")
    places = [(layer, place) for layer in ("buildings", "houses") for place in _tiles(ground, 16, 5 * rounds)]
    with httpx.Client(base_url=server.origin, cookies={name: value}, trust_env=False) as client:
        first, again = list[float](), list[float]()
        for layer, (z, x, y) in places:
            address = f"/tiles/{layer}/{z}/{x}/{y}.pbf"
            mark = client.get(address).headers.get("etag", "")
            first.append(taken(partial(client.get, address)))
            again.append(taken(partial(client.get, address, headers={"if-none-match": mark})))
    yield of_many(N_("Map tile over the wire, kept"), first, scope="district")
    yield of_many(N_("Map tile over the wire, unchanged"), again, scope="district")
