"""Pieces of our own base map: read from a file, kept, drawn on tiles, taken away; and who sees which."""

import json
from typing import Any

import pytest

from core.basemap import commands, reading
from core.basemap import queries as basemap
from core.geo.coordinates import from_wgs
from core.geo.mercator import Tile, tile_at
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.problems import Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork
from tests.conftest import COMMUNITY, GRID, UowOf
from tests.core.conftest import told
from tests.tiles import read

HERE = (116.74, 23.27)
LINE = [[116.735, 23.27], [116.745, 23.27]]
RING = [[116.738, 23.268], [116.742, 23.268], [116.742, 23.272], [116.738, 23.272], [116.738, 23.268]]


def feature(shape: str, places: Any, **facts: Any) -> dict[str, Any]:
    """A feature of a GeoJSON file."""
    return {"type": "Feature", "properties": facts, "geometry": {"type": shape, "coordinates": places}}


def file_of(*features: Any) -> bytes:
    """A GeoJSON file."""
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


TOWN = file_of(
    feature("LineString", LINE, highway="primary", name="滨海大道"),
    feature("LineString", LINE, highway="footway"),
    feature("Polygon", [RING], leisure="park", name="海堤公园"),
    feature("MultiPolygon", [[RING]], natural="water"),
    feature("Point", list(HERE), place="suburb", name="海棠"),
)


@pytest.fixture
def keeper(uow_of: UowOf) -> UnitOfWork:
    """The system administrator of the district."""
    return uow_of("system_admin", "440599/", "xitong")


def drawn(uow: UnitOfWork, tile: Tile) -> dict[str, list[dict[str, Any]]]:
    """Layer -> properties of what a tile shows, read by a decoder that is not ours."""
    found = read(basemap.base_tile(uow, tile).data)
    return {name: [one.properties for one in layer] for name, layer in found.items()}


# --- reading --------------------------------------------------------------------------------------------


def test_tags_of_world_maps_say_what_a_piece_is() -> None:
    found = reading.read(TOWN)
    assert found.counts == {"road": 2, "green": 1, "water": 1, "place": 1}
    assert [(piece.kind, piece.name, piece.rank) for piece in found.pieces][:2] == [
        ("road", "滨海大道", 1),
        ("road", "", 5),
    ]
    assert found.bounds == (116.735, 23.268, 116.745, 23.272) and not found.left_out


def test_what_a_file_does_not_say_is_said_for_all_of_it() -> None:
    bare = file_of(feature("LineString", LINE, 名称="老街"))
    assert reading.read(bare).counts == {}
    assert reading.read(bare, kind="road").pieces[0].name == "老街"


def test_a_file_of_another_system_is_moved() -> None:
    there = [list(map(float, from_wgs("gcj02", *place)))[::-1] for place in LINE]
    found = reading.read(file_of(feature("LineString", there, kind="road")), system="gcj02", is_swapped=True)
    assert found.pieces[0].shape["coordinates"][0] == pytest.approx(LINE[0], abs=1e-6)


BOW = [[116.738, 23.268], [116.742, 23.272], [116.742, 23.268], [116.738, 23.272], [116.738, 23.268]]
ODD = [
    feature("Polygon", [BOW], kind="green"),
    feature("LineString", [[23.27, 116.74], [23.28, 116.75]], kind="road"),
    feature("Polygon", [RING], kind="road"),
    feature("LineString", "abc", kind="road"),
    feature("LineString", [[116.74]], kind="road"),
    feature("LineString", [[None, 1], [2, 3]], kind="road"),
    feature("Circle", [1, 2], kind="road"),
    {"type": "Feature", "properties": {"kind": "road"}, "geometry": None},
    {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": list(HERE)}},
    "no feature",
    None,
]


@pytest.mark.parametrize("odd", ODD, ids=lambda one: json.dumps(one)[:60])
def test_a_piece_that_cannot_be_drawn_is_left_out_with_a_sentence(odd: Any) -> None:
    found = reading.read(file_of(odd, feature("LineString", LINE, kind="road")))
    assert found.counts == {"road": 1}
    assert list(found.left_out.values()) == [1] and all(found.left_out)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"{", b"[]", b'{"type": "FeatureCollection", "features": []}', b"[" * 100_000],
)
def test_a_file_that_is_none_is_told(data: bytes) -> None:
    with pytest.raises(Invalid):
        reading.read(data)


def test_a_file_that_is_too_large_is_told_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 100)
    with pytest.raises(Invalid, match="MB"):
        reading.read(TOWN)
    monkeypatch.setattr(reading, "LARGEST", 10_000)
    monkeypatch.setattr(reading, "MOST", 2)
    with pytest.raises(Invalid, match="2"):
        reading.read(TOWN)


