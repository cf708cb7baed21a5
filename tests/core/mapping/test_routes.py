"""The map's routes as a browser meets them: packed, marked, kept as long as nothing changes, and nothing for strangers."""

from collections.abc import Iterator
from gzip import decompress

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import server
from core.accounts import cookies, door
from core.accounts.door import commands as gate
from core.components.commands import set_state
from core.components.queries import ComponentFilter, components
from core.demo.accounts import password
from core.kernel.access import Actor
from core.kernel.database import Office
from core.places.commands import edit_house
from core.places.queries import HouseFilter, buildings, houses
from tests.conftest import COMMUNITY
from tests.tiles import read_plain, tile_of


@pytest.fixture
def browser(town: Office) -> Iterator[TestClient]:
    """A browser in front of our routes."""
    with TestClient(Starlette(routes=server.routes, middleware=server.middleware)) as client:
        yield client


def enter(browser: TestClient, town: Office, login: str) -> Actor:
    """Sign somebody of the invented town in, keep the cookie and give them as actor."""
    ticket = door.sign_in(town.uow(door.GATE), login, password())
    token = gate.open_session(town.uow(door.GATE), ticket).token
    browser.cookies.clear()
    browser.cookies.set(cookies.NAME, cookies.write(token))
    actor = door.actor_of(town.uow(door.GATE), token)
    assert actor is not None
    return actor


def address(town: Office, layer: str, zoom: int = 16) -> str:
    """The tile around the first building."""
    first = buildings(town.uow(Actor("x", "lead", COMMUNITY))).items[0].id
    from core.places.queries import building

    found = building(town.uow(Actor("x", "lead", COMMUNITY)), first)
    return "/tiles/{}/{}/{}/{}.pbf".format(layer, *tile_of(found.lon or 0, found.lat or 0, zoom))


def test_strangers_and_forgers_find_nothing(browser: TestClient, town: Office) -> None:
    for cookie in ("", "forged", cookies.write("guess")):
        browser.cookies.set(cookies.NAME, cookie)
        for one in (
            address(town, "houses"),
            "/api/map/layers",
            "/api/map/numbers/houses",
            "/api/map/card/houses/1",
        ):
            assert browser.get(one).status_code == 404


def test_a_tile_is_packed_and_asked_for_once(browser: TestClient, town: Office) -> None:
    actor = enter(browser, town, "li")
    first = browser.get(address(town, "houses"))
    assert (first.status_code, first.headers["content-encoding"]) == (200, "gzip")
    assert first.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert first.headers["cache-control"] == "private, no-cache" and first.headers["vary"] == "Cookie"
    assert read_plain(first.content)["points"]
    known = {"if-none-match": f'W/"x", {first.headers["etag"]}'}
    again = browser.get(address(town, "houses"), headers=known)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = browser.get(address(town, "houses") + "?kinds=vacant", headers=known)
    assert other.status_code == 200 and other.headers["etag"] != first.headers["etag"]
    house = houses(town.uow(actor), HouseFilter()).items[0]
    state = "vacant" if house.state != "vacant" else "rented"
    edit_house(town.uow(actor), house.id, None, state=state)
    changed = browser.get(address(town, "houses"), headers=known)
    assert changed.status_code == 200 and changed.headers["etag"] != first.headers["etag"]
    streets = browser.get(address(town, "grids"))
    assert (
        browser.get(address(town, "grids"), headers={"if-none-match": streets.headers["etag"]}).status_code
        == 304
    )


def test_what_has_no_change_in_it_keeps_its_tiles(browser: TestClient, town: Office) -> None:
    worker = enter(browser, town, "wang")
    before = {
        name: browser.get(address(town, name)).headers["etag"] for name in ("houses", "components", "grids")
    }
    one = components(town.uow(worker), ComponentFilter(), limit=1).items[0]
    set_state(town.uow(worker), one.id, "lost" if one.state != "lost" else "broken", reason="巡查时不见")
    after = {name: browser.get(address(town, name)).headers["etag"] for name in before}
    assert {name for name in before if before[name] != after[name]} == {"components"}


def test_two_branches_never_share_a_tile(browser: TestClient, town: Office) -> None:
    enter(browser, town, "li")
    wide = browser.get(address(town, "houses", 12))
    enter(browser, town, "wang")
    narrow = browser.get(address(town, "houses", 12), headers={"if-none-match": wide.headers["etag"]})
    assert narrow.status_code == 200 and narrow.content != wide.content


def test_the_catalogue_is_that_of_the_role_in_its_language(browser: TestClient, town: Office) -> None:
    enter(browser, town, "li")
    found = {one["name"]: one for one in browser.get("/api/map/layers").json()}
    assert {"grids", "buildings", "houses", "components", "register-fire"} <= set(found)
    assert found["houses"]["title"] == "各状态房屋" and found["houses"]["groupTitle"] == "地点与房屋"
    assert {"key": "vacant", "label": "空置", "colour": "#d6453d"} in found["houses"]["legend"]
    assert (
        found["houses"]["fromZoom"] == 15 and found["houses"]["hasKinds"] and found["houses"]["showsThings"]
    )
    enter(browser, town, "wu")
    assert "components" not in {one["name"] for one in browser.get("/api/map/layers").json()}
    enter(browser, town, "shenji")
    assert browser.get("/api/map/layers").status_code == 404


def test_a_card_tells_the_essentials_and_leads_on(browser: TestClient, town: Office) -> None:
    actor = enter(browser, town, "li")
    first = buildings(town.uow(actor)).items[0]
    card = browser.get(f"/api/map/card/houses/{first.id}").json()
    assert dict(card["facts"])["房屋"] == first.houses
    assert card["links"][0]["href"] == f"building?id={first.id}"
    area = browser.get("/api/map/layers").json()
    assert area and browser.get(f"/api/map/card/houses/{first.id + 1}").status_code in (200, 404)
    assert browser.get("/api/map/card/nothing/1").status_code == 404
    worker = enter(browser, town, "wang")
    outside = [one.id for one in buildings(town.uow(actor), limit=500).items if one.area != worker.area]
    assert outside and browser.get(f"/api/map/card/houses/{outside[0]}").status_code == 404


def test_a_card_of_a_sensitive_component_says_no_place(browser: TestClient, town: Office) -> None:
    actor = enter(browser, town, "li")
    secret = next(
        one for one in components(town.uow(actor), ComponentFilter(), limit=500).items if one.is_withheld
    )
    card = browser.get(f"/api/map/card/components/{secret.id}").json()
    assert card["title"] == secret.class_name and "位置说明" not in dict(card["facts"])


def test_numbers_for_the_list_beside_the_map(browser: TestClient, town: Office) -> None:
    enter(browser, town, "li")
    found = browser.get("/api/map/numbers/houses?level=grid&kinds=rented").json()
    assert len(found) == 2 and all(one["count"] == one["kinds"]["rented"] for one in found)
    assert browser.get("/api/map/numbers/houses?level=heaven").status_code == 422
    assert browser.get("/api/map/numbers/houses?since=yesterday").status_code == 422


def test_packed_bytes_are_what_the_query_gives(browser: TestClient, town: Office) -> None:
    from core.mapping import queries

    actor = enter(browser, town, "li")
    path = address(town, "buildings")
    _empty, _tiles, layer, z, x, y = path.removesuffix(".pbf").split("/")
    data = queries.tile(town.uow(actor), layer, int(z), int(x), int(y)).data
    assert data and browser.get(path).content == decompress(data)
