"""The pages of base maps as a system administrator uses them."""

import json

from core.basemap import queries as basemap
from core.geo.coordinates import from_wgs
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from tests.core.basemap.test_files import mbtiles
from tests.pages.conftest import Open

PLACES = ((116.728, 23.286), (116.741, 23.301))


def keeper(town: Office) -> UnitOfWork:
    """The system administrator."""
    return town.uow(Actor("wang", "system_admin", "440599/"))


def test_a_source_without_what_it_needs_is_told_at_its_field(town: Office, open_page: Open) -> None:
    before = len(basemap.sources(keeper(town)))
    screen = open_page("map_sources", "system_admin", area="440599/")
    screen.button(key="FormSubmitter:source-new-tianditu-添加").click().run()
    assert [said.value for said in screen.error] == ["此服务需要填写本单位申请的密钥。"]
    assert any("此服务需要填写" in said.value for said in screen.markdown)
    screen.text_input(key="source-new-tianditu-key").input("geheim-0123456789")
    screen.button(key="FormSubmitter:source-new-tianditu-添加").click().run()
    assert not screen.error and len(basemap.sources(keeper(town))) == before + 1
    assert "geheim" not in str(screen.main)


def test_a_dropped_file_is_offered_with_one_click(town: Office, open_page: Open) -> None:
    mbtiles(town.settings.data)
    screen = open_page("map_sources", "system_admin", area="440599/")
    screen.button(key="take-a.mbtiles").click().run()
    assert not screen.exception and not screen.error
    assert basemap.bases(keeper(town))[-1].title == "航拍"


def test_two_known_points_choose_the_system_that_a_file_is_read_in(town: Office, open_page: Open) -> None:
    """A road in GCJ-02 with the latitude first, as somebody copied it from another map."""
    road = [list(map(float, from_wgs("gcj02", *place)))[::-1] for place in PLACES]
    shape = {
        "type": "Feature",
        "properties": {"highway": "primary"},
        "geometry": {"type": "LineString", "coordinates": road},
    }
    data = json.dumps({"type": "FeatureCollection", "features": [shape]}).encode()
    screen = open_page("map_data", "system_admin", area="440599/")
    screen.file_uploader[0].set_value(("road.geojson", data, "application/json"))
    screen.run()
    assert any("不在中国境内" in said.value for said in screen.warning)
    for turn, (there, here) in enumerate(zip(road, PLACES, strict=True), 1):
        screen.text_input(key=f"map-wizard-file-{turn}").input(f"{there[0]}, {there[1]}")
        screen.text_input(key=f"map-wizard-real-{turn}").input(f"{here[0]}，{here[1]}")
    screen.run()
    assert "GCJ-02" in screen.success[0].value and not screen.warning
    screen.button(key="take_in").click().run()
    assert not screen.exception and not screen.error
    assert any(one.origin == "road.geojson" for one in basemap.feature_sets(keeper(town)))


def test_a_file_is_chosen_by_its_address_and_taken_away(town: Office, open_page: Open) -> None:
    screen = open_page("map_data", "system_admin", area="440599/", file="示例底图")
    screen.button(key="take_away").click().run()
    assert not screen.exception and basemap.feature_sets(keeper(town)) == []


def test_a_file_that_is_none_is_told(town: Office, open_page: Open) -> None:
    screen = open_page("map_data", "system_admin", area="440599/")
    screen.file_uploader[0].set_value(("road.geojson", b"PK\x03\x04", "application/json"))
    screen.run()
    assert [said.value for said in screen.error] == ["这不是 GeoJSON 文件，或文件不完整。"]
