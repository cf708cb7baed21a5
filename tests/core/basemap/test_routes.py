"""The routes of base maps as a browser and a stranger meet them; the service behind one is played on this machine."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import server
from core.basemap import commands
from core.geo.mercator import tile_at
from core.kernel.access import Actor
from core.kernel.database import Office
from tests.conftest import GRID
from tests.core.basemap.conftest import Service, colour_at
from tests.core.basemap.test_files import mbtiles
from tests.core.basemap.test_pieces import TOWN
from tests.core.conftest import Hire
from tests.core.test_files_route import NOTHING, enter
from tests.tiles import read_plain

TILE = tile_at(116.74, 23.27, 15)
PLACE = f"{TILE.z}/{TILE.x}/{TILE.y}"


@pytest.fixture
def browser(office: Office) -> Iterator[TestClient]:
    """A browser in front of our routes."""
    with TestClient(Starlette(routes=server.routes, middleware=server.middleware)) as client:
        yield client


@pytest.fixture
def keeper(office: Office) -> Actor:
    """The system administrator of the district."""
    return Actor("xitong", "system_admin", "440599/")


def test_who_is_not_signed_in_sees_no_map(
    browser: TestClient, office: Office, keeper: Actor, service: Service
) -> None:
    number = commands.add_source(
        office.uow(keeper), title="影像", kind="xyz", address=service.address, is_own_server=True
    )
    for address in ("/api/map/bases", f"/tiles/base/{PLACE}.pbf", f"/tiles/raster/{number}/{PLACE}"):
        answer = browser.get(address)
        assert (answer.status_code, answer.content) == (404, NOTHING)
    assert service.asked == []


def test_our_own_plan_is_drawn_packed_marked_and_not_sent_twice(
    browser: TestClient, office: Office, keeper: Actor, hire: Hire
) -> None:
    hire("wang", "grid_worker", GRID)
    enter(browser, office, "wang")
    commands.load_pieces(office.uow(keeper), TOWN, "town.geojson")
    first = browser.get(f"/tiles/base/{PLACE}.pbf")
    assert first.status_code == 200 and first.headers["content-encoding"] == "gzip"
    assert {one.properties.get("name") for one in read_plain(first.content)["road"]} == {"滨海大道", None}
    again = browser.get(f"/tiles/base/{PLACE}.pbf", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    commands.remove_pieces(office.uow(keeper), "town.geojson")
    after = browser.get(f"/tiles/base/{PLACE}.pbf", headers={"if-none-match": first.headers["etag"]})
    assert after.status_code == 200 and "road" not in read_plain(after.content)


def test_a_browser_gets_pictures_and_learns_neither_address_nor_key(
    browser: TestClient, office: Office, keeper: Actor, hire: Hire, service: Service
) -> None:
    hire("wang", "grid_worker", GRID)
    enter(browser, office, "wang")
    named = {
        "title": "影像",
        "kind": "xyz",
        "address": service.address,
        "key": "geheim",
        "approval": "GS(2024)1号",
    }
    commands.add_source(office.uow(keeper), **named, is_own_server=True)
    plan, base = browser.get("/api/map/bases").json()
    assert (plan["kind"], plan["tiles"]) == ("plan", "/tiles/base/{z}/{x}/{y}.pbf")
    assert (base["approval"], base["maxZoom"], base["kind"]) == ("GS(2024)1号", 18, "raster")
    address = base["tiles"].replace("{z}/{x}/{y}", PLACE)
    answer = browser.get(address)
    assert answer.headers["content-type"] == "image/png" and colour_at(answer.content)[0] == 255
    assert "max-age=86400" in answer.headers["cache-control"]
    told = f"{plan}{base}{answer.headers}"
    assert "geheim" not in told and str(service.port) not in told
    assert service.asked == [f"/{PLACE}.png?tk=geheim"]


def test_a_missing_picture_is_a_clear_tile_that_is_soon_asked_for_again(
    browser: TestClient, office: Office, keeper: Actor, hire: Hire
) -> None:
    hire("li")
    enter(browser, office, "li")
    mbtiles(office.settings.data)
    number = commands.add_source(office.uow(keeper), title="航拍", kind="mbtiles", file="a.mbtiles")
    answer = browser.get(f"/tiles/raster/{number}/15/1/1")
    assert answer.status_code == 200 and colour_at(answer.content, 0, 0)[3] == 0
    assert "max-age=30" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "address",
    [
        "/tiles/base/3/8/0.pbf",
        "/tiles/base/40/0/0.pbf",
        "/tiles/raster/1/3/1/1",
        "/tiles/raster/99999999999999999999/3/1/1",
    ],
)
def test_what_is_no_tile_is_not_there(browser: TestClient, office: Office, hire: Hire, address: str) -> None:
    hire("li")
    enter(browser, office, "li")
    assert browser.get(address).status_code == 404
