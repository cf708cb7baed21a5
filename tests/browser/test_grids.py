"""Dividing a community in a real browser: a lead draws on the map at a desk, a phone looks and checks."""

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit, Visitor

PAGE = "/grid_draw"
MIDDLE = """(atlas) => { const { map } = atlas.atlas, box = map.getCanvas().getBoundingClientRect();
  const grid = atlas.atlas.data.extra.grids.find((one) => one.name === "第一网格"), [ring] = grid.polygon;
  const of = (n) => ring.map((corner) => corner[n]), mean = (all) => (Math.min(...all) + Math.max(...all)) / 2;
  const [x, north, south] = [mean(of(0)), Math.max(...of(1)), Math.min(...of(1))], lat = (part) => north + (south - north) * part;
  return [0.3, 0.7].map((part) => map.project([x, lat(part)])).map(({ x, y }) => [box.x + x, box.y + y]); }"""
"""Where on the screen two places of the middle line of the first grid are: a line that ends inside is drawn on."""


def atlas_of(visitor: Visitor) -> Locator:
    """The map, once it is drawn."""
    atlas = visitor.page.locator(".atlas")
    expect(visitor.page.locator(".atlas.ready")).to_be_visible()
    return atlas


def cut(visitor: Visitor, atlas: Locator) -> None:
    """Draw a line through the first grid, from north to south."""
    expect(atlas.locator(".toast")).to_contain_text("从一侧边界画到另一侧边界")
    (x0, y0), (x1, y1) = atlas.evaluate(MIDDLE)
    mouse = visitor.page.mouse
    for x, y in ((x0, y0), (x1, y1), (x1, y1)):
        mouse.move(x, y)
        visitor.page.wait_for_timeout(250)
        mouse.click(x, y)
        visitor.page.wait_for_timeout(450)  # or two clicks count as a double one


def test_a_lead_splits_a_grid_with_the_mouse_and_takes_it_back(visit: Visit) -> None:
    lead = visit()
    lead.enter("chen", path=PAGE)
    atlas = atlas_of(lead)
    expect(lead.page.locator(".st-key-card_checks")).to_contain_text("每栋楼都恰好在一个综合网格内")
    expect(atlas.get_by_role("button", name="拆分")).to_be_disabled()
    atlas.get_by_role("button", name="第一网格").click()
    lead.page.wait_for_timeout(400)
    lead.page.wait_for_function("(it) => !it.atlas.map.isMoving()", arg=atlas.element_handle())
    atlas.get_by_role("button", name="拆分").click()
    cut(lead, atlas)
    draft = lead.page.locator(".st-key-card_draft")
    expect(draft).to_contain_text("以下记录将划转到其他网格")
    lead.quiet()
    lead.page.get_by_label("网格名称").fill("滨海网格")
    lead.page.get_by_label("原因").first.fill("网格太大")
    lead.page.get_by_role("button", name="保存").click()
    expect(atlas.get_by_role("button", name="滨海网格")).to_be_visible()
    past = lead.page.locator(".st-key-card_past")
    expect(past).to_contain_text("网格太大")
    lead.quiet()
    lead.page.get_by_role("button", name="撤销调整").click()
    lead.page.get_by_role("button", name="撤销", exact=True).click()
    expect(past).to_contain_text("已撤销")
    expect(atlas.get_by_role("button", name="滨海网格")).to_have_count(0)
    assert lead.outside == []


def test_corners_are_moved_and_nothing_is_kept_without_finishing(visit: Visit) -> None:
    lead = visit()
    lead.enter("chen", path=PAGE)
    atlas = atlas_of(lead)
    atlas.get_by_role("button", name="第二网格").click()
    atlas.get_by_role("button", name="调整边界").click()
    expect(atlas).to_contain_text("相邻网格自动跟随")
    expect(atlas.locator(".live")).to_contain_text("平方米")
    atlas.get_by_role("button", name="取消").first.click()
    expect(atlas.get_by_role("button", name="新划网格")).to_be_visible()
    expect(lead.page.locator(".st-key-card_draft")).to_have_count(0)


def test_a_proposal_becomes_a_draft(visit: Visit) -> None:
    lead = visit()
    lead.enter("chen", path=PAGE)
    lead.page.get_by_role("button", name="生成方案").click()
    lead.page.get_by_role("button", name="采用为草案").click()
    expect(lead.page.locator(".st-key-card_draft")).to_contain_text("重新划分")
    lead.page.get_by_role("button", name="放弃").click()
    expect(lead.page.locator(".st-key-card_proposal")).to_be_visible()


def test_a_phone_looks_and_checks(visit: Visit) -> None:
    phone = visit(phone=True)
    phone.enter("chen", path=PAGE)
    atlas = atlas_of(phone)
    expect(atlas).to_contain_text("手机上可查看和检查网格")
    expect(atlas.get_by_role("button", name="新划网格")).to_have_count(0)
    expect(phone.page.locator(".st-key-card_checks")).to_be_visible()
    wide = phone.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
