"""Whoever works without a mouse: past the menu at once, seen where one is, in and out of the search."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_the_keyboard_leads_past_the_menu_and_through_the_search(visit: Visit) -> None:
    li = visit()
    li.enter("li", path="/people")
    page = li.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    field = page.get_by_role("searchbox", name="搜索", exact=True)
    expect(field).to_be_focused()
    page.keyboard.type("陈")
    first = page.locator(".st-key-find_results a").first
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    expect(first).to_have_css("outline-style", "solid")
    page.keyboard.press("Escape")
    expect(first).to_have_count(0)
    expect(field).to_be_focused()
    expect(field).to_have_value("")


def test_escape_leaves_what_was_found_on_the_map(visit: Visit) -> None:
    li = visit()
    li.enter("li", path="/map")
    field = li.page.get_by_role("combobox", name="在地图上查找")
    field.fill("海")
    expect(li.page.get_by_role("option").first).to_be_visible()
    li.page.keyboard.press("ArrowDown")
    li.page.keyboard.press("Escape")
    expect(li.page.get_by_role("option")).to_have_count(0)
    expect(field).to_be_focused()
