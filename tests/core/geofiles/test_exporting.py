"""Layers as files, as the next program reads them, and the way back in."""

import zipfile
from io import BytesIO

import pytest

from core.geofiles import writing
from core.geofiles.commands import export_layer, import_boundaries
from core.geofiles.queries import Window, boundary_plan
from core.geofiles.reading import read
from core.geofiles.writing import Written
from core.kernel.access import job
from core.kernel.database import Office
from core.kernel.problems import Invalid, Missing, Refused
from core.places.commands import add_building_with_rooms, edit_building
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.conftest import log
from tests.core.geofiles.files import geojson, square

FOR = "交测绘院核对"
CODES = {GRID: "440599001001001", NEXT_GRID: "440599001001002"}


@pytest.fixture
def land(office: Office) -> Office:
    """Two grids with boundaries; in the first a building with an outline, and one that is only a point."""
    machine = office.uow(job("test"))
    shapes = {
        GRID: square(116.70, 23.30).difference(square(116.702, 23.302, 0.001)),
        NEXT_GRID: square(116.71, 23.30),
    }
    import_boundaries(
        machine, geojson([({"code": CODES[path]}, shape) for path, shape in shapes.items()]), "a.json"
    )
    for number in (1, 2):
        facts = {
            "road": "海滨路",
            "number": f"{number}号",
            "floors": 2,
            "units": 1,
            "lon": 116.705,
            "lat": 23.305,
        }
        key = add_building_with_rooms(machine, GRID, facts, 1, 2, 2)
    edit_building(machine, key, None, polygon=[list(square(116.7048, 23.3048, 0.0004).exterior.coords)])
    return office


@pytest.mark.parametrize("form", list(writing.FORMS))
def test_what_goes_out_comes_back_the_same(land: Office, uow_of: UowOf, form: str) -> None:
    data = export_layer(uow_of("lead"), "grids", FOR, form, Window(kinds=("grid",)))
    found = boundary_plan(uow_of("lead"), data, f"网格.{writing.ENDINGS[form]}").plan
    assert [(row.state, row.title) for row in found.rows] == [
        ("same", f"第一网格 {CODES[GRID]}"),
        ("same", f"第二网格 {CODES[NEXT_GRID]}"),
    ]


@pytest.mark.parametrize("form", list(writing.FORMS))
def test_words_numbers_and_points_stand_in_every_form(land: Office, uow_of: UowOf, form: str) -> None:
    data = export_layer(uow_of("lead"), "houses", FOR, form)
    found = read(data, f"房屋.{writing.ENDINGS[form]}")
    assert len(found.shapes) == 8
    assert {shape.cells["area_name"] for shape in found.shapes} == {"第一网格"}
    assert {shape.geometry.wkt for shape in found.shapes if shape.geometry} == {"POINT (116.705 23.305)"}
    assert all(str(shape.cells["address"]).startswith("海滨路") for shape in found.shapes)
    assert len({str(shape.cells["code"]) for shape in found.shapes}) == 8


def test_a_shapefile_holds_points_and_outlines_apart(land: Office, uow_of: UowOf) -> None:
    data = export_layer(uow_of("lead"), "buildings", FOR, writing.SHP)
    names = {name for name in zipfile.ZipFile(BytesIO(data)).namelist() if name.endswith(".shp")}
    assert names == {"point.shp", "polygon.shp"}


def test_the_purpose_the_part_and_the_number_are_written_down(land: Office, uow_of: UowOf) -> None:
    export_layer(uow_of("lead"), "houses", FOR, window=Window(under=GRID))
    line = log(land)[-1]
    assert (line.outcome, line.about, line.reason) == ("exported", "map/houses", FOR)
    assert "8" in str(line.changes) and GRID in str(line.changes)


def test_who_may_not_and_what_cannot_be(land: Office, uow_of: UowOf) -> None:
    for role in ("grid_worker", "analyst", "department", "system_admin"):
        with pytest.raises(Refused):
            export_layer(uow_of(role), "houses", FOR)
    with pytest.raises(Invalid):
        export_layer(uow_of("lead"), "houses", " ")
    with pytest.raises(Invalid):
        export_layer(uow_of("lead"), "houses", FOR, "dwg")
    with pytest.raises(Missing):
        export_layer(uow_of("lead"), "persons", FOR)


def test_only_ones_own_branch_goes_out(land: Office, uow_of: UowOf) -> None:
    data = export_layer(uow_of("lead", NEXT_GRID), "grids", FOR, writing.GEOJSON, Window(kinds=("grid",)))
    assert [shape.cells["name"] for shape in read(data, "a.geojson").shapes] == ["第二网格"]
    assert read(export_layer(uow_of("lead", COMMUNITY), "grids", FOR, writing.GEOJSON), "a.geojson").headings


def test_rows_without_a_shape_and_empty_cells_are_not_lost() -> None:
    rows = [
        Written(None, {"name": "甲", "n": None}),
        Written({"type": "Point", "coordinates": (116.7, 23.3)}, {"n": 3}),
    ]
    for form in (writing.GEOJSON, writing.GPKG, writing.SHP):
        found = read(
            writing.write(form, "层", {"name": "string", "n": "integer"}, rows), f"a.{writing.ENDINGS[form]}"
        )
        assert [shape.geometry is None for shape in found.shapes] == [True, False], form
        assert [shape.cells["name"] for shape in found.shapes] == ["甲", None], form
        assert [shape.cells["n"] for shape in found.shapes] == [None, 3], form
