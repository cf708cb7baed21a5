"""Files of shapes, as they come: every kind, every coordinate system, every damage."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely

from core.geo.coordinates import Known, wgs_to_gcj, which_system
from core.geofiles import unpacking
from core.geofiles.outlines import outline, parts, rings
from core.geofiles.outlines import shape as kept
from core.geofiles.reading import GeoFile, read
from core.geofiles.systems import Reading, choices, label, on_earth, ways
from core.kernel.i18n import speak
from core.kernel.problems import Invalid
from tests.core.geofiles.files import bomb, geojson, kml, square, written, zipped

HOME = (116.7, 23.3)
ROWS = [({"name": "第一网格", "code": "440599001001001"}, square(116.70, 23.30))]
METRES = shapely.transform(ROWS[0][1], lambda xy: (xy - [117, 0]) * [102_000, 110_633] + [500_000, 0])
"""About the same square in eastings and northings of CGCS2000 on the meridian 117° E."""
ZONE = np.array([39_000_000, 0])
"""The number of the zone before the easting."""


@pytest.fixture(autouse=True)
def chinese() -> None:
    """The language of most users."""
    speak("zh_CN")


def near(found: GeoFile, lon: float = 116.705, lat: float = 23.305, by: float = 0.02) -> bool:
    """Whether the first shape lies where it should."""
    middle = found.shapes[0].geometry.centroid  # type: ignore[union-attr]
    return abs(middle.x - lon) < by and abs(middle.y - lat) < by


# --- kinds ------------------------------------------------------------------------------------------------


def test_every_kind_of_file_says_the_same(tmp_path: Path) -> None:
    files = {
        "a.geojson": geojson(ROWS),
        "a.kml": kml(ROWS),
        "a.zip": zipped(written(tmp_path, "a.shp", ROWS, crs="EPSG:4490")),
        "网格 边界.GPKG": written(tmp_path, "a.gpkg", ROWS, crs="EPSG:4490").read_bytes(),
    }
    for name, data in files.items():
        found = read(data, name, home=HOME)
        cells = {head.lower(): cell for head, cell in found.shapes[0].cells.items()}
        assert (cells["name"], str(cells["code"])) == ("第一网格", "440599001001001"), name
        assert found.shapes[0].geometry.equals(ROWS[0][1]), name  # type: ignore[union-attr]


@pytest.mark.parametrize("without", [(), ("cpg",)])
@pytest.mark.parametrize("encoding", ["UTF-8", "GB18030"])
def test_chinese_words_of_a_shapefile_are_read_in_either_encoding(
    tmp_path: Path, encoding: str, without: tuple[str, ...]
) -> None:
    path = written(tmp_path, "a.shp", ROWS, crs="EPSG:4490", encoding=encoding)
    assert read(zipped(path, without), "a.zip").shapes[0].cells["name"] == "第一网格"


def test_latin_written_by_a_careless_program_is_not_believed(tmp_path: Path) -> None:
    path = written(tmp_path, "a.shp", ROWS, crs="EPSG:4490", encoding="GB18030")
    path.with_suffix(".cpg").write_text("ISO-8859-1")
    assert read(zipped(path), "a.zip").shapes[0].cells["name"] == "第一网格"


def test_of_several_layers_one_is_chosen(tmp_path: Path) -> None:
    path = written(tmp_path, "a.gpkg", ROWS, crs="EPSG:4326")
    from pyogrio import raw

    point = shapely.to_wkb(np.array([shapely.Point(116.7, 23.3)], dtype=object))
    raw.write(
        str(path),
        point,
        [],
        [],
        layer="井盖",
        geometry_type="Point",
        crs="EPSG:4326",
        append=True,
        driver="GPKG",
    )
    assert read(path.read_bytes(), "a.gpkg").layers == ("a", "井盖")
    assert read(path.read_bytes(), "a.gpkg", layer="井盖").shapes[0].geometry.geom_type == "Point"  # type: ignore[union-attr]


# --- coordinate systems -----------------------------------------------------------------------------------


@pytest.mark.parametrize("without", [(), ("prj",)])
def test_eastings_and_northings_become_degrees_whether_the_file_names_the_system_or_not(
    tmp_path: Path, without: tuple[str, ...]
) -> None:
    path = written(tmp_path, "a.shp", [(ROWS[0][0], METRES)], crs="EPSG:4548")
    found = read(zipped(path, without), "a.zip", home=HOME)
    assert near(found)
    assert found.reading.system == "EPSG:4548"
    assert bool(found.reading.why) == bool(without)


@pytest.mark.parametrize(
    ("move", "system", "swapped"),
    [
        (lambda xy: xy + ZONE, "EPSG:4527", False),
        (lambda xy: (xy + ZONE)[:, ::-1], "EPSG:4527", True),
        (lambda xy: xy[:, ::-1], "EPSG:4548", True),
    ],
)
def test_numbers_alone_tell_the_belt_and_swapped_axes(move: object, system: str, swapped: bool) -> None:
    data = geojson([(ROWS[0][0], shapely.transform(METRES, move))])
    found = read(data, "a.json", home=HOME)
    assert (found.reading.system, found.reading.is_swapped) == (system, swapped)
    assert near(found)
    assert "117" in found.reading.why or "39" in found.reading.why


def test_latitude_first_is_put_right_and_said() -> None:
    found = read(geojson([(ROWS[0][0], shapely.transform(ROWS[0][1], lambda xy: xy[:, ::-1]))]), "a.geojson")
    assert near(found)
    assert "经纬度" in found.reading.why


def test_a_chosen_system_of_a_web_map_is_moved_back() -> None:
    shifted = shapely.transform(ROWS[0][1], lambda xy: np.column_stack(wgs_to_gcj(*xy.T)))
    found = read(geojson([(ROWS[0][0], shifted)]), "a.geojson", system="gcj02")
    assert near(found, by=1e-6)


def test_the_old_member_crs_of_geojson_is_believed() -> None:
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4548"}}
    assert near(read(geojson([(ROWS[0][0], METRES)], crs=named), "a.geojson"))


@pytest.mark.parametrize("system", ["EPSG:2436", "EPSG:2343", "EPSG:4610"])
def test_beijing_and_xian_are_not_guessed(tmp_path: Path, system: str) -> None:
    shape = ROWS[0][1] if system == "EPSG:4610" else METRES
    path = written(tmp_path, "a.shp", [(ROWS[0][0], shape)], crs=system)
    with pytest.raises(Invalid, match="CGCS2000"):
        read(zipped(path), "a.zip", home=HOME)


def test_numbers_of_nowhere_ask_for_the_system() -> None:
    with pytest.raises(Invalid) as trouble:
        read(geojson([({}, shapely.box(1_000, 1_000, 2_000, 2_000))]), "a.geojson", home=HOME)
    assert trouble.value.fields["system"]


def test_the_choices_begin_with_what_is_likely_there() -> None:
    assert [label(one) for one in choices(HOME)][3] == label("EPSG:4548")
    assert "117" in label("EPSG:4548") and "39" in label("EPSG:4527")
    assert label("EPSG:4479") == "EPSG:4479"


@pytest.mark.parametrize("swapped", [False, True])
def test_two_known_points_tell_the_belt(swapped: bool) -> None:
    """Corners of the square as the file has them, and as somebody finds them on the map, a few metres off."""
    found = on_earth(np.array([METRES], dtype=object), Reading("EPSG:4548"))[0].exterior.coords
    corners = [tuple(reversed(place)) if swapped else place for place in METRES.exterior.coords]
    known = [Known(corners[at], (found[at][0] + 2e-5, found[at][1])) for at in (0, 2)]
    told = which_system(known, ways(HOME))
    assert (told.best.system, told.best.is_swapped, told.is_certain) == ("EPSG:4548", swapped, True)


# --- damage -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.geojson", b"", "空的"),
        ("a.geojson", b'{"type": "FeatureCollection", "feat', "损坏"),
        ("a.geojson", b'{"type": "Topology"}', "GeoJSON"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "没有"),
        ("a.geojson", geojson([({"name": "甲"}, None)]), "没有一行"),
        ("a.json", b'{"type": "gdal_streamed_alg", "command_line": "read /etc/passwd"}', "GeoJSON"),
        ("a.kml", b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>", "KML"),
        ("a.kml", b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><kml>&y;</kml>', "KML"),
        ("a.kml", b"<kml><OGRVRTDataSource/></kml>", "KML"),
        ("a.kml", b"<kml><Document></Document></kml>", "图层"),
        ("a.gpkg", b"SQLite format 3\0" + bytes(2000), "损坏"),
        ("a.gpkg", b"GeoPackage", "GeoPackage"),
        ("a.zip", b"PK\x03\x04", "压缩包"),
        ("a.dwg", b"AC1027", "GeoJSON"),
        ("a.geojson", b"\x00\x01\x02\xff" * 50, "文本"),
    ],
)
def test_each_damage_has_its_sentence(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read(data, name, home=HOME)


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le"])
def test_a_view_that_reaches_out_is_found_however_it_is_written(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.gpkg"
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"PRAGMA encoding = '{encoding}'")
        file.execute(f"CREATE VIEW x AS SELECT '{'y' * 4050}', OGR_geocode('x')")  # torn over two pages
        file.commit()
    with pytest.raises(Invalid, match="GeoPackage"):
        read(path.read_bytes(), "a.gpkg", home=HOME)


def test_a_bomb_and_a_giant_are_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid, match="解压"):
        read(bomb(), "a.zip")
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1000)
    with pytest.raises(Invalid, match="MB"):
        read(bytes(1001), "a.geojson")


@pytest.mark.parametrize("without", ["shx", "dbf"])
def test_a_shapefile_without_one_of_its_files_names_it(tmp_path: Path, without: str) -> None:
    path = written(tmp_path, "a.shp", ROWS, crs="EPSG:4490")
    with pytest.raises(Invalid, match=f".{without}"):
        read(zipped(path, [without]), "a.zip")


def test_a_zip_of_several_asks_for_one(tmp_path: Path) -> None:
    written(tmp_path, "ab.shp", ROWS, crs="EPSG:4490")
    import zipfile
    from io import BytesIO

    held = BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name in ("a.shp", "b.shp"):
            package.write(tmp_path / "ab.shp", name)
    with pytest.raises(Invalid, match=r"a\.shp、b\.shp"):
        read(held.getvalue(), "a.zip")


# --- outlines ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (None, "没有图形"),
        (shapely.Point(116.7, 23.3), "不是面"),
        (shapely.LineString([(116.7, 23.3), (116.8, 23.3)]), "不是面"),
        (shapely.Polygon([(116.7, 23.3), (116.8, 23.4), (116.8, 23.3), (116.7, 23.4)]), "116.75"),
        (square(16.7, 23.3), "中国"),
        (square(23.3, 116.7), "颠倒"),
        (square(116.7, 23.3, 1e-6), "面积"),
        (square(116.7, 23.3, 0.1).difference(square(116.72, 23.32, 0.01)), ""),
    ],
)
def test_what_can_be_an_area_and_why_not(shape: object, said: str) -> None:
    if said:
        with pytest.raises(ValueError, match=said):
            outline(shape)  # type: ignore[arg-type]
    else:
        assert outline(shape).area > 0  # type: ignore[arg-type]


def test_a_closed_line_of_a_drawing_program_is_an_area() -> None:
    assert outline(shapely.LineString(ROWS[0][1].exterior.coords)).equals(ROWS[0][1])


@pytest.mark.parametrize(
    "shape",
    [
        ROWS[0][1],
        square(116.7, 23.3, 0.1).difference(square(116.72, 23.32)),
        shapely.union(square(116.7, 23.3), square(116.8, 23.3)),
        shapely.union(
            square(116.7, 23.3, 0.1).difference(square(116.72, 23.32, 0.05)), square(116.73, 23.33)
        ),
    ],
)
def test_holes_and_islands_come_back_as_they_went(shape: shapely.Polygon) -> None:
    found = kept(rings(outline(shape)))
    assert found is not None and found.equals(shape)
    assert parts(outline(shape)) == (2 if shape.geom_type == "MultiPolygon" else 1)
