"""The routes of the live map, the replay and a worker's phone, as a browser, a stranger and a forger meet them."""

import json
from collections.abc import Iterator

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import server
from core.accounts import cookies, door
from core.accounts.door import commands as gate
from core.accounts.models import SignIn
from core.kernel.discovery import discover
from core.kernel.extensions import PositionSource
from core.staff import commands, queries
from tests.core.conftest import PASSWORD
from tests.core.staff.conftest import LAT, LON, Team

HOME = {"origin": "http://testserver"}
PHONE = "/api/staff/positions/browser"


@pytest.fixture
def browser(team: Team) -> Iterator[TestClient]:
    """A browser in front of our routes."""
    with TestClient(Starlette(routes=server.routes, middleware=server.middleware)) as client:
        yield client


def enter(browser: TestClient, team: Team, login: str) -> None:
    """Sign in and keep the cookie."""
    ticket = door.sign_in(team.office.uow(door.GATE), login, PASSWORD)
    token = gate.open_session(team.office.uow(door.GATE), ticket).token
    browser.cookies.clear()
    browser.cookies.set(cookies.NAME, cookies.write(token))


def told_by_phone(team: Team, **more: object) -> str:
    """One position of this moment in the words of the browser."""
    at = team.clock.now.timestamp() * 1000
    return json.dumps([{"at": at, "lon": LON, "lat": LAT, "accuracy": 6, **more}])


def test_a_phone_tells_and_the_live_map_shows(browser: TestClient, team: Team) -> None:
    enter(browser, team, "wang")
    assert browser.post(PHONE, content=told_by_phone(team), headers=HOME).json()["outside"] == 1
    commands.start_shift(team.as_worker())
    assert browser.post(PHONE, content=told_by_phone(team), headers=HOME).json()["kept"] == 1
    assert browser.get("/api/map/live").status_code == 404
    enter(browser, team, "chen")
    answer = browser.get("/api/map/live")
    (person,) = answer.json()["people"]
    assert (person["name"], person["lon"], person["lat"]) == ("wang某", LON, LAT)
    assert answer.headers["cache-control"] == "private, no-cache"


def test_a_poll_without_news_has_no_body(browser: TestClient, team: Team) -> None:
    commands.start_shift(team.as_worker())
    enter(browser, team, "chen")
    first = browser.get("/api/map/live")
    mark = {"if-none-match": first.headers["etag"]}
    again = browser.get("/api/map/live", headers=mark)
    assert (again.status_code, again.content) == (304, b"")
    commands.take_positions(team.as_worker(), [team.fix()])
    assert browser.get("/api/map/live", headers=mark).status_code == 200


def test_a_map_left_open_keeps_nobody_signed_in(browser: TestClient, team: Team) -> None:
    enter(browser, team, "chen")
    team.clock.pass_by(minutes=20)
    assert browser.get("/api/map/live").status_code == 200
    with team.office.reader.connect() as connection:
        seen = connection.execute(select(SignIn.seen_at)).scalars().all()
    assert max(seen) < team.clock.now
    team.clock.pass_by(minutes=20)
    assert browser.get("/api/map/live").status_code == 404


def test_a_track_is_for_who_may_and_for_the_worker(browser: TestClient, team: Team) -> None:
    shift = commands.start_shift(team.as_worker())
    commands.take_positions(team.as_worker(), [team.fix()])
    address = f"/api/map/track/{shift}"
    assert browser.get(address).status_code == 404
    enter(browser, team, "wang")
    assert browser.get(address).status_code == 404
    assert browser.get(f"{address}?own=1").json()["spots"] == [[LON, LAT, 0]]
    assert browser.get(f"/api/map/track/{'9' * 25}?own=1").status_code == 404
    assert queries.who_looked(team.as_worker()) == []
    enter(browser, team, "chen")
    assert browser.get(f"{address}?own=1").status_code == 404
    answer = browser.get(address)
    assert answer.json()["spots"] == [[LON, LAT, 0]]
    assert answer.headers["cache-control"] == "no-store"
    assert [look.who for look in queries.who_looked(team.as_worker())] == ["chen某"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("not json", 422),
        ("{}", 200),
        ("[1]", 422),
        ('[{"at": 1e99, "lon": 1, "lat": 1}]', 422),
        ('[{"at": 0, "lon": NaN, "lat": 1}]', 200),
        ("[" * 300_000, 422),
        ("[" * 5000, 422),
    ],
)
def test_what_a_phone_cannot_mean_gets_a_sentence(
    browser: TestClient, team: Team, body: str, status: int
) -> None:
    commands.start_shift(team.as_worker())
    enter(browser, team, "wang")
    answer = browser.post(PHONE, content=body, headers=HOME)
    assert answer.status_code == status
    assert status == 200 or answer.json()["message"]


def test_positions_come_from_our_own_pages_by_a_known_protocol(browser: TestClient, team: Team) -> None:
    commands.start_shift(team.as_worker())
    enter(browser, team, "wang")
    told = told_by_phone(team)
    assert browser.post(PHONE, content=told, headers={"origin": "http://else"}).status_code == 403
    assert browser.post("/api/staff/positions/pigeon", content=told, headers=HOME).status_code == 404
    assert "browser" in discover("core.position_sources", PositionSource)
    assert (
        browser.post(PHONE, content=told_by_phone(team, accuracy=float("nan")), headers=HOME).json()["poor"]
        == 1
    )
