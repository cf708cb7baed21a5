"""The one map in a real browser with real WebGL: its views, layers, cards, lists, drawing, paper; and without WebGL."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit, Visitor

SPOT = """(host) => { const { map } = host.atlas, box = map.getCanvas().getBoundingClientRect();
  const [one] = map.queryRenderedFeatures({ layers: ["buildings/fill"] });
  const ring = one.geometry.coordinates.flat(one.geometry.type === "MultiPolygon" ? 2 : 1);
  const middle = [0, 1].map((n) => ring.reduce((sum, corner) => sum + corner[n], 0) / ring.length);
  const at = map.project(middle); return [box.x + at.x, box.y + at.y]; }"""
DRAWN = """(host, id) => Boolean(host.atlas.map.getLayer(id)) && host.atlas.map.isStyleLoaded()
  && host.atlas.map.queryRenderedFeatures({ layers: [id] }).length > 0"""
STILL = "(host) => !host.atlas.map.isMoving() && host.atlas.map.areTilesLoaded()"


def atlas(visitor: Visitor) -> Locator:
    """The map's element, once the map is drawn."""
    expect(visitor.page.locator(".atlas.ready")).to_be_visible()
    return visitor.page.locator(".atlas")


def until(visitor: Visitor, host: Locator, what: str, given: object = None) -> None:
    """Wait until the map is as a function of its element and a value says."""
    handle = host.element_handle()
    visitor.page.wait_for_function(f"([host, given]) => ({what})(host, given)", arg=[handle, given])


def entered(visitor: Visitor, login: str = "li", path: str = "/map?on=grids,buildings") -> Locator:
    """Somebody who has opened the map and waited for its first picture."""
    visitor.enter(login)
    visitor.open(path)
    host = atlas(visitor)
    until(visitor, host, DRAWN, "buildings/fill")
    until(visitor, host, STILL)
    return host


def button(visitor: Visitor, name: str) -> Locator:
    """A button of the map."""
    return visitor.page.locator(".atlas").get_by_role("button", name=name, exact=True)


def address(visitor: Visitor) -> str:
    """Where the browser is now."""
    return str(visitor.page.evaluate("location.href"))


def real(complaints: list[str]) -> list[str]:
    """What the browser complained about, without Streamlit's own two questions on a deep link."""
    return [said for said in complaints if "404" not in said]


def test_plan_3d_and_picture_are_one_click_each_on_the_same_map(visit: Visit) -> None:
    clerk = visit()
    host = entered(clerk)
    host.evaluate("(host) => { window.first = host.atlas.map; }")

    button(clerk, "三维").click()
    until(clerk, host, DRAWN, "solid")
    until(clerk, host, STILL)
    assert host.evaluate("(host) => host.atlas.map.getPitch()") > 40
    assert "solid=use" in address(clerk)

    button(clerk, "卫星").click()
    until(clerk, host, "(host) => Boolean(host.atlas.map.getSource('picture'))")
    expect(clerk.page.locator(".credit")).to_contain_text("示例影像")
    until(clerk, host, DRAWN, "grids/line")

    button(clerk, "平面").click()
    until(clerk, host, "(host) => !host.atlas.map.getSource('picture') && host.atlas.map.getPitch() === 0")
    until(clerk, host, DRAWN, "grids/line")
    assert host.evaluate("(host) => host.atlas.map === window.first")
    assert clerk.outside == []
    assert real(clerk.complaints) == []


def test_how_the_map_was_left_is_how_it_opens_next_time(visit: Visit) -> None:
    lead = visit()
    host = entered(lead, "chen", "/map")
    with lead.page.expect_response("**/api/map/choice"):
        button(lead, "三维").click()
    lead.open("/map")
    until(lead, atlas(lead), DRAWN, "solid")
    with lead.page.expect_response("**/api/map/choice"):
        button(lead, "平面").click()
    assert host.count() == 1


def test_colours_and_light_of_buildings_can_be_chosen(visit: Visit) -> None:
    clerk = visit()
    host = entered(clerk, path="/map?solid=people&at=17/23.2699/116.7400/-20/58")
    colour = "(host) => JSON.stringify(host.atlas.map.getPaintProperty('solid', 'fill-extrusion-color'))"
    assert "residents" in host.evaluate(colour)
    light = "(host) => JSON.stringify(host.atlas.map.getLight().position)"
    before = host.evaluate(light)
    button(clerk, "底图与光照").click()
    clerk.page.get_by_label("光照时刻").fill("18")
    assert host.evaluate(light) != before
    clerk.page.get_by_label("按核实时间").check()
    assert "seen" in host.evaluate(colour)
    assert "solid=fresh" in address(clerk)


