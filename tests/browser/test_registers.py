"""A register from its design to its entries on a phone, as people do it in a browser."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit, Visitor


def fill(visitor: Visitor, label: str, text: str) -> None:
    """Type into a field and leave it."""
    box = visitor.page.get_by_role("textbox", name=label).first
    box.fill(text)
    box.press("Tab")
    visitor.quiet()


def press(visitor: Visitor, label: str) -> None:
    """Press a button and wait."""
    visitor.page.get_by_role("button", name=label).first.click()
    visitor.quiet()


def test_from_design_to_an_entry_with_the_position_of_the_phone(visit: Visit) -> None:
    lead = visit()
    lead.enter("chen", path="/designs")
    fill(lead, "台账名", "井盖台账")
    press(lead, "开始设计")
    press(lead, "添加字段")
    fill(lead, "名称", "井盖编号")
    press(lead, "保存字段")
    expect(lead.page.locator(".st-key-card_preview_form").get_by_label("井盖编号")).to_be_visible()
    press(lead, "返回全部字段")
    fill(lead, "标题栏名称", "井盖")
    lead.page.get_by_role("combobox", name="记录对应").click()
    lead.page.get_by_role("option", name="位置").click()
    lead.page.keyboard.press("Escape")
    press(lead, "保存草稿")
    press(lead, "发布")
    expect(lead.page.locator(".st-key-card_versions")).to_contain_text("第一版")

    worker = visit(phone=True)
    worker.page.context.grant_permissions(["geolocation"])
    worker.page.context.set_geolocation({"longitude": 116.7312345, "latitude": 23.2812345, "accuracy": 8})
    worker.enter("wang", path="/registers")
    worker.page.get_by_role("link", name=re.compile("井盖台账")).first.click()
    worker.quiet()
    worker.page.get_by_role("link", name="新增记录").click()
    worker.quiet()
    fill(worker, "井盖", "海滨路口东侧")
    fill(worker, "井盖编号", "J-0001")
    worker.page.get_by_role("button", name="使用当前位置").click()
    expect(worker.page.get_by_role("textbox", name="位置").first).to_have_value("116.7312345,23.2812345±8")
    worker.quiet()
    press(worker, "保存")
    expect(worker.page.get_by_text("J-0001").first).to_be_visible()
    worker.open("/search?q=海滨路口东侧")
    expect(worker.page.get_by_role("link", name=re.compile("海滨路口东侧")).first).to_be_visible()
    assert worker.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not lead.outside and not worker.outside


def test_a_house_is_found_while_one_types_and_a_list_is_handed_over(visit: Visit) -> None:
    clerk = visit()
    clerk.enter("li", path="/entry_edit?register=dog")
    fill(clerk, "犬名", "浏览器")
    box = (
        clerk.page.get_by_role("textbox", name="房屋")
        .or_(clerk.page.get_by_role("searchbox", name="房屋"))
        .first
    )
    box.press_sequentially("501", delay=40)
    clerk.quiet()
    clerk.page.locator("[data-testid=stRadio] [role=radiogroup] label").first.click()
    clerk.quiet()
    press(clerk, "保存")
    expect(clerk.page.get_by_role("heading", name="浏览器").first).to_be_visible()
    clerk.open("/register?register=dog")
    clerk.page.get_by_role("button", name="导出").click()
    fill(clerk, "用途和接收人", "街道犬只普查")
    clerk.page.get_by_role("button", name="生成表格").click()
    with clerk.page.expect_download() as waiting:
        clerk.page.get_by_role("button", name=re.compile("保存 犬只")).click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