# --- keeping and drawing ----------------------------------------------------------------------------------


def test_only_the_system_administrator_draws_the_base_map(uow_of: UowOf) -> None:
    for role in ("clerk", "lead", "grid_worker"):
        with pytest.raises(Refused):
            commands.load_pieces(uow_of(role), TOWN, "town.geojson")


def test_a_file_is_drawn_for_everybody_wherever_they_stand(
    keeper: UnitOfWork, uow_of: UowOf, office: Office
) -> None:
    done = commands.load_pieces(keeper, TOWN, "town.geojson")
    assert (done.added, done.replaced, done.left_out) == (5, 0, 0)
    assert ("xitong", "done", "BaseFeature/town.geojson") in told(office, "map.sources")
    for actor in (uow_of("grid_worker", GRID), uow_of("analyst", COMMUNITY), keeper):
        found = drawn(actor, tile_at(*HERE, 15))
        assert [one["name"] for one in found["road"] if "name" in one] == ["滨海大道"]
        assert {"water", "green", "place"} <= set(found)


def test_far_away_small_ways_are_left_out(keeper: UnitOfWork) -> None:
    commands.load_pieces(keeper, TOWN, "town.geojson")
    counts = {z: len(drawn(keeper, tile_at(*HERE, z)).get("road", [])) for z in (7, 9, 12, 14)}
    assert counts == {7: 0, 9: 1, 12: 1, 14: 2}


def test_every_zoom_shows_what_reaches_into_the_tile_and_nothing_else(keeper: UnitOfWork) -> None:
    commands.load_pieces(keeper, TOWN, "town.geojson")
    for z in range(13, 23):
        assert "road" in drawn(keeper, tile_at(*HERE, z))
        assert "road" not in drawn(keeper, tile_at(116.75, 23.28, z)) or z < 15
    assert drawn(keeper, Tile(15, 0, 0)) == {}


def test_a_file_of_the_same_name_replaces_the_old_one(keeper: UnitOfWork, office: Office) -> None:
    commands.load_pieces(keeper, TOWN, "town.geojson")
    again = commands.load_pieces(keeper, file_of(feature("LineString", LINE, kind="rail")), "town.geojson")
    assert (again.added, again.replaced) == (1, 5)
    (kept,) = basemap.feature_sets(keeper)
    assert (kept.origin, kept.counts, kept.total) == ("town.geojson", {"rail": 1}, 1)
    assert commands.remove_pieces(keeper, "town.geojson") == 1
    assert commands.remove_pieces(keeper, "never") == 0
    assert basemap.feature_sets(keeper) == []
    assert told(office, "map.sources")[-1][1] == "removed"


def test_a_file_with_nothing_to_draw_changes_nothing(keeper: UnitOfWork) -> None:
    commands.load_pieces(keeper, TOWN, "town.geojson")
    with pytest.raises(Invalid):
        commands.load_pieces(keeper, file_of(ODD[0]), "town.geojson")
    assert basemap.feature_sets(keeper)[0].total == 5


# --- the invented town --------------------------------------------------------------------------------------


def town_tiles(uow: UnitOfWork) -> set[int]:
    """Numbers of the buildings on the tiles around the town."""
    middle = tile_at(116.74, 23.27, 16)
    found: set[int] = set()
    for x in range(middle.x - 2, middle.x + 3):
        for y in range(middle.y - 2, middle.y + 3):
            layer = read(basemap.base_tile(uow, Tile(16, x, y)).data).get("building", [])
            found.update(one.id for one in layer)
    return found


def test_buildings_are_drawn_for_who_sees_them_and_only_in_their_branch(town: Office) -> None:
    with town.reader.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id, area FROM building WHERE polygon IS NOT NULL").all()
    every, own = {row[0] for row in rows}, {row[0] for row in rows if row[1] == GRID}
    assert town_tiles(town.uow(Actor("li", "clerk", COMMUNITY))) == every
    assert town_tiles(town.uow(Actor("wang", "grid_worker", GRID))) == own and own < every
    assert town_tiles(town.uow(Actor("xitong", "system_admin", "440599/"))) == set()


def test_the_demo_has_land_water_green_roads_and_names(town: Office) -> None:
    uow = town.uow(Actor("li", "clerk", COMMUNITY))
    wide = drawn(uow, tile_at(116.74, 23.27, 11))
    assert {"land", "water", "green", "road", "rail"} <= set(wide)
    near = drawn(uow, tile_at(116.74, 23.27, 14))
    assert any(one.get("level") == "community" for one in near["place"])
    assert all(one["rank"] in range(10) for one in near["road"])