def test_a_click_opens_a_card_and_the_way_back_leads_to_the_same_view(visit: Visit) -> None:
    clerk = visit()
    host = entered(clerk, path="/map?on=grids,buildings")
    host.evaluate("(host) => host.atlas.map.fitBounds(host.atlas.data.bounds, { duration: 0 })")
    until(clerk, host, DRAWN, "buildings/fill")
    until(clerk, host, STILL)
    clerk.page.mouse.click(*host.evaluate(SPOT))
    card = clerk.page.locator(".card")
    expect(card).to_contain_text("楼层数")
    title = card.locator("h2").inner_text()
    clerk.page.wait_for_function(
        "location.search.includes('card=buildings') && location.search.includes('at=')"
    )
    left = address(clerk)
    card.get_by_role("link", name="打开").click()
    clerk.page.wait_for_url("**/building?id=*")
    clerk.quiet()
    clerk.page.go_back()
    clerk.quiet()
    expect(clerk.page.locator(".card h2")).to_have_text(title)
    assert address(clerk) == left
    clerk.page.keyboard.press("Escape")


def test_layers_are_switched_narrowed_and_kept_in_the_address(visit: Visit) -> None:
    clerk = visit()
    host = entered(clerk)
    panel = clerk.page.locator(".pane.layers")
    panel.get_by_role("switch", name="各状态房屋").check()
    until(clerk, host, DRAWN, "houses/count")
    with clerk.page.expect_request(
        lambda asked: "/tiles/houses/" in asked.url and "kinds=rented" in asked.url
    ):
        panel.get_by_role("button", name="出租", exact=True).click()
    assert "houses:rented" in address(clerk)
    panel.get_by_role("button", name="“各状态房屋”的设置").click()
    panel.locator(".settings input[type=range]").first.fill("0.5")
    assert "houses:rented~50" in address(clerk)

    clerk.open(address(clerk).removeprefix(clerk.base))
    host = atlas(clerk)
    until(clerk, host, DRAWN, "houses/count")
    assert host.evaluate("(host) => [...host.atlas.layers.state('houses').kinds]") == ["rented"]
    panel.get_by_role("switch", name="各状态房屋").uncheck()
    until(clerk, host, "(host) => !host.atlas.map.getSource('houses')")


def test_what_is_found_is_flown_to_and_marked(visit: Visit) -> None:
    clerk = visit()
    host = entered(clerk)
    clerk.page.get_by_role("combobox", name="在地图上查找").fill("1号")
    first = clerk.page.get_by_role("option").first
    expect(first).to_be_visible()
    clerk.page.keyboard.press("Enter")
    expect(clerk.page.locator(".card h2")).to_be_visible()
    marked = "(host) => host.atlas.map.getSource('marks').serialize().data.features.length === 1"
    until(clerk, host, marked)
    until(clerk, host, "(host) => !host.atlas.map.isMoving() && host.atlas.map.getZoom() > 17")


def test_a_shape_that_is_drawn_lists_what_lies_in_it(visit: Visit) -> None:
    clerk = visit()
    host = entered(clerk)
    x, y = host.evaluate(SPOT)
    button(clerk, "圈选查询").click()
    button(clerk, "画圆查询").click()
    expect(clerk.page.locator(".toast")).to_contain_text("先点圆心")
    clerk.page.mouse.click(x, y)
    clerk.page.mouse.move(x + 60, y + 20)
    clerk.page.mouse.click(x + 120, y + 40)
    listed = clerk.page.locator(".pane.list")
    expect(listed).to_contain_text("半径")
    expect(listed.locator("summary").filter(has_text="楼栋")).to_be_visible()
    assert "shape=circle" in address(clerk)
    assert clerk.page.locator(".card").is_hidden(), "the click that ends a shape opens no card"
    listed.locator("summary").filter(has_text="楼栋").click()
    listed.locator("button.row").first.click()
    expect(clerk.page.locator(".card")).to_contain_text("楼层数")
    listed.get_by_role("button", name="清除圈选").click()
    expect(listed).to_contain_text("当前视野")
    assert "shape" not in address(clerk)


def test_a_distance_is_measured_on_the_round_earth(visit: Visit) -> None:
    clerk = visit()
    host = entered(clerk)
    x, y = host.evaluate(SPOT)
    metres = host.evaluate(
        """(host, [x, y]) => { const { map, ML } = host.atlas, box = map.getCanvas().getBoundingClientRect();
        const at = (dx) => map.unproject([x - box.x + dx, y - box.y]); return at(0).distanceTo(at(150)); }""",
        [x, y],
    )
    button(clerk, "测量距离").click()
    expect(clerk.page.locator(".toast")).to_contain_text("逐点点击")
    clerk.page.mouse.click(x, y)
    clerk.page.mouse.move(x + 80, y)
    clerk.page.mouse.click(x + 150, y)
    clerk.page.keyboard.press("Enter")
    said = clerk.page.locator(".toast")
    expect(said.get_by_role("button", name="清除")).to_be_visible()
    found = re.search(r"长度 ([\d.]+) m", said.inner_text())
    assert found and abs(float(found[1]) - metres) < metres * 0.02
    clerk.page.locator(".toast").get_by_role("button", name="清除").click()
    button(clerk, "测量面积").click()
    expect(said).to_contain_text("逐点点击")
    clerk.page.keyboard.press("Escape")
    expect(said).to_be_hidden()


