"""Pictures in files of the office: MBTiles and PMTiles, whole, with holes, damaged, and of another coordinate system."""

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from core.basemap.rasters import EMPTY, Source, files, picture, pmtiles, state
from core.demo.aerial import draw_aerial
from core.geo.coordinates import from_wgs
from core.geo.mercator import Box, Tile, degrees_at, tile_at
from tests.core.basemap.conftest import colour_at, picture_of

HERE = tile_at(116.74, 23.27, 14)
COLOURS = {HERE: "red", Tile(14, HERE.x + 1, HERE.y): "lime", Tile(14, HERE.x, HERE.y + 1): "blue"}
RED, LIME, BLUE = (255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255)
SOURCE = Source(7, "mbtiles", "", "", "", None, "a.mbtiles", False, "wgs84", 18)


def mbtiles(data: Path, name: str = "a.mbtiles", kind: str = "png", tiles: dict[Tile, str] = COLOURS) -> Path:
    """An MBTiles file with tiles of one colour each."""
    path = files.folder(data) / name
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        file.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
        file.executemany("INSERT INTO metadata VALUES (?, ?)", [("name", "航拍"), ("format", kind)])
        rows = [(t.z, t.x, (1 << t.z) - 1 - t.y, picture_of(colour)) for t, colour in tiles.items()]
        file.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        file.commit()
    return path


def archive(data: Path, tiles: dict[Tile, str] = COLOURS, make: Callable[[str], bytes] = picture_of) -> Path:
    """A PMTiles file, written by the program of those who made the format."""
    path = files.folder(data) / "a.pmtiles"
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as out:
        writer = Writer(out)
        for tile in sorted(tiles, key=lambda t: zxy_to_tileid(t.z, t.x, t.y)):
            writer.write_tile(zxy_to_tileid(tile.z, tile.x, tile.y), make(tiles[tile]))
        head = {
            "tile_type": TileType.PNG,
            "tile_compression": Compression.NONE,
            "min_zoom": 14,
            "max_zoom": 14,
        }
        place = dict.fromkeys(
            ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7", "center_lon_e7", "center_lat_e7"), 0
        )
        writer.finalize({**head, **place, "center_zoom": 14}, {"name": "航拍", "attribution": "某单位"})
    return path


def test_a_tile_of_an_mbtiles_file_counts_its_rows_from_the_south(tmp_path: Path) -> None:
    mbtiles(tmp_path)
    for tile, colour in ((HERE, RED), (Tile(14, HERE.x, HERE.y + 1), BLUE)):
        found = picture(tmp_path, SOURCE, tile)
        assert found.is_found and found.media == "image/png" and colour_at(found.data) == colour
    assert state.read(tmp_path, 7).sentence == ""  # type: ignore[union-attr]


def test_a_tile_of_a_pmtiles_file_is_found_along_its_curve(tmp_path: Path) -> None:
    archive(tmp_path)
    source = replace(SOURCE, kind="pmtiles", file="a.pmtiles")
    for tile, colour in zip(COLOURS, (RED, LIME, BLUE), strict=True):
        assert colour_at(picture(tmp_path, source, tile).data) == colour
    assert picture(tmp_path, source, Tile(14, 0, 0)) == EMPTY


@pytest.mark.parametrize(
    "tile", [Tile(0, 0, 0), Tile(1, 1, 0), Tile(5, 17, 9), Tile(20, 863_000, 454_321)], ids=str
)
def test_the_curve_is_numbered_as_the_makers_do(tile: Tile) -> None:
    assert pmtiles.number(tile) == zxy_to_tileid(tile.z, tile.x, tile.y)


def test_many_tiles_stand_in_directories_below_the_first(tmp_path: Path) -> None:
    tiles = {Tile(9, x, y): f"{x} {y}" for x in range(128) for y in range(128)}
    path = archive(tmp_path, tiles=tiles, make=str.encode)
    assert pmtiles._head(path, 1).leaves
    assert pmtiles.tile(path, Tile(9, 101, 77)) == b"101 77"


def test_where_a_picture_is_missing_the_one_above_is_enlarged(tmp_path: Path) -> None:
    mbtiles(tmp_path)
    deeper = picture(tmp_path, SOURCE, Tile(16, HERE.x * 4 + 5, HERE.y * 4 + 2))
    assert deeper.is_found and colour_at(deeper.data)[1] > 240  # in the lime tile
    assert picture(tmp_path, SOURCE, Tile(14, HERE.x + 9, HERE.y)) == EMPTY
    assert picture(tmp_path, replace(SOURCE, max_zoom=15), Tile(16, 0, 0)) == EMPTY
    assert picture(tmp_path, SOURCE, Tile(3, 9, 0)) == EMPTY


@pytest.mark.parametrize(
    ("content", "code"), [(None, "gone"), (b"", "broken"), (b"no database at all" * 99, "broken")]
)
@pytest.mark.parametrize("kind", ["mbtiles", "pmtiles"])
def test_a_damaged_file_draws_nothing_and_says_so(
    tmp_path: Path, kind: str, content: bytes | None, code: str
) -> None:
    path = files.folder(tmp_path) / f"a.{kind}"
    path.parent.mkdir()
    if content is not None:
        path.write_bytes(content)
    assert picture(tmp_path, replace(SOURCE, kind=kind, file=path.name), HERE) == EMPTY
    assert state.read(tmp_path, 7).code == code  # type: ignore[union-attr]


