"""What a phone sends from the visit list: at once, late, twice, signed out, from another grid."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import server
from core.accounts import cookies, door
from core.kernel.database import Office
from core.visits import queries
from tests.conftest import GRID, NEXT_GRID
from tests.core.conftest import PASSWORD, Hire
from tests.core.visits.conftest import As

HERE = {"origin": "http://testserver"}


@pytest.fixture
def browser(office: Office) -> Iterator[TestClient]:
    """A browser in front of our routes."""
    with TestClient(Starlette(routes=server.routes, middleware=server.middleware)) as client:
        yield client


def sign_in(browser: TestClient, office: Office, login: str) -> None:
    """Give the browser the cookie of somebody who was hired."""
    ticket = door.sign_in(office.uow(door.GATE), login, PASSWORD)
    assert browser.post("/api/session", json={"ticket": ticket}, headers=HERE).status_code == 200


def test_a_tap_is_done_once_however_often_it_arrives(
    browser: TestClient, office: Office, hire: Hire, as_: As, homes: list[int], couple: tuple[int, int]
) -> None:
    hire("wang", "grid_worker", GRID)
    tap = {"house": str(homes[0]), "act": "confirmed", "seen": queries.home(as_("wang"), homes[0]).seen}
    assert browser.post("/api/visits", json=tap, headers=HERE).status_code == 401
    browser.cookies.set(cookies.NAME, cookies.write("forged"))
    assert browser.post("/api/visits", json=tap, headers=HERE).status_code == 401
    browser.cookies.clear()
    sign_in(browser, office, "wang")
    for _again in range(2):
        assert browser.post("/api/visits", json=tap, headers=HERE).json() == {"ok": True}
    away = {"house": homes[1], "act": "nobody"}
    for _again in range(2):
        assert browser.post("/api/visits", json=away, headers=HERE).status_code == 200
    assert [len(queries.home(as_("wang"), each).acts) for each in homes] == [1, 1, 0]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"seen": "0123456789abcdef"}, 409),
        ({"act": "moved_out"}, 422),
        ({"act": None}, 422),
        ({"house": "1"}, 404),
        ({"house": "9" * 40}, 404),
        ({"house": None}, 404),
        ({"house": ["1"]}, 404),
    ],
)
def test_what_cannot_be_done_is_answered_with_a_sentence(
    browser: TestClient,
    office: Office,
    hire: Hire,
    as_: As,
    homes: list[int],
    change: dict[str, object],
    status: int,
) -> None:
    hire("wang", "grid_worker", GRID)
    sign_in(browser, office, "wang")
    tap = {"house": homes[0], "act": "confirmed", "seen": queries.home(as_("wang"), homes[0]).seen}
    answer = browser.post("/api/visits", json={**tap, **change}, headers=HERE)
    assert (answer.status_code, bool(answer.json()["message"])) == (status, True)


def test_another_grids_worker_finds_nothing_here(
    browser: TestClient, office: Office, hire: Hire, as_: As, homes: list[int]
) -> None:
    hire("xu", "grid_worker", NEXT_GRID)
    sign_in(browser, office, "xu")
    tap = {"house": homes[0], "act": "nobody"}
    assert browser.post("/api/visits", json=tap, headers=HERE).status_code == 404
    assert queries.home(as_("wang"), homes[0]).acts == []
