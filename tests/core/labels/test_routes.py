"""The routes that hand out labels, as their owner, a colleague and a stranger meet them."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import server
from core.accounts import cookies, door
from core.accounts.door import commands as gate
from core.kernel.database import Office
from core.labels import commands, printing
from core.labels.queries import Choice
from tests.conftest import GRID, NEXT_GRID
from tests.core.conftest import PASSWORD, Hire


@pytest.fixture
def browser(office: Office) -> Iterator[TestClient]:
    """A browser in front of our routes."""
    with TestClient(Starlette(routes=server.routes, middleware=server.middleware)) as client:
        yield client


def enter(browser: TestClient, office: Office, login: str) -> None:
    """Sign in and keep the cookie."""
    ticket = door.sign_in(office.uow(door.GATE), login, PASSWORD)
    token = gate.open_session(office.uow(door.GATE), ticket).token
    browser.cookies.clear()
    browser.cookies.set(cookies.NAME, cookies.write(token))


@pytest.mark.sqlite
def test_files_are_handed_to_who_printed_them_and_to_nobody_else(
    browser: TestClient, office: Office, hire: Hire, doors: list[int]
) -> None:
    """A colleague of the next grid, a department and a stranger find nothing."""
    wang = office.uow(hire("wang", "grid_worker", GRID))
    hire("li", "grid_worker", NEXT_GRID)
    hire("zhao", "analyst", GRID)
    run = printing.printed(wang, Choice(houses=tuple(doors[:2])))
    addresses = [
        f"/api/labels/run/{run.id}/1.pdf",
        f"/api/labels/run/{run.id}.zip",
        *(f"/api/labels/house/{doors[0]}.{form}" for form in printing.FORMS),
    ]
    enter(browser, office, "wang")
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert "no-store" in answer.headers["cache-control"]
    archive = zipfile.ZipFile(io.BytesIO(browser.get(addresses[1]).content))
    assert archive.read("labels-001.pdf") == browser.get(addresses[0]).content
    assert browser.get(addresses[2]).headers["content-type"] == "image/svg+xml"
    for login in ("li", "zhao", ""):
        enter(browser, office, login) if login else browser.cookies.clear()
        assert {browser.get(address).status_code for address in addresses} == {404}, login


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "address", ["house/{h}.exe", "house/{h}.html", "house/1.svg", "run/1.zip", "run/1/1.pdf"]
)
def test_what_is_not_there_is_not_found(
    browser: TestClient, office: Office, hire: Hire, doors: list[int], address: str
) -> None:
    """Another form, another number."""
    uow = office.uow(hire("wang", "grid_worker", GRID))
    commands.issue(uow, doors[:1])
    enter(browser, office, "wang")
    assert browser.get(f"/api/labels/{address.format(h=doors[0])}").status_code == 404
