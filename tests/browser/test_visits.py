"""A worker at the doors, on a phone: the camera reads a printed label, one tap confirms, nothing is lost without a net."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from tests.browser.conftest import CHROMIUM, FLAGS, Visit, Visitor

NEXT_GRID = "440599/001/001/002/"
CAMERA = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
SIZE = (640, 480)


def film(label: bytes, path: Path) -> None:
    """What a phone's camera sees of a printed label, held a little askew: three frames of y4m."""
    print_ = Image.open(io.BytesIO(label)).convert("RGB")
    print_.thumbnail((460, 460))
    print_ = print_.rotate(6, expand=True, fillcolor=(150, 150, 145))
    scene = Image.new("RGB", SIZE, (150, 150, 145))
    scene.paste(print_, ((SIZE[0] - print_.width) // 2, (SIZE[1] - print_.height) // 2))
    light, blue, red = scene.convert("YCbCr").split()
    half = (SIZE[0] // 2, SIZE[1] // 2)
    frame = b"FRAME\n" + b"".join(one.tobytes() for one in (light, blue.resize(half), red.resize(half)))
    path.write_bytes(f"YUV4MPEG2 W{SIZE[0]} H{SIZE[1]} F10:1 Ip A1:1 C420\n".encode() + frame * 3)


def homes(visitor: Visitor) -> list[str]:
    """The numbers of the houses on the list, in its order."""
    cards = visitor.page.locator("article h4 a")
    expect(cards.first).to_be_visible()
    hrefs = [card.get_attribute("href") or "" for card in cards.all()]
    return [re.findall(r"id=(\d+)", href)[0] for href in hrefs]


def label_of(visit: Visit, house: str) -> bytes:
    """The printed label of a house, as the office draws it."""
    lead = visit()
    lead.enter("chen")
    answer = lead.page.request.get(f"{lead.base}/api/labels/house/{house}.png")
    assert answer.ok
    return answer.body()


def tap(visitor: Visitor, key: str) -> None:
    """Press a button of the page and wait until it has done what it does."""
    visitor.page.locator(f".st-key-{key} button").click()
    visitor.quiet()


@contextmanager
def camera(chromium: Browser, seen: Path) -> Iterator[BrowserContext]:
    """A phone whose camera sees a film."""
    flags = [*FLAGS, *CAMERA, f"--use-file-for-fake-video-capture={seen}"]
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=flags)
    try:
        yield browser.new_context(
            viewport={"width": 390, "height": 844},
            locale="zh-CN",
            has_touch=True,
            permissions=["camera"],
            timezone_id="Asia/Shanghai",
        )
    finally:
        browser.close()


def test_the_camera_reads_a_printed_label_and_one_tap_confirms_the_home(
    visit: Visit, chromium: Browser, tmp_path: Path
) -> None:
    worker = visit(phone=True)
    worker.enter("wang", "/visit_list")
    house = homes(worker)[2]
    film(label_of(visit, house), tmp_path / "label.y4m")
    with camera(chromium, tmp_path / "label.y4m") as phone:
        scanning = visit(context=phone)
        scanning.enter("wang", "/scan")
        scanning.page.wait_for_url(re.compile(rf"/visit\?id={house}&way=scan"))
        scanning.quiet()
        tap(scanning, "confirm-home")
        expect(scanning.page.get_by_text("今天在这里")).to_be_visible()
        expect(scanning.page.get_by_text(re.compile("下一户"))).to_be_visible()
        scanning.page.get_by_role("button", name="撤销").click()
        scanning.quiet()
        expect(scanning.page.locator("del, s")).to_have_text(re.compile("全部无变化"))
        assert scanning.outside == [] and [c for c in scanning.complaints if "404" not in c] == []


def test_without_a_camera_there_are_words_a_photo_and_the_code(visit: Visit, tmp_path: Path) -> None:
    worker = visit(phone=True)
    worker.enter("wang", "/visit_list")
    house = homes(worker)[0]
    (tmp_path / "mine.png").write_bytes(label_of(visit, house))
    worker.open("/scan")
    worker.page.get_by_role("button", name="用相机扫码").click()
    expect(worker.page.locator(".scan")).to_have_text(re.compile("没有相机|未允许"))
    worker.page.locator("input[type=file]").set_input_files(tmp_path / "mine.png")
    worker.page.wait_for_url(re.compile(rf"/visit\?id={house}&way=scan"))
    worker.quiet()
    tap(worker, "do-note")
    worker.page.get_by_label("备注").fill("<script>alert(1)</script> 门铃坏了")
    worker.page.get_by_test_id("stBaseButton-primaryFormSubmit").click()
    worker.quiet()
    expect(worker.page.get_by_text("<script>alert(1)</script> 门铃坏了")).to_be_visible()

    lead = visit()
    lead.enter("chen", f"/visit_list?grid={NEXT_GRID}")
    (tmp_path / "other.png").write_bytes(label_of(visit, homes(lead)[0]))
    worker.open("/scan")
    worker.page.locator("input[type=file]").set_input_files(tmp_path / "other.png")
    expect(worker.page.get_by_text("这户不在您的辖区")).to_be_visible()
    worker.open("/scan")
    worker.page.get_by_label("门牌短码或房屋编码").fill("12345")
    worker.page.get_by_test_id("stBaseButton-secondaryFormSubmit").click()
    expect(worker.page.locator("[data-testid=stAlert]")).to_be_visible()


def card(visitor: Visitor, house: str) -> Locator:
    """A home on the list."""
    return visitor.page.locator("article", has=visitor.page.locator(f"a[href*='id={house}&']"))


@pytest.mark.parametrize("answer", ["无变化", "无人应答"])
def test_what_is_tapped_without_a_net_arrives_later_and_once(visit: Visit, answer: str) -> None:
    worker = visit(phone=True)
    worker.enter("wang", "/visit_list")
    house = homes(worker)[5]
    worker.page.context.set_offline(True)
    card(worker, house).get_by_role("button", name=answer).click()
    expect(card(worker, house)).to_have_text(re.compile("已存在本机"))
    expect(worker.page.get_by_text("1 条等待联网上报")).to_be_visible()
    worker.page.context.set_offline(False)
    expect(card(worker, house)).to_have_text(re.compile("已核实|已记录"))
    worker.open(f"/visit?id={house}")
    expect(worker.page.get_by_role("button", name="撤销")).to_have_count(1)
    assert worker.outside == []
