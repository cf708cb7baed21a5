"""The jobs of a day, from start to end, as a person does them in a browser."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Visitor

NUMBERS = ("44059919850101001", "44059919870202002", "44059920120303003", "44059920150404004")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FAMILY = (("郑守望", "户主"), ("何相邻", "配偶"), ("郑小满", "子"), ("郑小寒", "女"))


def whole(first17: str) -> str:
    """An invented number with its check digit."""
    return first17 + "10X98765432"[sum(int(c) * w for c, w in zip(first17, WEIGHTS, strict=True)) % 11]


def type_in(page: Page, label: str, text: str, n: int = 0) -> None:
    """Fill the n-th field of a label and leave it."""
    box = page.get_by_role("textbox", name=label).nth(n)
    box.fill(text)
    box.press("Tab")


def find(visitor: Visitor, words: str) -> None:
    """Type into the search box at the top and wait for the answers."""
    visitor.page.get_by_placeholder(re.compile("姓名、地址")).press_sequentially(words, delay=30)
    expect(visitor.page.locator(".st-key-find_results")).to_be_visible()


def test_search_profile_reveal_with_a_reason_and_the_audit_line(visit: Visit) -> None:
    clerk = visit()
    clerk.enter("li", path="/people")
    name = clerk.page.locator("table td.main a").first.inner_text()
    find(clerk, name)
    clerk.page.locator(".st-key-find_results a").first.click()
    expect(clerk.page.get_by_role("heading", name=name).first).to_be_visible()
    clerk.quiet()
    expect(clerk.page.get_by_text(re.compile(r"440\*+\w{4}")).first).to_be_visible()
    clerk.page.get_by_text("查看完整号码").click()
    clerk.page.get_by_role("button", name="显示", exact=True).click()
    expect(clerk.page.get_by_text(re.compile("请.*(原因|理由)")).first).to_be_visible()
    type_in(clerk.page, "原因", "上门核对户口本")
    clerk.page.get_by_role("button", name="显示", exact=True).click()
    expect(
        clerk.page.locator("code").filter(has_text=re.compile(r"^\s*440599\d{11}[\dX]\s*$")).first
    ).to_be_visible()

    auditor = visit()
    auditor.enter("shenji", path="/audit?outcome=revealed")
    row = auditor.page.locator("tbody tr").filter(has_text="上门核对户口本").first
    expect(row).to_contain_text("li")


def test_a_household_of_four_is_entered_by_hand(visit: Visit) -> None:
    clerk = visit()
    clerk.enter("li", path="/houses?state=vacant")
    clerk.page.locator("tbody tr").first.click()
    clerk.page.get_by_role("button", name="办理事项").click()
    clerk.page.get_by_role("link", name="登记一户").click()
    clerk.quiet()
    count = clerk.page.get_by_label("人数")
    count.fill("4")
    count.press("Enter")
    expect(clerk.page.get_by_text("成员4").or_(clerk.page.get_by_text("成员 4"))).to_be_visible()
    clerk.quiet()
    for n, ((name, relation), number) in enumerate(zip(FAMILY, NUMBERS, strict=True)):
        member = clerk.page.locator(f".st-key-card_member_{n}")
        member.get_by_role("textbox", name="姓名").fill(name)
        member.get_by_role("textbox", name="证件号码").fill(whole(number))
        if n:
            member.get_by_role("combobox", name=re.compile("与户主关系")).click()
            clerk.page.keyboard.type(relation)
            clerk.page.get_by_role("option", name=relation, exact=True).first.click()
    clerk.page.get_by_role("button", name="保存该户").click()
    for name, _relation in FAMILY:
        expect(clerk.page.get_by_role("link", name=name).first).to_be_visible()
    find(clerk, "郑小满")
    expect(clerk.page.locator(".st-key-find_results a").first).to_contain_text("郑小满")


def test_a_wrong_check_digit_says_which_would_fit_and_keeps_what_was_typed(visit: Visit) -> None:
    clerk = visit()
    clerk.enter("li", path="/person_edit")
    right = whole("44059919850101003")
    wrong = right[:17] + ("1" if right[17] != "1" else "2")
    type_in(clerk.page, "姓名", "试错人")
    type_in(clerk.page, "证件号码", wrong)
    clerk.page.get_by_role("button", name="保存").click()
    expect(
        clerk.page.get_by_text(re.compile(f"校验.*{right[17]}|{right[17]}.*校验|应为.*{right[17]}")).first
    ).to_be_visible()
    expect(clerk.page.get_by_role("textbox", name="姓名").first).to_have_value("试错人")


def test_two_people_save_one_record_and_the_later_sees_the_difference(visit: Visit) -> None:
    first, second = visit(), visit()
    first.enter("li", path="/people")
    first.page.locator("tbody tr").first.click()
    first.page.get_by_role("link", name="修改", exact=False).first.click()
    expect(first.page.get_by_role("heading", name="新增或修改人员")).to_be_visible()
    first.quiet()
    address = first.page.evaluate("location.pathname + location.search")
    second.enter("chen", path=address)
    for visitor, place in ((first, "先保存的地址"), (second, "后保存的地址")):
        type_in(visitor.page, "户籍详址", place)
    first.page.get_by_role("button", name="保存").click()
    expect(first.page.get_by_text("先保存的地址").first).to_be_visible()
    second.page.get_by_role("button", name="保存").click()
    expect(second.page.get_by_role("cell", name="先保存的地址")).to_be_visible()
    second.page.get_by_role("button", name="保存我的").click()
    expect(second.page.get_by_text("后保存的地址").first).to_be_visible()
    second.quiet()
    expect(second.page).to_have_url(re.compile("/person\\?"))


def test_who_lived_there_on_a_day(visit: Visit) -> None:
    clerk = visit()
    clerk.enter("li", path="/houses?state=owned")
    clerk.page.locator("tbody tr").first.click()
    expect(clerk.page.get_by_text("谁住在这里")).to_be_visible()
    expect(clerk.page.locator(".st-key-card_occupants tbody tr").first).to_be_visible()
    url = clerk.page.evaluate("location.pathname + location.search")
    clerk.open(f"{url}&on=1950-01-01")
    expect(clerk.page.get_by_text("当天没有登记居住的人")).to_be_visible()
