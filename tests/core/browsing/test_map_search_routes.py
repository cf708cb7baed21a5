"""The routes that the map asks, as a browser, a stranger and a forger meet them."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import server
from core.accounts import cookies, door
from core.accounts.door import commands as gate
from core.browsing.commands import keep_view, share_view
from core.kernel.access import Actor
from core.kernel.database import Office
from core.places.commands import add_building_with_rooms
from tests.conftest import GRID, NEXT_GRID
from tests.core.conftest import PASSWORD, Hire

HERE = {"origin": "http://testserver"}
FACTS = {"road": "海滨路", "number": "1号", "floors": 1, "units": 1, "lon": 116.72, "lat": 23.28}
SHAPE = "circle:116.72,23.28;50"


@pytest.fixture
def browser(office: Office) -> Iterator[TestClient]:
    """A browser in front of our routes."""
    with TestClient(Starlette(routes=server.routes, middleware=server.middleware)) as client:
        yield client


def enter(browser: TestClient, office: Office, actor: Actor) -> None:
    """Sign in and keep the cookie."""
    ticket = door.sign_in(office.uow(door.GATE), actor.login, PASSWORD)
    token = gate.open_session(office.uow(door.GATE), ticket).token
    browser.cookies.clear()
    browser.cookies.set(cookies.NAME, cookies.write(token))


@pytest.fixture
def li(office: Office, browser: TestClient, hire: Hire) -> Actor:
    """A clerk in front of the browser, with one building in the community."""
    actor = hire("li")
    add_building_with_rooms(office.uow(actor), GRID, FACTS, 1, 1, 4)
    enter(browser, office, actor)
    return actor


ADDRESSES = (
    "/api/map/find?q=海滨",
    f"/api/map/inside?shape={SHAPE}",
    "/api/map/near?at=116.72,23.28",
    "/api/map/choice",
    "/api/map/views",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_strangers_find_nothing(browser: TestClient, address: str) -> None:
    for cookie in ("", "forged"):
        browser.cookies.set(cookies.NAME, cookie)
        answer = browser.get(address)
        assert (answer.status_code, answer.json()) == (404, {"message": "not found"})


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_no_map_finds_nothing(browser: TestClient, office: Office, hire: Hire, address: str) -> None:
    enter(browser, office, hire("shenji", "audit_admin", "440599/"))
    assert browser.get(address).status_code == 404


def test_words_lead_to_a_place(browser: TestClient, li: Actor) -> None:
    told = browser.get("/api/map/find?q=海滨").json()
    hit = next(one for one in told["hits"] if one["kind"] == "building")
    assert (hit["lon"], hit["lat"]) == (116.72, 23.28)
    assert hit["href"] == f"/building?id={hit['id']}"
    [pin] = browser.get("/api/map/find?q=116.7,23.2").json()["hits"]
    assert (pin["kind"], pin["href"], pin["lon"]) == ("place", "", 116.7)
    assert "houses" in {one["layer"] for one in browser.get("/api/map/find?q=房屋").json()["categories"]}


def test_a_shape_is_counted_and_listed(browser: TestClient, li: Actor) -> None:
    told = browser.get(f"/api/map/inside?shape={SHAPE}").json()
    assert told["title"] == "半径 50 米的圆"
    assert told["area"] == pytest.approx(7854, rel=0.001)
    assert told["outline"]["type"] == "Polygon"
    houses = next(one for one in told["layers"] if one["name"] == "houses")
    assert houses["total"] == 4
    page = browser.get(f"/api/map/inside?shape={SHAPE}&layer=houses").json()
    assert len(page["items"]) == 4
    assert page["after"] is None
    assert page["items"][0]["href"].startswith("/building?id=")
    assert browser.get(f"/api/map/inside?shape={SHAPE}&layer=houses&kinds=vacant").json()["items"] == []


def test_the_nearest_come_with_distance_and_direction(browser: TestClient, li: Actor) -> None:
    [one] = browser.get("/api/map/near?at=116.72,23.279&layers=buildings").json()["items"]
    assert one["distance"] == pytest.approx(110.7, abs=0.5)
    assert one["bearing"] == 0
    assert one["layer"] == "buildings"


@pytest.mark.sqlite
def test_a_question_without_measure_is_answered_in_measure(browser: TestClient, li: Actor) -> None:
    for more in (f"limit={'9' * 5000}", "limit=0", f"kinds={','.join(map(str, range(10_000)))}"):
        assert browser.get(f"/api/map/near?at=116.72,23.28&{more}").status_code == 200
        assert browser.get(f"/api/map/inside?shape={SHAPE}&layer=houses&{more}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/api/map/inside?shape=star:1,2",
        "/api/map/inside",
        f"/api/map/inside?shape={SHAPE}&layer=houses&since=yesterday",
        "/api/map/near?at=here",
        "/api/map/near?at=23.28,116.72",
    ],
)
def test_a_wrong_question_gets_its_sentence(browser: TestClient, li: Actor, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 422
    assert len(answer.json()["message"]) > 5


def test_another_grid_finds_nothing_of_it(browser: TestClient, office: Office, li: Actor, hire: Hire) -> None:
    enter(browser, office, hire("zhou", "grid_worker", NEXT_GRID))
    assert browser.get("/api/map/find?q=海滨").json()["hits"] == []
    assert browser.get(f"/api/map/inside?shape={SHAPE}").json()["layers"] == []
    assert browser.get("/api/map/near?at=116.72,23.28").json()["items"] == []


def test_the_map_remembers_how_it_was_left(browser: TestClient, li: Actor) -> None:
    assert browser.get("/api/map/choice").json() == {"choice": {}}
    kept = browser.post("/api/map/choice", json={"choice": {"base": "plain", "on": ["grids"]}}, headers=HERE)
    assert kept.json() == {"ok": True}
    assert browser.get("/api/map/choice").json() == {"choice": {"base": "plain", "on": ["grids"]}}
    assert browser.post("/api/map/choice", json={"choice": []}, headers=HERE).status_code == 422
    assert (
        browser.post("/api/map/choice", json={"choice": {"on": "x" * 9000}}, headers=HERE).status_code == 422
    )
    for foreign in ({}, {"origin": "http://elsewhere.example"}):
        assert (
            browser.post("/api/map/choice", json={"choice": {"base": "x"}}, headers=foreign).status_code
            == 403
        )
    browser.cookies.clear()
    assert browser.post("/api/map/choice", json={"choice": {}}, headers=HERE).status_code == 404


def test_my_views_come_with_their_links(browser: TestClient, office: Office, li: Actor) -> None:
    uow = office.uow(li)
    number = keep_view(uow, "海滨", "at=15/23.28/116.72")
    [one] = browser.get("/api/map/views").json()["views"]
    assert (one["id"], one["title"], one["isShared"]) == (str(number), "海滨", False)
    token = share_view(uow, number, True)
    assert browser.get("/api/map/views").json()["views"][0]["link"] == f"/map?view={token}"
