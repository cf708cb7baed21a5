"""From the office to the door: a label is printed, its code on the screen is read by a phone, and it opens the page."""

import io
from urllib.parse import urlsplit

import pypdfium2
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Visit


def read(picture: Image.Image) -> list[str]:
    """What a phone reads in a picture."""
    return [one.text for one in zxingcpp.read_barcodes(picture)]


def test_a_printed_label_opens_the_page_of_its_door(visit: Visit) -> None:
    """The same code on the screen and on paper; after it is reported lost it opens nothing any more."""
    office = visit()
    office.enter("wang", path="/labels?show=printed")
    office.page.locator('a[href*="label?id="]').first.click()
    shown = office.page.locator("img.label")
    expect(shown).to_be_visible()
    office.page.wait_for_function("() => document.querySelector('img.label').naturalWidth > 0")
    office.quiet()
    [url] = read(Image.open(io.BytesIO(shown.screenshot())))
    office.page.get_by_role("button", name="打印此门牌码").click()
    with office.page.expect_download() as saved:
        office.page.get_by_role("link", name="保存 PDF").click()
    with pypdfium2.PdfDocument(saved.value.path()) as paper:
        assert read(paper[0].render(scale=3).to_pil()) == [url]
    phone = visit(phone=True)
    phone.page.goto(phone.base + urlsplit(url).path)
    expect(phone.page.get_by_role("link", name="我住在这里")).to_be_visible()
    office.page.get_by_role("button", name="门牌码丢失或损坏").click()
    office.page.get_by_role("button", name="挂失并换新").click()
    expect(office.page.get_by_text("历史门牌码")).to_be_visible()
    phone.page.reload()
    expect(phone.page.get_by_role("link", name="我住在这里")).to_have_count(0)
    assert office.outside == []
