"""Tiles of every layer against what plain SQL finds, at every zoom; and nobody sees more on the map than elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
import shapely
from sqlalchemy import text

from core.components.rules import is_sensitive
from core.kernel.access import Actor, roles
from core.kernel.database import Office
from core.kernel.extensions import Choice
from core.kernel.problems import Missing, Problem, Refused
from core.layers import shipped
from core.mapping import queries
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.tiles import Feature, by_tile, read, tile_of, units

LEAD = Actor("lin", "lead", COMMUNITY)
NEAR = (16, 17, 18, 20, 22)
FAR = (0, 4, 7, 9, 11, 13, 14)
SOME = 6
"""Tiles of a zoom that are looked at."""


def rows(office: Office, sql: str) -> list[Any]:
    """Past everything that the unit of work does."""
    with office.reader.connect() as connection:
        return list(connection.execute(text(sql)))


def drawn(
    office: Office, actor: Actor, layer: str, tile: tuple[int, int, int], choice: Choice | None = None
) -> dict[str, list[Feature]]:
    """A tile as a browser would see it."""
    return read(queries.tile(office.uow(actor), layer, *tile, choice or Choice()).data)


def some(tiles: dict[tuple[int, int, int], set[int]]) -> Iterator[tuple[tuple[int, int, int], set[int]]]:
    """The fullest tiles."""
    yield from sorted(tiles.items(), key=lambda item: -len(item[1]))[:SOME]


COMPONENTS = (
    "SELECT id, lon, lat, class_code, state, area FROM component WHERE state <> 'removed' AND lon IS NOT NULL"
)
BUILDINGS = "SELECT id, lon, lat, area, floors, use FROM building WHERE lon IS NOT NULL"
HOUSES = (
    "SELECT building_id, building.lon, building.lat, state, house.area FROM house "
    "JOIN building ON building.id = building_id WHERE building.lon IS NOT NULL"
)


@pytest.mark.parametrize("zoom", NEAR)
def test_components_stand_where_they_stand(town: Office, zoom: int) -> None:
    there = {row.id: row for row in rows(town, COMPONENTS)}
    places = {number: (row.lon, row.lat) for number, row in there.items()}
    for tile, ids in some(by_tile(places, zoom)):
        points = drawn(town, LEAD, "components", tile)["points"]
        assert {one.id for one in points} == ids and len(points) == len(ids)
        for one in points:
            row = there[one.id]
            assert (one.shape.x, one.shape.y) == pytest.approx(units(row.lon, row.lat, tile), abs=0.51)
            told = (row.class_code[:2], row.class_code, row.state)
            assert (one.properties["kind"], one.properties["class"], one.properties["state"]) == told


@pytest.mark.parametrize("zoom", NEAR)
def test_a_building_is_in_every_tile_that_it_touches(town: Office, zoom: int) -> None:
    import json

    there = {
        row.id: row
        for row in rows(
            town,
            "SELECT id, lon, lat, floors, CAST(polygon AS TEXT) AS rings FROM building WHERE lon IS NOT NULL",
        )
    }
    places = {number: (row.lon, row.lat) for number, row in there.items()}
    for (z, x, y), _ids in some(by_tile(places, zoom)):
        shapes = drawn(town, LEAD, "buildings", (z, x, y))["shapes"]
        found = {one.id: one for one in shapes}
        assert len(found) == len(shapes)
        for number, row in there.items():
            outline = shapely.Polygon([units(*place, (z, x, y)) for place in json.loads(row.rings)[0]])
            if shapely.intersection(outline, shapely.box(2, 2, 4094, 4094)).area > 8:
                assert found[number].properties["floors"] == row.floors
                whole = shapely.intersection(outline, shapely.box(-64, -64, 4160, 4160))
                assert found[number].shape.area == pytest.approx(whole.area, rel=0.1, abs=12)


@pytest.mark.parametrize("zoom", NEAR)
@pytest.mark.parametrize("kinds", [(), ("rented", "vacant")])
def test_houses_are_numbers_at_their_building(town: Office, zoom: int, kinds: tuple[str, ...]) -> None:
    states: dict[int, Counter[str]] = defaultdict(Counter)
    places = {}
    for row in rows(town, HOUSES):
        if not kinds or row.state in kinds:
            states[row.building_id][row.state] += 1
            places[row.building_id] = row.lon, row.lat
    for tile, ids in some(by_tile(places, zoom)):
        points = drawn(town, LEAD, "houses", tile, Choice(kinds=kinds))["points"]
        assert {one.id for one in points} == ids
        for one in points:
            told = {n[2:]: v for n, v in one.properties.items() if n.startswith("n:")}
            assert told == states[one.id] and one.properties["n"] == states[one.id].total()


AT = {**dict.fromkeys((13, 14), 4), 11: 2, 12: 3, **dict.fromkeys((0, 4, 7, 9), 1)}
LEVEL = {13: 3, 14: 4, 11: 2, 0: 1, 4: 1, 7: 1, 9: 1}
"""Zoom -> how many parts the path of the areas has that carry the numbers."""
COUNTS = {
    "components": ("SELECT area, substr(class_code, 1, 2) AS kind FROM component WHERE state <> 'removed'"),
    "houses": "SELECT area, state AS kind FROM house",
    "vacant": "SELECT area, state AS kind FROM house WHERE state IN ('vacant', 'rented')",
    "buildings": "SELECT area, substr(use, 1, 1) || '0' AS kind FROM building",
    "people": "SELECT area, category AS kind FROM person WHERE state = 'here'",
}


@pytest.mark.parametrize("layer", COUNTS)
@pytest.mark.parametrize("zoom", FAR)
def test_from_afar_there_are_numbers_per_area(town: Office, layer: str, zoom: int) -> None:
    parts = LEVEL[zoom]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(town, COUNTS[layer]):
        counts["/".join(row.area.split("/")[:parts]) + "/"][row.kind] += 1
    areas = {
        row.id: row for row in rows(town, "SELECT id, area, name, lon, lat FROM area WHERE kind = 'general'")
    }
    everywhere = Actor("lin", "lead", "440599/")
    shown: dict[str, Feature] = {}
    for tile in {tile_of(row.lon, row.lat, zoom) for row in areas.values()}:
        for one in drawn(town, everywhere, layer, tile).get("numbers", []):
            assert tile_of(areas[one.id].lon, areas[one.id].lat, zoom) == tile
            assert one.properties["name"] == areas[one.id].name
            shown[areas[one.id].area] = one
    assert set(shown) == set(counts)
    for path, one in shown.items():
        assert one.properties["n"] == counts[path].total()
        assert {n[2:]: v for n, v in one.properties.items() if n.startswith("n:")} == counts[path]


def test_boundaries_come_level_by_level_and_are_named_once(town: Office) -> None:
    areas = {row.id: row for row in rows(town, "SELECT id, level, kind, lon, lat FROM area")}
    general = {n: row for n, row in areas.items() if row.kind == "general"}
    for zoom, levels in (
        (6, {"district"}),
        (10, {"district", "street"}),
        (15, {"district", "street", "community", "grid"}),
    ):
        wanted = {n for n, row in general.items() if row.level.lower() in levels}
        seen, named = set(), Counter[int]()
        for tile in {tile_of(row.lon, row.lat, zoom) for row in general.values()}:
            parts = drawn(town, LEAD, "grids", tile)
            seen |= {one.id for one in parts["shapes"]}
            named.update(one.id for one in parts.get("names", []))
        assert seen == wanted and named == dict.fromkeys(wanted, 1)
    industry = {n for n, row in areas.items() if row.kind == "industry"}
    tiles = {tile_of(areas[n].lon, areas[n].lat, 15) for n in industry}
    assert {one.id for tile in tiles for one in drawn(town, LEAD, "industry", tile)["shapes"]} >= industry


# --- nobody sees more than elsewhere ----------------------------------------------------------------------

PLACES = {
    "components": "SELECT id, area, lon, lat FROM component WHERE lon IS NOT NULL",
    "buildings": "SELECT id, area, lon, lat FROM building WHERE lon IS NOT NULL",
    "houses": "SELECT id, area, lon, lat FROM building WHERE lon IS NOT NULL",
    "vacant": "SELECT id, area, lon, lat FROM building WHERE lon IS NOT NULL",
    "people": "SELECT id, area, lon, lat FROM building WHERE lon IS NOT NULL",
    "register-fire": "SELECT id, area, lon, lat FROM register_fire WHERE lon IS NOT NULL",
    "register-rental": "SELECT id, area, lon, lat FROM building WHERE lon IS NOT NULL",
    "register-vacant": "SELECT id, area, lon, lat FROM building WHERE lon IS NOT NULL",
}
POINTED = [*PLACES, "grids", "industry"]


def everything(office: Office, actor: Actor, layer: str) -> list[Feature]:
    """What somebody is shown of a layer wherever they look: by numbers, by things, with and without a path."""
    places = [(row.lon, row.lat) for row in rows(office, PLACES.get(layer, PLACES["buildings"]))]
    tiles = {tile_of(*place, zoom) for place in places for zoom in (0, 10, 13, 16)}
    chosen = (Choice(), Choice(under=NEXT_GRID), Choice(under="440599/"))
    parts = [drawn(office, actor, layer, tile, choice) for tile in tiles for choice in chosen]
    return [one for part in parts for found in part.values() for one in found]


@pytest.mark.parametrize("role", sorted(set(roles()) - {"gate", "job"}))
def test_no_tile_leaves_the_branch_or_the_role(town: Office, role: str) -> None:
    actor = Actor("wang", role, GRID)
    area_of = {row.id: row.area for sql in {*PLACES.values()} for row in rows(town, sql)}
    area_of |= {row.id: row.area for row in rows(town, "SELECT id, area FROM area")}
    for layer in POINTED:
        known = shipped().get(layer)
        needs = known.needs if known else "register.view"
        if "map.view" not in roles()[role].may or needs not in roles()[role].may:
            with pytest.raises((Refused, Missing)):
                queries.tile(town.uow(actor), layer, 16, *tile_of(116.74, 23.27, 16)[1:])
            continue
        shown = {area_of[one.id] for one in everything(town, actor, layer)}
        outside = {area for area in shown if not area.startswith(GRID) and not GRID.startswith(area)}
        assert not outside, f"{layer} shows {outside} to {role}"
        assert layer not in ("grids", "houses", "buildings") or shown


@pytest.mark.parametrize(
    ("role", "sees"), [("grid_worker", True), ("lead", True), ("clerk", False), ("department", False)]
)
def test_sensitive_components_are_for_those_who_may_know_where_they_are(
    town: Office, role: str, sees: bool
) -> None:
    there = {row.id: row.class_code for row in rows(town, COMPONENTS) if is_sensitive(row.class_code)}
    all_there = Counter(row.class_code[:2] for row in rows(town, COMPONENTS))
    secret = Counter(code[:2] for code in there.values())
    assert there
    actor = Actor("x", role, COMMUNITY)
    features = everything(town, actor, "components")
    assert bool({one.id for one in features} & set(there)) == sees
    tile = tile_of(
        *rows(town, "SELECT lon, lat FROM area WHERE lower(CAST(level AS TEXT)) = 'community'")[0], 12
    )
    (number,) = drawn(town, actor, "components", tile)["numbers"]
    expected = all_there if sees else all_there - secret
    assert {n[2:]: v for n, v in number.properties.items() if n.startswith("n:")} == expected


def test_no_register_of_people_is_a_layer(town: Office) -> None:
    names = {line.name for line in queries.catalogue(town.uow(LEAD))}
    assert {"register-fire", "register-rental", "register-vacant"} <= names
    assert not names & {"register-care", "register-volunteer", "register-dog"}


def test_no_tile_says_who_somebody_is(town: Office) -> None:
    people = {row.name for row in rows(town, "SELECT name FROM person")}
    for layer in POINTED:
        for one in everything(town, Actor("lin", "lead", COMMUNITY), layer):
            assert not people & {str(value) for value in one.properties.values()}


def test_impossible_tiles_and_layers(town: Office) -> None:
    for layer, tile in (("nothing", (16, 1, 1)), ("houses", (16, 1 << 16, 1)), ("houses", (25, 1, 1))):
        with pytest.raises(Missing):
            queries.tile(town.uow(LEAD), layer, *tile)
    assert queries.tile(town.uow(LEAD), "houses", 16, 0, 0).data


def test_numbers_are_a_list_too(town: Office) -> None:
    found = queries.numbers(town.uow(Actor("wang", "grid_worker", GRID)), "houses", "community")
    (mine,) = found
    assert mine.area == GRID and mine.count == len(rows(town, f"SELECT id FROM house WHERE area = '{GRID}'"))
    both = queries.numbers(town.uow(LEAD), "houses", "grid", Choice(kinds=("rented",)))
    assert {one.area for one in both} == {GRID, NEXT_GRID} and {*both[0].kinds} == {"rented"}
    assert both[0].count >= both[1].count


def test_a_problem_is_no_tile(town: Office) -> None:
    with pytest.raises(Problem):
        queries.tile(town.uow(Actor("shenji", "audit_admin", "440599/")), "grids", 10, 1, 1)
