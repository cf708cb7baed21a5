"""The pages for everybody on a phone: five seconds, a lost line, a reload, two taps, a big photo, a slow link."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlmodel import Session, col, func, select

import core.models  # noqa: F401
from core.claims.models import Claim
from core.kernel import database
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.opening import keys_of
from core.kernel.settings import Settings
from core.labels import commands as labels
from core.labels.models import DoorLabel
from core.places.models import House
from tests.pictures import photo

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "zh-CN"}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 30_000}
"""Bytes a second and milliseconds of a poor 3G line."""


@pytest.fixture(scope="module")
def running(office_url: str, office_folder: Path) -> Iterator[Office]:
    """The office that is running, to look into from here."""
    chosen = Settings(data=office_folder, demo="none")
    office = Office(chosen, keys_of(chosen))
    database.use(office)
    yield office
    office.close()
    database.use(None)


@pytest.fixture
def token(running: Office) -> str:
    """What the code at a door with people holds; every test has a door of its own."""
    with Session(running.reader) as session:
        used = select(Claim.house_id)
        asked = select(House.id).where(House.residents >= 2, col(House.id).not_in(used)).limit(1)
        house = session.exec(asked).one()
    [label] = labels.issue(running.uow(Actor("chen", "lead", "440599/")), [house])
    with Session(running.reader) as session:
        found = session.get(DoorLabel, label)
        assert found is not None
        return found.token.open()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone that nobody has used here."""
    context = chromium.new_context(**PHONE)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    """Its screen; whatever it complains about fails the test."""
    opened = phone.new_page()
    opened.on("pageerror", lambda trouble: pytest.fail(str(trouble)))
    return opened


def reports(office: Office) -> int:
    """How many reports there are."""
    with Session(office.reader) as session:
        return session.exec(select(func.count()).select_from(Claim)).one()


def to_form(page: Page, url: str, token: str, what: str) -> None:
    """From the code at the door to a form, as a resident."""
    page.goto(f"{url}/h/{token}")
    page.get_by_role("link", name="我住在这里").click()
    page.locator(f'a[href*="/{what}?"]').click()


def test_no_change_takes_two_taps(page: Page, office_url: str, running: Office, token: str) -> None:
    before = reports(running)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{office_url}/h/{token}")
    page.get_by_role("link", name="我住在这里").tap()
    page.get_by_role("button", name="没有变化").tap()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    expect(page.locator(".receipt")).to_have_text(re.compile(r"^\w{4}-\w{4}-\w{4}$"))
    assert reports(running) == before + 1
    assert all(url.startswith((office_url, "data:")) for url in asked), asked


def test_it_works_without_javascript(chromium: Browser, office_url: str, running: Office, token: str) -> None:
    before = reports(running)
    context = chromium.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    to_form(page, office_url, token, "add")
    page.get_by_label("姓名", exact=True).fill("无脚本")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("出生日期").fill("1990-01-02")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    assert reports(running) == before + 1
    context.close()


def test_a_draft_survives_a_lost_line_and_a_reload(
    page: Page, phone: BrowserContext, office_url: str, running: Office, token: str
) -> None:
    before = reports(running)
    to_form(page, office_url, token, "add")
    page.get_by_label("姓名", exact=True).fill("王断线")
    page.get_by_label("出生日期").fill("1990-01-02")
    page.get_by_role("textbox", name="证件号码").fill("440599199001020014")
    page.get_by_text("租户").click()
    page.reload()
    expect(page.get_by_label("姓名", exact=True)).to_have_value("王断线")
    expect(page.get_by_role("textbox", name="证件号码")).to_have_value("440599199001020014")
    expect(page.get_by_label("租户")).to_be_checked()
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "王断线" in kept and "440599199001020014" not in kept, "a number does not outlive its tab"
    page.get_by_role("textbox", name="证件号码").fill("")
    phone.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#line")).to_contain_text("没有网络")
    assert reports(running) == before
    phone.set_offline(False)
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    assert reports(running) == before + 1
    assert "王断线" not in page.evaluate("JSON.stringify(localStorage)")
    page.goto(f"{office_url}/h/{token}")
    to_form(page, office_url, token, "add")
    expect(page.get_by_label("姓名", exact=True)).to_have_value("")


