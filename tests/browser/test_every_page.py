"""Every page in a real browser: nothing from outside, no complaint, no English left over, nothing wider than a phone."""

import re

import pytest
from playwright.sync_api import expect

from core.kernel.access import roles
from core.ui.shell import HOME, PAGES, declared
from tests.browser.conftest import Visit

NAMES = sorted(path.stem for path in PAGES.glob("*.py"))
WHO = {"audit": "shenji", "accounts": "xitong"}
LATIN = """() => { const found = new Set(); const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { const p = walk.currentNode.parentElement;
    if (p?.closest('script, style, noscript, code, [role=img], [data-testid=stAlertDynamicIcon], [data-testid=stIconMaterial], [data-testid=stExpanderIcon], [data-testid=stCode]') || !p?.checkVisibility()) continue;
    for (const word of walk.currentNode.data.match(/[A-Za-z]{4,}/g) ?? []) found.add(word); }
  for (const el of document.querySelectorAll('[placeholder], [aria-label]')) for (const name of ['placeholder', 'aria-label'])
    for (const word of (el.checkVisibility() && el.getAttribute(name)?.match(/[A-Za-z]{4,}/g)) || []) found.add(word);
  return [...found]; }"""
KNOWN = {
    "LinGrid",
    "English",
    "Person",
    "xitong",
    "shenji",
    "chen",
    "wang",
    "zhao",
    "anquan",
    "Chrome",
    "Chromium",
    "Excel",
    "XLSX",
    "GEOJSON",
    "WEBP",
    "GPKG",
    "JSON",
    "CGCS",
    "Linux",
    "Headless",
    "HeadlessChrome",
    "GeoJSON",
    "GeoPackage",
    "Shapefile",
    "QGIS",
    "Features",
    "Basic",
}


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_every_page_is_ours_alone_and_chinese(visit: Visit, phone: bool) -> None:
    visitors = {login: visit(phone=phone) for login in ("chen", "shenji", "xitong")}
    for login, visitor in visitors.items():
        visitor.enter(login)
    foreign: dict[str, list[str]] = {}
    for name in NAMES:
        visitor = visitors[WHO.get(name, "chen")]
        visitor.open("/" if name == HOME else f"/{name}")
        expect(visitor.page.locator(".st-key-page_head")).to_be_visible()
        left = {w for w in visitor.page.evaluate(LATIN) if w not in KNOWN and w.lower() not in roles()}
        foreign.update({name: sorted(left)} if left else {})
        wide = visitor.page.evaluate(
            "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
        )
        assert wide <= 0, f"{name} is {wide} pixels too wide"
    assert not foreign
    for visitor in visitors.values():
        assert visitor.outside == []
        real = [
            c for c in visitor.complaints if "404" not in c and not re.search("host-config|_stcore/health", c)
        ]
        assert real == []


def test_a_grid_worker_sees_on_the_phone_what_the_day_needs(visit: Visit) -> None:
    worker = visit(phone=True)
    worker.enter("wang")
    expect(worker.page.get_by_role("link", name="登记一户").first).to_be_visible()
    expect(worker.page.get_by_text("待我处理")).to_be_visible()
    worker.open("/people")
    row = worker.page.locator("tbody tr").first
    expect(row).to_be_visible()
    assert row.bounding_box()["width"] <= 390  # type: ignore[index]
    row.click()
    expect(worker.page.get_by_role("button", name="核实").first).to_be_visible()


@pytest.mark.parametrize("name", NAMES)
def test_every_page_declares_itself(name: str) -> None:
    assert {"title", "icon", "section", "needs"} <= set(declared(PAGES / f"{name}.py"))
