"""Boundaries from a file in a real browser: the preview on the map, the plan, taking it in and back."""

import json
import re

import shapely
from playwright.sync_api import expect

from tests.browser.conftest import Visit

ROWS = """() => { for (const one of document.querySelectorAll('*')) {
    const map = one.shadowRoot?.querySelector('.atlas')?.atlas?.map;
    if (map) return (map.getSource('outlines')?.serialize().data.features ?? []).map((row) => row.properties.state); }
  return []; }"""


def _file(*rows: tuple[str, str, shapely.Geometry]) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"网格编码": code, "网格名称": name},
            "geometry": shapely.geometry.mapping(shape),
        }
        for code, name, shape in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_a_file_is_looked_at_taken_in_and_taken_back(visit: Visit) -> None:
    lead = visit()
    lead.enter("chen", "/boundary_import")
    page = lead.page
    shape = shapely.box(116.7392, 23.2695, 116.7398, 23.2704)
    knot = shapely.Polygon([(116.74, 23.27), (116.7405, 23.2705), (116.7405, 23.27), (116.74, 23.2705)])
    data = _file(("440599001001001", "第一网格", shape), ("440599001001002", "第二网格", knot))
    upload = page.locator("input[type=file]")
    upload.set_input_files({"name": "网格.geojson", "mimeType": "application/geo+json", "buffer": data})
    expect(page.get_by_text("不能导入 1").first).to_be_visible()
    expect(page.get_by_text(re.compile("自相交叉"))).to_be_visible()
    page.wait_for_function(f"() => ({ROWS})().join() === 'changed,bad'")
    page.get_by_role("button", name=re.compile("第一网格")).click()

    page.get_by_role("button", name="3. 导入 1 条边界").click()
    expect(page.get_by_text(re.compile("网格.geojson：新增 0 条，修改 1 条，未导入 1 行"))).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text(re.compile("已于 .* 撤销"))).to_be_visible()
    assert lead.outside == []