@pytest.mark.parametrize(("paper", "points"), [("A4", "841.89 595.28"), ("A3", "1190.55 841.89")])
def test_the_view_is_printed_as_a_page(visit: Visit, tmp_path: Path, paper: str, points: str) -> None:
    clerk = visit()
    entered(clerk)
    button(clerk, "打印").click()
    dialog = clerk.page.get_by_role("dialog", name="打印地图")
    dialog.get_by_label("标题").fill("春晖社区消防图")
    dialog.get_by_label("纸张").select_option(paper)
    with clerk.page.expect_download(timeout=90_000) as waiting:
        dialog.get_by_role("button", name="生成文件").click()
    assert waiting.value.suggested_filename == "春晖社区消防图.pdf"
    waiting.value.save_as(tmp_path / "map.pdf")
    data = (tmp_path / "map.pdf").read_bytes()
    assert data.startswith(b"%PDF-1.4") and data.endswith(b"%%EOF\n")
    assert f"/MediaBox [0 0 {points}]".encode() in data
    assert len(data) > 60_000, "the page holds a picture, not white paper"
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    assert data[start:].startswith(b"xref\n")


def test_the_map_lives_through_reruns_and_follows_the_night(visit: Visit) -> None:
    clerk = visit()
    host = entered(clerk)
    host.evaluate("(host) => { window.first = host.atlas.map; host.atlas.send('asked'); }")
    clerk.quiet()
    assert host.evaluate("(host) => host.atlas.map === window.first")
    clerk.page.emulate_media(color_scheme="dark")
    until(clerk, host, "(host) => host.dataset.ground === 'night'")
    until(clerk, host, DRAWN, "grids/line")
    assert host.evaluate("(host) => host.atlas.map === window.first")


def test_the_keyboard_moves_the_map_and_reaches_every_tool(visit: Visit) -> None:
    clerk = visit()
    host = entered(clerk)
    before = host.evaluate("(host) => host.atlas.map.getCenter().lng")
    clerk.page.locator(".maplibregl-canvas").focus()
    clerk.page.keyboard.press("ArrowRight")
    until(clerk, host, STILL)
    assert host.evaluate("(host) => host.atlas.map.getCenter().lng") > before
    nameless = clerk.page.locator(".atlas button").evaluate_all(
        "(all) => all.filter((one) => !one.textContent.trim() && !one.getAttribute('aria-label')).length"
    )
    assert nameless == 0
    tabs = clerk.page.get_by_role("tab")
    tabs.first.focus()
    clerk.page.keyboard.press("ArrowRight")
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    expect(clerk.page.locator(".pane.list")).to_contain_text("当前视野")


def test_on_a_phone_the_panel_is_a_sheet_for_one_thumb(visit: Visit) -> None:
    worker = visit(phone=True)
    host = entered(worker, "wang")
    side = worker.page.locator(".side")
    low = side.evaluate("(side) => side.offsetHeight")
    worker.page.get_by_role("tab", name="图层").click()
    expect(worker.page.get_by_role("switch", name="各状态房屋")).to_be_visible()
    until(worker, host, "(host) => host.querySelector('.side').offsetHeight > host.offsetHeight * 0.4")
    grip = worker.page.get_by_role("button", name="展开或收起面板")
    grip.click()
    grip.click()
    until(worker, host, f"(host) => host.querySelector('.side').offsetHeight < {low + 4}")
    wide = worker.page.evaluate(
        "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )
    assert wide <= 0
    small = worker.page.locator(".tools button:visible").evaluate_all(
        "(all) => all.filter((one) => one.offsetWidth < 40 || one.offsetHeight < 40).length"
    )
    assert small == 0


def test_an_analyst_sees_layers_without_people(visit: Visit) -> None:
    analyst = visit()
    entered(analyst, "wu")
    expect(analyst.page.get_by_role("switch", name="楼栋")).to_be_checked()
    assert analyst.page.get_by_role("switch", name="独居老人").count() == 0


def test_without_webgl_the_list_holds_the_same(visit: Visit) -> None:
    clerk = visit()
    clerk.page.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
        "  return kind.startsWith('webgl') ? null : get.call(this, kind, ...more); };"
    )
    clerk.enter("li")
    clerk.open("/map")
    expect(clerk.page.locator(".notice")).to_contain_text("无法显示地图")
    listed = clerk.page.locator(".pane.list")
    listed.locator("summary").filter(has_text="楼栋").click()
    listed.get_by_role("link").first.click()
    clerk.page.wait_for_url("**/building?id=*")
    assert clerk.outside == []