def test_a_file_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.basemap.rasters.mbtiles.PATIENCE", 0.05)
    path = mbtiles(tmp_path)
    with closing(sqlite3.connect(path)) as file:
        file.execute("DROP TABLE tiles")
        file.execute(
            "CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 99 UNION ALL SELECT i + 1 FROM n) "
            "SELECT i % 7 + 99 AS zoom_level, i % 5 AS tile_column, i % 3 AS tile_row, NULL AS tile_data FROM n"
        )
        file.commit()
    assert picture(tmp_path, SOURCE, HERE) == EMPTY
    assert state.read(tmp_path, 7).code == "broken"  # type: ignore[union-attr]


def test_a_packed_part_is_not_unpacked_to_more_than_it_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path)  # its directories and description are packed
    assert pmtiles.facts(path)["name"] == "航拍"
    bomb = gzip.compress(bytes(1_000_000))
    monkeypatch.setattr(pmtiles, "LARGEST", 100_000)
    with pytest.raises(EOFError):
        pmtiles._unpacked(bomb)


def test_a_file_cut_off_in_the_middle_draws_nothing_and_says_so(tmp_path: Path) -> None:
    for path, kind in ((mbtiles(tmp_path), "mbtiles"), (archive(tmp_path), "pmtiles")):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
        assert picture(tmp_path, replace(SOURCE, kind=kind, file=path.name), HERE) == EMPTY
        assert state.read(tmp_path, 7).code == "broken"  # type: ignore[union-attr]


def test_what_is_dropped_into_the_folder_is_offered_or_says_why_not(tmp_path: Path) -> None:
    assert files.dropped(tmp_path) == []
    mbtiles(tmp_path)
    mbtiles(tmp_path, "lines.mbtiles", kind="pbf")
    archive(tmp_path)
    (files.folder(tmp_path) / "readme.txt").write_text("no map")
    (files.folder(tmp_path) / "bad.mbtiles").write_bytes(b"SQLite format 3\0" + b"x" * 300)
    good, archived, bad, lines = files.dropped(tmp_path)
    assert (good.file, good.title, good.max_zoom, good.trouble) == ("a.mbtiles", "航拍", 14, None)
    assert (archived.title, archived.attribution) == ("航拍", "某单位")
    assert bad.trouble and bad.trouble.code == "broken"
    assert lines.trouble and lines.trouble.code == "vector"


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    mbtiles(tmp_path)
    (tmp_path / "secret.mbtiles").write_bytes((files.folder(tmp_path) / "a.mbtiles").read_bytes())
    assert picture(tmp_path, replace(SOURCE, file="../secret.mbtiles"), HERE) == EMPTY


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_pictures_of_a_shifted_system_come_to_lie_where_they_belong(tmp_path: Path, system: str) -> None:
    """Around a place, the source is lime where its own numbers say so; the map must show lime at that place."""
    place = (116.7283, 23.2861)
    there = tile_at(*map(float, from_wgs(system, *place)), 17)
    around = {Tile(17, there.x + x, there.y + y): "red" for x in range(-4, 5) for y in range(-4, 5)}
    mbtiles(tmp_path, tiles={**around, there: "lime"})
    tile = tile_at(*place, 17)
    source = replace(SOURCE, system=system)
    west, north = degrees_at(tile.x, tile.y, 17)
    east, south = degrees_at(tile.x + 1, tile.y + 1, 17)
    x, y = int((place[0] - west) / (east - west) * 256), int((north - place[1]) / (north - south) * 256)
    assert colour_at(picture(tmp_path, source, tile).data, x, y)[1] > 200
    assert tile != there and colour_at(picture(tmp_path, source, there).data)[0] > 200


def test_at_the_edge_of_a_shifted_source_nothing_is_made_up(tmp_path: Path) -> None:
    mbtiles(tmp_path, tiles={HERE: "red"})
    assert picture(tmp_path, replace(SOURCE, system="gcj02"), Tile(14, HERE.x + 8, HERE.y)) == EMPTY


def test_the_drawn_picture_of_a_town_is_a_file_like_any_other(tmp_path: Path) -> None:
    ring = [[116.739, 23.269], [116.741, 23.269], [116.741, 23.271], [116.739, 23.271]]
    shapes = [("land", 0, ring), ("road", 1, ring[:2]), ("building", 9, ring[:3])]
    path = files.folder(tmp_path) / "a.mbtiles"
    box = Box(116.738, 23.268, 116.742, 23.272)
    deepest = draw_aerial(path, box, shapes, title="示例", attribution="绘制")
    again = draw_aerial(tmp_path / "again.mbtiles", box, shapes, title="示例", attribution="绘制")
    assert deepest == again == 18
    assert files.dropped(tmp_path)[0].max_zoom == 18
    for z in (14, 16, 18):
        found = picture(tmp_path, SOURCE, tile_at(116.74, 23.27, z))
        assert found.is_found and found.media == "image/jpeg"
        assert found.data == picture(tmp_path, SOURCE, tile_at(116.74, 23.27, z)).data
