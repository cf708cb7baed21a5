"""Make the pictures of README and guide: `.venv/bin/python docs/pictures.py [name ...]`.

Starts a demo community of its own on a free port, walks through it with the installed Chromium (names outside
this machine do not resolve) and writes docs/pictures/*.png. Everybody in them is invented.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import OK
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from urllib.parse import urlsplit
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import zxingcpp  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright  # noqa: E402

from tests.browser.conftest import CHROMIUM, FLAGS, Visitor, free_port  # noqa: E402

FOLDER = Path(__file__).with_name("pictures")
DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
COLOURS = 256
MOVING = 2500
"""Milliseconds until a chart has come to rest."""
LARGEST = 200_000
"""Bytes: a page with pictures should load at once in an office."""


def first_row(visitor: Visitor) -> None:
    """Open the first record of the list."""
    visitor.page.locator("tbody tr").first.click()
    expect(visitor.page.locator(".st-key-crumbs, .st-key-card_who").first).to_be_visible()
    visitor.quiet()


def of_the_building(visitor: Visitor) -> None:
    """From the first house of the list to its building."""
    first_row(visitor)
    visitor.page.locator(".st-key-card_matrix a[href*=building]").first.click()
    expect(visitor.page.locator(".st-key-card_building")).to_be_visible()


def words(visitor: Visitor) -> None:
    """Type the family name that most people have."""
    visitor.page.locator(".st-key-find input").press_sequentially("陈", delay=30)
    expect(visitor.page.locator(".st-key-find_results a").first).to_be_visible()


def enter_household(visitor: Visitor) -> None:
    """From a vacant house to the form of a household."""
    first_row(visitor)
    visitor.page.locator("a[href*=household_new]").first.click()
    expect(visitor.page.locator(".st-key-card_member_0")).to_be_visible()


def drawn(visitor: Visitor) -> None:
    """Wait until the map has all its tiles."""
    atlas = visitor.page.locator(".atlas.ready")
    expect(atlas).to_be_visible()
    ready = "(host) => host.atlas.map.areTilesLoaded() && !host.atlas.map.isMoving()"
    visitor.page.wait_for_function(ready, arg=atlas.element_handle())


def solid(visitor: Visitor) -> None:
    """The buildings by their floors."""
    drawn(visitor)
    visitor.page.locator(".atlas").get_by_role("button", name="三维", exact=True).click()
    drawn(visitor)


def first_report(visitor: Visitor) -> None:
    """Open the first self-report of the queue."""
    visitor.page.locator("a[href*='claim?id=']").first.click()
    expect(visitor.page.get_by_role("button", name="采纳", exact=True)).to_be_visible()


def at_the_door(visitor: Visitor) -> None:
    """Read the code of a printed label as a phone does, and open its page as somebody without an account."""
    visitor.page.locator("a[href*='label?id=']").first.click()
    shown = visitor.page.locator("img.label")
    expect(shown).to_be_visible()
    visitor.page.wait_for_function("() => document.querySelector('img.label').naturalWidth > 0")
    visitor.quiet()
    [code] = zxingcpp.read_barcodes(Image.open(BytesIO(shown.screenshot())))
    visitor.page.context.clear_cookies()
    visitor.page.goto(visitor.base + urlsplit(code.text).path)
    visitor.page.get_by_role("link", name="我住在这里").click()
    expect(visitor.page.get_by_text("已登记")).to_be_visible()


@dataclass(frozen=True)
class Picture:
    """One picture: who sees it, where, how, and what is done before."""

    name: str
    login: str
    path: str
    act: Callable[[Visitor], None] | None = None
    phone: bool = False
    dark: bool = False


PICTURES = (
    Picture("sign-in", "", "/"),
    Picture("workbench", "li", "/"),
    Picture("search", "li", "/people", words),
    Picture("people", "li", "/people?tag=独居老人"),
    Picture("person", "li", "/people?tag=独居老人", first_row),
    Picture("houses", "li", "/houses"),
    Picture("house", "li", "/houses?state=owned", first_row),
    Picture("building", "li", "/houses?state=rented", of_the_building),
    Picture("household", "li", "/houses?state=vacant", enter_household),
    Picture("grid", "chen", "/grid"),
    Picture("areas", "chen", "/areas"),
    Picture("map", "chen", "/map", drawn),
    Picture("map-solid", "chen", "/map", solid),
    Picture("grid-draw", "chen", "/grid_draw", drawn),
    Picture("labels", "chen", "/labels"),
    Picture("claim", "chen", "/claims", first_report),
    Picture("accounts", "xitong", "/accounts"),
    Picture("audit", "shenji", "/audit"),
    Picture("workbench-dark", "li", "/", dark=True),
    Picture("person-dark", "li", "/people?age=60-79", first_row, dark=True),
    Picture("map-phone", "wang", "/map", drawn, phone=True),
    Picture("workbench-phone", "wang", "/", phone=True),
    Picture("people-phone", "wang", "/people", phone=True),
    Picture("person-phone", "wang", "/people?tag=独居老人", first_row, phone=True),
    Picture("visits-phone", "wang", "/visit_list", phone=True),
    Picture("door-phone", "wang", "/labels?show=printed", at_the_door, phone=True),
    Picture("house-phone", "wang", "/houses?state=owned", first_row, phone=True, dark=True),
)


def wait(health: str, server: subprocess.Popen[bytes], folder: Path) -> None:
    """Until the office answers. Raises RuntimeError with its words when it ended instead."""
    while server.poll() is None:
        with suppress(OSError), urlopen(health, timeout=1) as answer:
            if answer.status == OK:
                return
        sleep(0.3)
    raise RuntimeError((folder / "server.log").read_text(encoding="utf-8"))


@contextmanager
def demo_office() -> Iterator[str]:
    """The address of a fresh demo community; its folder is gone afterwards."""
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        env = {**os.environ, "LINGRID_DATA": name, "LINGRID_PORT": str(port), "LINGRID_DEMO": "community"}
        with (folder / "server.log").open("wb") as log:
            command = [sys.executable, "-m", "core", "serve"]
            server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait(f"http://localhost:{port}/api/health", server, folder)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def take(chromium: Browser, base: str, wanted: list[Picture]) -> None:
    """The pictures that one person makes on one screen, after signing in once."""
    first = wanted[0]
    context = chromium.new_context(
        viewport=PHONE if first.phone else DESK,
        has_touch=first.phone,
        color_scheme="dark" if first.dark else "light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    visitor = Visitor(context.new_page(), base)
    if first.login:
        visitor.enter(first.login)
    for picture in wanted:
        visitor.open(picture.path)
        if picture.act:
            picture.act(visitor)
        settled(visitor)
        save(picture.name, visitor.page.screenshot(animations="disabled"))
    context.close()


def settled(visitor: Visitor) -> None:
    """Wait until everything is drawn: parts that come late, and charts that move into place."""
    if "/h/" in visitor.page.url:  # a plain page
        return
    visitor.quiet()
    visitor.page.mouse.move(0, 0)
    expect(visitor.page.get_by_test_id("stSkeleton")).to_have_count(0)
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    visitor.page.wait_for_timeout(MOVING)


def save(name: str, png: bytes) -> None:
    """Write a picture with few colours; SystemExit when it is too large all the same."""
    path = FOLDER / f"{name}.png"
    picture = Image.open(BytesIO(png)).convert("RGB")
    few = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}  {size // 1000} kB", flush=True)
    if size > LARGEST:
        raise SystemExit(f"{path.name} is larger than {LARGEST // 1000} kB: use fewer colours.")


def main(names: list[str]) -> None:
    """Make the named pictures, or all of them."""
    FOLDER.mkdir(exist_ok=True)
    wanted = [p for p in PICTURES if not names or p.name in names]
    with demo_office() as base, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for _who, group in groupby(wanted, key=lambda p: (p.login, p.phone, p.dark)):
            take(chromium, base, list(group))
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1:])
