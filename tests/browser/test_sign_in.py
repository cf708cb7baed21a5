"""The way in and out, in a real browser."""

from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, Visit


def test_a_wrong_password_is_answered_in_chinese_and_leads_nowhere(visit: Visit) -> None:
    visitor = visit()
    visitor.sign_in("li", "wrong-Password-1")
    expect(visitor.page.get_by_text("登录名或密码不正确")).to_be_visible()
    expect(visitor.page.locator(".st-key-page_head")).to_have_count(0)


def test_too_many_wrong_passwords_lock_the_account(visit: Visit) -> None:
    visitor = visit()
    visitor.open()
    locked = visitor.page.get_by_text("已锁定").first
    for _miss in range(12):
        if locked.is_visible():
            break
        visitor.page.get_by_label("登录名").fill("zhao")
        visitor.page.get_by_label("密码", exact=True).fill("wrong-Password-1")
        visitor.page.get_by_role("button", name="登录").click()
        visitor.quiet()
    expect(locked).to_be_visible()
    visitor.sign_in("zhao", PASSWORD)
    expect(visitor.page.get_by_text("已锁定").first).to_be_visible()


def test_a_refresh_keeps_one_signed_in_and_the_deep_link_survives(visit: Visit) -> None:
    visitor = visit()
    visitor.enter("li", path="/people?category=migrant")
    expect(visitor.page.get_by_role("heading", name="人员", exact=True)).to_be_visible()
    visitor.page.reload()
    visitor.quiet()
    expect(visitor.page.get_by_role("heading", name="人员", exact=True)).to_be_visible()
    assert "category=migrant" in visitor.page.evaluate("location.href")


def test_signing_out_in_one_tab_closes_the_other(visit: Visit) -> None:
    first = visit()
    first.enter("li")
    second = visit(context=first.page.context)
    second.open("/people")
    expect(second.page.locator(".st-key-page_head")).to_be_visible()
    first.page.get_by_role("button", name="退出登录").click()
    expect(first.page.get_by_label("登录名")).to_be_visible()
    second.page.get_by_role("link", name="房屋").first.click()
    expect(second.page.get_by_label("登录名")).to_be_visible()


def test_the_cookie_is_out_of_reach_for_scripts(visit: Visit) -> None:
    visitor = visit()
    visitor.enter("li")
    assert "lingrid_session" not in visitor.page.evaluate("document.cookie")
    [cookie] = [c for c in visitor.page.context.cookies() if c["name"] == "lingrid_session"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
