"""A real Chromium before a real server over an invented community. Names outside this machine do not resolve."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from core.demo.build import build
from core.kernel.opening import open_office
from core.kernel.settings import Settings

ROOT = Path(__file__).parents[2]
CHROMIUM = next(
    (p for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if (p := shutil.which(name))),
    None,
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
QUIET = """() => { const app = document.querySelector('[data-testid=stApp]')?.dataset;
  const calm = app?.testScriptState === 'notRunning' && app?.testConnectionState === 'CONNECTED';
  window.calmSince = calm ? window.calmSince ?? performance.now() : undefined;
  return calm && performance.now() - window.calmSince > 300; }"""
"""A run that a click causes begins a moment after the click: the page is quiet when it has been so for a while."""
PASSWORD = "Linge-2026"
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these tests are skipped on a desk; under CI that would hide a failure, so there they fail."""
    if CHROMIUM is None and not os.environ.get("CI"):
        for item in items:
            if "tests/browser" in item.path.as_posix():
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office with a small invented community: database and keys."""
    folder = tmp_path_factory.mktemp("furnished")
    office = open_office(Settings(data=folder, demo="community"))
    build(office, scale="grid", seed=1)
    office.close()
    return folder


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _serve(folder: Path, port: int) -> subprocess.Popen[bytes]:
    env = {**os.environ, "LINGRID_DATA": str(folder), "LINGRID_PORT": str(port), "LINGRID_DEMO": "community"}
    log = (folder / "server.log").open("wb")
    return subprocess.Popen(
        [sys.executable, "-m", "core", "serve"], cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT
    )


def _wait(address: str, server: subprocess.Popen[bytes], folder: Path) -> None:
    """Until the office answers; a server that ends instead shows what it said."""
    for _try in range(600):
        if server.poll() is not None:
            raise RuntimeError((folder / "server.log").read_text(encoding="utf-8"))
        try:
            with urlopen(f"{address}/api/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            try:
                server.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
    raise RuntimeError("the server does not answer")


@pytest.fixture(scope="module")
def office_folder(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the running office, of its own for each file of tests."""
    folder = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(furnished, folder)
    return folder


@pytest.fixture(scope="module")
def office_url(office_folder: Path) -> Iterator[str]:
    """A running office of its own for each file of tests."""
    port = free_port()
    server = _serve(office_folder, port)
    try:
        _wait(f"http://localhost:{port}", server, office_folder)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody at a browser: opens pages, waits until they are quiet, remembers what the browser asked for."""

    page: Page
    base: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def quiet(self) -> None:
        """Wait until the page has done what it was asked for."""
        self.page.evaluate("window.calmSince = undefined")
        self.page.wait_for_function(QUIET)

    def open(self, path: str = "/") -> None:
        """Go to an address of the office."""
        self.page.goto(self.base + path)
        self.quiet()

    def sign_in(self, login: str = "li", password: str = PASSWORD, path: str = "/") -> None:
        """The way in, from the form to the first page."""
        self.open(path)
        self.page.get_by_label("登录名").fill(login)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.page.get_by_role("button", name="登录").click()

    def enter(self, login: str = "li", path: str = "/") -> None:
        """Sign in and wait until the page is there."""
        self.sign_in(login, path=path)
        expect(self.page.locator(".st-key-page_head")).to_be_visible()
        self.quiet()

    @property
    def outside(self) -> list[str]:
        """What the browser asked for beyond this machine."""
        inside = (self.base, self.base.replace("http", "ws"), "data:", "blob:")
        return [url for url in self.asked if not url.startswith(inside)]


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Browser, office_url: str) -> Iterator[Visit]:
    """Sit down at a browser: on a desk, or with `phone=True` at 390 pixels."""
    contexts: list[BrowserContext] = []

    def sit(*, phone: bool = False, dark: bool = False, context: BrowserContext | None = None) -> Visitor:
        size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
        if context is None:
            context = chromium.new_context(
                viewport=size,
                locale="zh-CN",
                color_scheme="dark" if dark else "light",  # type: ignore[arg-type]
                has_touch=phone,
                timezone_id="Asia/Shanghai",
            )
            context.set_default_timeout(20_000)
            contexts.append(context)
        visitor = Visitor(context.new_page(), office_url)
        visitor.page.on("request", lambda request: visitor.asked.append(request.url))
        visitor.page.on(
            "console", lambda said: visitor.complaints.append(said.text) if said.type == "error" else None
        )
        return visitor

    yield sit
    for context in contexts:
        context.close()
