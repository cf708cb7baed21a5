"""Base maps in a real browser: by day and by night, names of the browser's own font, and known points that are clicked."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_map import DRAWN, atlas, entered, until

COLOUR = "(host) => host.atlas.map.getPaintProperty('land', 'fill-color')"


def test_the_plan_is_dark_by_night_and_nothing_comes_from_outside(visit: Visit) -> None:
    by_day, by_night = visit(), visit(dark=True)
    colours = []
    for visitor in (by_day, by_night):
        host = entered(visitor)
        for layer in ("land", "green", "road", "building"):
            until(visitor, host, DRAWN, layer)
        assert host.evaluate("(host) => host.atlas.map.getStyle().glyphs ?? ''") == ""
        colours.append(host.evaluate(COLOUR))
        assert visitor.outside == []
    assert colours[0] != colours[1]


def test_known_points_are_clicked_and_tell_the_system_of_a_file(visit: Visit) -> None:
    keeper = visit()
    keeper.enter("xitong")
    keeper.open("/map_data")
    page = keeper.page
    page.get_by_text("用两个已知点判断坐标系").click()
    page.get_by_text("在地图上点选实际位置").click()
    host = atlas(keeper)
    until(keeper, host, DRAWN, "land")
    canvas = host.locator("canvas").first
    really = page.get_by_label("实际位置：经度, 纬度")
    for turn in range(2):
        box = canvas.bounding_box()
        assert box is not None
        canvas.click(position={"x": box["width"] * (0.4 + 0.2 * turn), "y": box["height"] * 0.5})
        expect(really.nth(turn)).to_have_value(re.compile(r"^11\d\.\d{7}, 2\d\.\d{7}$"))
        keeper.quiet()
    for turn in range(2):
        there = really.nth(turn).input_value()
        typed = page.get_by_label(f"第 {turn + 1} 点：文件中的数值")
        typed.fill(", ".join(reversed(there.split(", "))))
        typed.press("Enter")
        keeper.quiet()
    expect(page.get_by_text("纬度在前：平均相差 0 米")).to_be_visible()
    assert keeper.outside == []