def test_a_family_survives_a_reload(page: Page, office_url: str, running: Office, token: str) -> None:
    to_form(page, office_url, token, "add")
    page.get_by_label("姓名", exact=True).fill("王大")
    page.get_by_role("button", name="再加一个人").click()
    second = page.locator("fieldset.part").nth(1)
    second.get_by_label("姓名", exact=True).fill("王二")
    page.reload()
    expect(second.get_by_label("姓名", exact=True)).to_have_value("王二")
    expect(page.locator("fieldset.part").first.get_by_label("姓名", exact=True)).to_have_value("王大")
    for part in page.locator("fieldset.part").all():
        part.get_by_label("出生日期").fill("1990-01-02")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    expect(page.get_by_role("heading", name="王*")).to_have_count(2)


def test_an_answer_lost_on_the_way_back_is_no_second_report(
    page: Page, office_url: str, running: Office, token: str
) -> None:
    before, lost = reports(running), []

    def lose_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    page.route("**/h/**", lose_first)
    page.goto(f"{office_url}/h/{token}")
    page.get_by_role("link", name="我住在这里").click()
    page.get_by_role("button", name="没有变化").dblclick()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    assert lost == [303] and reports(running) == before + 1


def test_a_big_photo_travels_small_and_stays_chosen(
    page: Page, office_url: str, running: Office, token: str, tmp_path: Path
) -> None:
    picture = tmp_path / "door.png"
    picture.write_bytes(photo((4000, 3000), "#a2b4c6", "PNG") + b"\0" * 10_000_000)
    sent: list[int] = []
    page.on(
        "request",
        lambda one: sent.append(int(one.headers.get("content-length", 0))) if one.method == "POST" else None,
    )
    to_form(page, office_url, token, "home")
    page.locator("input[type=file]").set_input_files(str(picture))
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.locator("input[type=file]").evaluate("field => field.files.length") == 1
    page.get_by_text("空置", exact=True).click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    assert max(sent) < 1_000_000, sent


def test_names_are_never_run(page: Page, office_url: str, token: str) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    to_form(page, office_url, token, "other")
    page.get_by_label("是什么情况").fill("<img src=x onerror=alert(1)><script>alert(2)</script>")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    expect(page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    assert not asked


def test_it_opens_on_a_slow_link(page: Page, phone: BrowserContext, office_url: str, token: str) -> None:
    line = phone.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    got: list[int] = []
    line.on("Network.loadingFinished", lambda told: got.append(int(told["encodedDataLength"])))
    page.goto(f"{office_url}/h/{token}")
    expect(page.get_by_role("link", name="我住在这里")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert sum(got) < 60_000, got


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_is_big_enough_for_a_thumb(
    chromium: Browser, office_url: str, token: str, scheme: str
) -> None:
    context = chromium.new_context(**PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for what in ("", "add", "out", "home"):
        page.goto(f"{office_url}/h/{token}")
        if what:
            to_form(page, office_url, token, what)
        small = page.evaluate(
            """() => [...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main select')]
            .map((one) => one.closest('label') ?? one).filter((one) => one.getClientRects().length)
            .map((one) => [one.textContent.trim().slice(0, 12), one.getBoundingClientRect().height])
            .filter(([, high]) => high < 44)"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        size = "Math.min(...[...document.querySelectorAll('input:not([type=hidden],[type=radio],[type=checkbox]),select,textarea')].map((one) => parseFloat(getComputedStyle(one).fontSize)), 99)"
        assert page.evaluate(size) >= 16
    context.close()
