"""The own page from the counter to the answer: a printed slip, a phone, a request, and who looked."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "zh-CN"}


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A phone of somebody without an account."""
    context = chromium.new_context(**PHONE)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.on("pageerror", lambda trouble: pytest.fail(str(trouble)))
    yield page
    context.close()


def shown(page: Page) -> str:
    """Everything that stands on the page, opened."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    return page.inner_text("main")


def test_from_the_counter_to_the_answer(visit: Visit, phone: Page, office_url: str, tmp_path: Path) -> None:
    clerk = visit()
    clerk.enter("li", path="/people?category=hukou")
    person = clerk.page.locator("table td.main a").first
    name = person.inner_text()
    person.click()
    card = clerk.page.locator(".st-key-card_own_code")
    card.get_by_text("已查验身份证件原件").click()
    card.get_by_role("button", name="发放验证码").click()
    told = card.get_by_text(re.compile("验证码 ")).last.inner_text()
    number, code = re.search(r"编号 (\w{4} \w{4}).*验证码 (\d{4} \d{4})", told).groups()  # type: ignore[union-attr]
    with clerk.page.context.expect_page() as opened:
        card.get_by_role("link", name=re.compile("打印纸条")).click()
    slip = opened.value
    expect(slip.get_by_text(code)).to_be_visible()
    expect(slip.get_by_role("button", name="打印")).to_be_visible()

    phone.goto(f"{office_url}/mine")
    phone.get_by_label("纸条编号或回执号").fill(number.lower())
    phone.get_by_label("验证码").fill("0000")
    phone.get_by_role("button", name="查看我的信息").click()
    expect(phone.locator("#wrong-key")).to_be_visible()
    phone.get_by_label("验证码").fill(code)
    phone.get_by_role("button", name="查看我的信息").click()
    expect(phone.get_by_role("heading", name=re.compile(r".\*+ 的信息"))).to_be_visible()
    said = shown(phone)
    assert "用途" in said and "依据" in said and "社区工作者" in said and "已查验身份证件" in said
    assert not re.search(r"\d{17}[\dX]|1\d{10}", said), "a number stands open"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    phone.get_by_label("反对或限制使用").check()
    phone.get_by_label(re.compile("具体说明")).fill("<b>不要</b>用我的电话发通知")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("已提交")).to_be_visible()
    expect(phone.get_by_text("<b>不要</b>用我的电话发通知")).to_be_visible()

    lead = visit()
    lead.enter("chen", path="/requests")
    lead.page.locator("tbody tr").filter(has_text="反对").filter(has_text=name).first.click()
    lead.page.get_by_role("textbox", name="答复内容").fill("已停止使用该电话")
    lead.page.get_by_role("button", name="办结").click()
    expect(lead.page.get_by_role("link", name="打印答复书")).to_be_visible()

    phone.goto(f"{office_url}/mine")
    expect(phone.get_by_text("已停止使用该电话")).to_be_visible()
    phone.get_by_role("button", name="退出").click()
    expect(phone.get_by_text("您已退出")).to_be_visible()
    phone.goto(f"{office_url}/mine")
    expect(phone.get_by_label("验证码")).to_be_visible()
