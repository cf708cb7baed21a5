"""Looking through areas in a real browser: views that are kept and shared, lists inside shapes, counts, and a map to take
along that opens without any connection."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_map import address, atlas, button, entered

SHAPE = "circle:116.7397,23.2696;150"


def test_a_view_is_kept_shared_and_followed_by_a_colleague(visit: Visit) -> None:
    clerk = visit()
    entered(clerk, path="/map?at=17/23.2696/116.7397&on=grids,buildings")
    button(clerk, "保存、分享或带走此视图").click()
    expect(clerk.page.get_by_role("heading", name="地图视图")).to_be_visible()
    clerk.quiet()
    clerk.page.get_by_label("视图名称").first.fill("海滨路沿线")
    clerk.page.get_by_role("button", name="保存", exact=True).click()
    link = clerk.page.get_by_role("link", name="海滨路沿线")
    expect(link).to_be_visible()
    clerk.quiet()
    clerk.page.get_by_role("button", name="更多").click()
    clerk.page.get_by_text("通过链接分享").click()
    shared = clerk.page.get_by_test_id("stCode")
    expect(shared).to_contain_text("/map?view=")
    path = shared.inner_text().strip().partition("/map")[2]
    colleague = visit()
    colleague.enter("wang", path=f"/map{path}")
    atlas(colleague)
    assert "on=grids,buildings" in address(colleague).replace("%2C", ",")
    assert "view=" not in address(colleague)
    assert not clerk.outside
    assert not colleague.outside


def test_what_is_inside_a_shape_is_counted_listed_and_drawn(visit: Visit) -> None:
    clerk = visit()
    clerk.enter("li", path=f"/map_area?shape={SHAPE}")
    atlas(clerk)
    clerk.page.get_by_role("link", name="各状态房屋").click()
    expect(clerk.page.get_by_role("heading", name="各状态房屋")).to_be_visible()
    expect(clerk.page.get_by_role("link", name="室").first).to_be_visible()
    assert "layer=houses" in address(clerk)
    assert not clerk.outside


@pytest.mark.parametrize("form", ["", "hills", "warmth", "columns"])
def test_the_analyst_sees_counts_and_nothing_is_asked_outside(visit: Visit, form: str) -> None:
    wu = visit()
    wu.enter("wu", path=f"/map_explore?form={form}")
    expect(wu.page.get_by_test_id("stDeckGlJsonChart").locator("canvas").first).to_be_visible()
    expect(wu.page.get_by_role("heading", name="数量最多的位置")).to_be_visible()
    wu.quiet()
    assert not wu.outside


def test_a_map_is_taken_along_and_opens_without_any_connection(visit: Visit, tmp_path: Path) -> None:
    lead = visit()
    lead.enter("chen", path="/map_view?at=16.5/23.2696/116.7397&on=grids,buildings,houses")
    lead.page.get_by_label("标题").fill("海滨路沿线")
    lead.page.get_by_label("用途和接收人").fill("消防排查，交街道")
    lead.page.get_by_role("button", name="生成文件").click()
    with lead.page.expect_download() as saved:
        lead.page.get_by_role("button", name="海滨路沿线-").click()
    file = tmp_path / "along.html"
    saved.value.save_as(file)
    asked, complaints = list[str](), list[str]()
    alone = lead.page.context.browser.new_context(offline=True).new_page()  # type: ignore[union-attr]
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("pageerror", lambda trouble: complaints.append(str(trouble)))
    alone.goto(file.as_uri())
    expect(alone.get_by_role("heading", name="海滨路沿线")).to_be_visible()
    expect(alone.locator(".leaflet-overlay-pane canvas")).to_be_visible()
    alone.get_by_text("楼栋", exact=True).first.click()
    assert asked == [file.as_uri()]
    assert complaints == []
    alone.context.close()
