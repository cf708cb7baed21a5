"""OGC API Features, as the standard tells it and as QGIS demands it (17-069r4; QGIS's own provider)."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
import shapely
import uvicorn
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import server
from core.geofiles.queries import feature, features, sources
from core.kernel.access import Actor, job
from core.kernel.database import Office
from core.people.models import Household, Person
from core.places.commands import add_building_with_rooms, edit_area, edit_building
from core.places.models import Building
from core.places.queries import area, buildings
from core.server.ogc import basic
from core.server.ogc.asking import LIMIT, MOST
from core.server.ogc.documents import CRS84, OPENAPI
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.core.conftest import PASSWORD, Clock, Hire, log
from tests.core.geofiles.files import square

GEOJSON = "application/geo+json"


@pytest.fixture(autouse=True)
def no_sittings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program has asked before."""
    monkeypatch.setattr(basic, "SITTINGS", basic.Sittings())


@pytest.fixture
def program(office: Office) -> Iterator[TestClient]:
    """A program that knows no cookies."""
    with TestClient(Starlette(routes=server.routes, middleware=server.middleware)) as client:
        yield client


@pytest.fixture
def land(office: Office, hire: Hire) -> Office:
    """Two grids with boundaries, a building with rooms in each, the first with an outline; li works there."""
    machine = office.uow(job("test"))
    for path, west in ((GRID, 116.70), (NEXT_GRID, 116.71)):
        drawn = [list(square(west, 23.30).exterior.coords)]
        edit_area(machine, area(machine, path).id, None, polygon=drawn, lon=west + 0.005, lat=23.305)
        facts = {
            "road": "海滨路",
            "number": f"{west}号",
            "floors": 2,
            "units": 1,
            "lon": west + 0.005,
            "lat": 23.305,
        }
        add_building_with_rooms(machine, path, facts, 1, 2, 2)
    first = next(one for one in buildings(machine).items if one.area == GRID)
    edit_building(machine, first.id, None, polygon=[list(square(116.7048, 23.3048, 0.0004).exterior.coords)])
    hire("li")
    hire("wang", "grid_worker", GRID)
    return office


def given(login: str = "li", password: str = PASSWORD) -> dict[str, str]:
    """The header of name and password."""
    return {"authorization": f"Basic {base64.b64encode(f'{login}:{password}'.encode()).decode()}"}


def got(program: TestClient, path: str, login: str = "li", **asked: Any) -> dict[str, Any]:
    """The document at a path."""
    answer = program.get(f"/ogc{path}", headers=given(login), params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def links(document: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The links of a document by what they are."""
    return {one["rel"]: one for one in document["links"]}


# --- who asks ---------------------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_a_stranger_is_asked_for_name_and_password(program: TestClient, land: Office) -> None:
    for headers in ({}, {"authorization": "Bearer x"}, {"authorization": "Basic ???"}):
        answer = program.get("/ogc/", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic realm=")
        assert answer.json()["code"] == "401" and answer.json()["description"]


def test_wrong_passwords_are_counted_and_lock_the_account(program: TestClient, land: Office) -> None:
    for _each in range(land.settings.lock_after if hasattr(land.settings, "lock_after") else 10):
        assert program.get("/ogc/", headers=given(password="falsch")).status_code == 401
    answer = program.get("/ogc/", headers=given())
    assert answer.status_code == 401, "locked, though the password is right"
    assert any(line.outcome == "refused" for line in log(land))


def test_a_lock_holds_for_a_program_that_is_in_already(
    program: TestClient, land: Office, clock: Clock
) -> None:
    got(program, "/")
    for _each in range(land.settings.lock_after):
        assert program.get("/ogc/", headers=given(password="falsch")).status_code == 401
    assert program.get("/ogc/", headers=given()).status_code == 401, "else a guess would be told to be right"
    clock.pass_by(minutes=land.settings.lock_minutes + 1)
    got(program, "/")


def test_a_program_signs_in_once_and_again_when_its_sitting_has_ended(
    program: TestClient, land: Office, clock: Clock
) -> None:
    for path in ("/", "/collections", "/conformance"):
        got(program, path)
    assert [line.outcome for line in log(land) if line.who == "li"].count("signed in") == 1
    clock.pass_by(days=2)
    got(program, "/")
    assert [line.outcome for line in log(land) if line.who == "li"].count("signed in") == 2


def test_whoever_may_not_connect_hears_so_and_it_is_written_down(program: TestClient, land: Office) -> None:
    for path in ("/", "/collections", "/collections/houses/items"):
        assert program.get(f"/ogc{path}", headers=given("wang")).status_code == 403
    assert ("wang", "refused") in {(line.who, line.outcome) for line in log(land)}


@pytest.mark.sqlite
def test_a_first_password_is_changed_in_the_browser(program: TestClient, land: Office, hire: Hire) -> None:
    from core.accounts import commands

    made = commands.add_account(land.uow(job("test")), login="xin", name="新", role="lead", area=COMMUNITY)
    commands.approve(land.uow(job("test")), made.id)
    assert program.get("/ogc/", headers=given("xin", made.password)).status_code == 403


# --- documents --------------------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_the_landing_page_has_what_qgis_demands(program: TestClient, land: Office) -> None:
    document = got(program, "/")
    found = links(document)
    assert document["title"] and document["description"]
    assert found["service-desc"]["type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert found["data"]["type"] == "application/json"
    assert found["conformance"]["href"].endswith("/ogc/conformance")
    for one in found.values():
        assert program.get(one["href"], headers=given()).status_code == 200
    assert program.get("/ogc", headers=given()).status_code == 200


@pytest.mark.sqlite
def test_it_declares_what_it_keeps_and_no_more(program: TestClient, land: Office) -> None:
    parts = {one.rpartition("/")[2] for one in got(program, "/conformance")["conformsTo"]}
    assert parts == {"core", "geojson", "oas30"}


@pytest.mark.sqlite
def test_the_description_names_every_path_and_the_size_of_a_page(program: TestClient, land: Office) -> None:
    answer = program.get("/ogc/api", headers=given())
    assert answer.headers["content-type"] == OPENAPI
    api = answer.json()
    assert api["openapi"].startswith("3.0")
    limit = api["components"]["parameters"]["limit"]["schema"]
    assert (limit["default"], limit["maximum"]) == (LIMIT, MOST)
    for one in got(program, "/collections")["collections"]:
        assert {f"/collections/{one['id']}{rest}" for rest in ("", "/items", "/items/{id}")} <= set(
            api["paths"]
        )
    for reference in json.dumps(api).split('"#/')[1:]:
        here: Any = api
        for part in reference.partition('"')[0].split("/"):
            here = here[part]


def test_every_layer_that_is_seen_is_a_collection(program: TestClient, land: Office) -> None:
    document = got(program, "/collections")
    wanted = [one.name for one in sources(land.uow(Actor("li", "clerk", COMMUNITY)))]
    assert [one["id"] for one in document["collections"]] == wanted
    assert {"houses", "buildings", "grids", "components"} <= set(wanted)
    for one in document["collections"]:
        [[west, south, east, north]] = one["extent"]["spatial"]["bbox"]
        assert one["extent"]["spatial"]["crs"] == CRS84 and CRS84 in one["crs"]
        assert west < east and south < north and one["itemType"] == "feature" and one["title"]
        assert links(one)["items"]["type"] == GEOJSON
        assert got(program, f"/collections/{one['id']}") == one
        assert got(program, f"/collections/{one['id']}/items", limit=1)["type"] == "FeatureCollection"


@pytest.mark.sqlite
def test_what_is_not_there_is_not_found(program: TestClient, land: Office) -> None:
    for path in ("persons", "persons/items", "houses/items/1", "houses/items/x", "houses/items/1" + 20 * "0"):
        assert program.get(f"/ogc/collections/{path}", headers=given()).status_code == 404, path
    assert program.get("/ogc/nothing", headers=given()).status_code == 404


# --- features ---------------------------------------------------------------------------------------------


def test_pages_follow_each_other_until_all_are_there(program: TestClient, land: Office) -> None:
    seen: list[int] = []
    href = "http://testserver/ogc/collections/houses/items?limit=3"
    while href:
        answer = program.get(href, headers=given())
        assert answer.headers["content-type"] == GEOJSON
        page = answer.json()
        assert page["numberMatched"] == 8 and page["numberReturned"] == len(page["features"]) <= 3
        assert links(page)["self"]["href"] == href and page["timeStamp"].endswith("Z")
        seen += [one["id"] for one in page["features"]]
        href = links(page).get("next", {}).get("href", "")
    assert len(seen) == len(set(seen)) == 8


def test_every_feature_says_the_same_things_and_stands_alone_too(program: TestClient, land: Office) -> None:
    for layer in ("houses", "buildings", "grids"):
        found = got(program, f"/collections/{layer}/items")["features"]
        names = [one["name"] if isinstance(one, dict) else one for one in found[0]["properties"]]
        assert all(list(one["properties"]) == names for one in found)
        alone = got(program, f"/collections/{layer}/items/{found[0]['id']}")
        assert {key: alone[key] for key in found[0]} == found[0]
        assert links(alone)["collection"]["href"].endswith(f"/collections/{layer}")
    house = got(program, "/collections/houses/items")["features"][0]
    assert house["geometry"] == {"type": "Point", "coordinates": [116.705, 23.305]}
    assert (
        house["properties"]["address"].startswith("海滨路") and house["properties"]["area_name"] == "第一网格"
    )


def test_nothing_tells_of_a_person(program: TestClient, land: Office) -> None:
    for one in got(program, "/collections")["collections"]:
        page = got(program, f"/collections/{one['id']}/items", limit=1)
        for name in page["features"][0]["properties"] if page["features"] else ():
            assert not {"person", "phone", "document", "contact", "birth"} & set(name.split("_")), (
                one["id"],
                name,
            )


def test_people_are_numbers_at_their_building(town: Office) -> None:
    """Every feature of a layer about people is a building; none has the number of somebody or of a household."""
    uow = town.uow(Actor("chen", "lead", COMMUNITY))
    with town.reader.connect() as connection:
        known = {
            kind: set(connection.execute(select(kind.id)).scalars()) for kind in (Building, Person, Household)
        }
    for layer in ("people", "freshness", "elderly"):
        found = features(uow, layer)
        assert found.items and found.matched == len(found.items) <= len(known[Building])
        assert {one.id for one in found.items} <= known[Building]
        assert not {one.id for one in found.items} & (known[Person] | known[Household])
        assert feature(uow, layer, found.items[0].id) == found.items[0]
    people = features(uow, "people").items
    for one in people:
        kinds = [value for name, value in one.properties.items() if name.startswith("n_")]
        assert sum(kinds) == one.properties["number"] > 0


BOXES = [
    ("116.70,23.30,116.709,23.31", 4, 1, 1),
    ("116.70,23.30,0,116.719,23.31,100", 8, 2, 2),
    ("116.709,23.309,116.711,23.311", 0, 2, 0),
    ("116.7000,23.3000,116.7049,23.3049", 0, 1, 1),
    ("10,50,11,51", 0, 0, 0),
    ("170,-80,-170,80", 0, 0, 0),
    ("100,-90,99,90", 8, 2, 2),
]
"""A box, and how many houses, grids and buildings meet it."""


@pytest.mark.parametrize("layer", ["people", "freshness", "register-fire"])
def test_pages_of_places_are_the_same_however_few_are_looked_through(
    town: Office, monkeypatch: pytest.MonkeyPatch, layer: str
) -> None:
    uow = town.uow(Actor("chen", "lead", COMMUNITY, account_id=1))
    whole, found, after = features(uow, layer), list[Any](), 0
    assert len(whole.items) == whole.matched
    monkeypatch.setattr("core.geofiles.queries.of_layers.STRIDE", 1)
    while True:
        page = features(uow, layer, after=after, limit=2)
        found += page.items
        if page.after is None:
            break
        assert len(page.items) == 2
        after = page.after
    assert tuple(found) == whole.items


def test_a_box_gives_what_meets_it(program: TestClient, land: Office) -> None:
    for bbox, *numbers in BOXES:
        for layer, number in zip(("houses", "grids", "buildings"), numbers, strict=True):
            page = got(program, f"/collections/{layer}/items", bbox=bbox)
            undrawn = sum(
                one["geometry"] is None for one in page["features"]
            )  # they meet every box, says Core
            assert page["numberMatched"] == page["numberReturned"] == number + undrawn, (layer, bbox)


WRONG = ["bbox=1,2,3", "bbox=1,2,3,x", "bbox=1,20,3,10", "bbox=1,2,3,nan", "bbox=1,2,3,4,5", "bbox=1,2,300,4"]
WRONG += [
    "limit=0",
    "limit=-1",
    "limit=viele",
    "limit=1&limit=2",
    "after=x",
    "f=xml",
    "colour=red",
    "bbox-crs=x",
]
WRONG += [
    f"datetime={when}" for when in ("gestern", "2026-01-02/2026-01-01", "2026-01-01T00:00:00", "a/b/c", "/")
]


@pytest.mark.sqlite
def test_an_unknown_or_malformed_parameter_is_an_error(program: TestClient, land: Office) -> None:
    for asked in WRONG:
        answer = program.get(f"/ogc/collections/houses/items?{asked}", headers=given())
        assert answer.status_code == 400, asked
        assert answer.json()["code"] == "400" and answer.json()["description"]
    assert program.get("/ogc/collections?limit=1", headers=given()).status_code == 400


@pytest.mark.sqlite
def test_a_time_is_understood_and_leaves_undated_features_in(program: TestClient, land: Office) -> None:
    for when in (
        "2026-01-01",
        "2026-01-01T08:00:00Z",
        "../2026-01-01",
        "2026-01-01T08:00:00+08:00/..",
        "2026-01-01/",
    ):
        assert got(program, "/collections/houses/items", datetime=when)["numberMatched"] == 8


@pytest.mark.sqlite
def test_a_limit_above_the_most_is_the_most(program: TestClient, land: Office) -> None:
    assert got(program, "/collections/houses/items", limit=MOST * 5)["numberReturned"] == 8


def test_the_branch_is_all_one_sees_and_each_look_is_written_down(
    program: TestClient, land: Office, hire: Hire
) -> None:
    hire("chen", "lead", NEXT_GRID)
    page = got(program, "/collections/houses/items", "chen")
    assert page["numberMatched"] == 4
    assert {one["properties"]["area"] for one in page["features"]} == {NEXT_GRID}
    other = got(program, "/collections/houses/items", "li", bbox="116.70,23.30,116.709,23.31")["features"][0]
    path = f"/ogc/collections/houses/items/{other['id']}"
    assert program.get(path, headers=given("chen")).status_code == 404
    looks = [(line.who, line.about) for line in log(land) if line.outcome == "viewed"]
    assert ("chen", "layer/houses") in looks


@pytest.mark.sqlite
def test_a_long_answer_is_packed(program: TestClient, land: Office) -> None:
    answer = program.get("/ogc/api", headers={**given(), "accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip" and answer.json()["openapi"]


def test_a_whole_layer_is_saved_for_a_purpose(program: TestClient, land: Office) -> None:
    found = [one for one in got(program, "/collections/houses")["links"] if one["rel"] == "enclosure"]
    assert {one["type"] for one in found} == {"application/geopackage+sqlite3", GEOJSON}
    assert program.get(found[0]["href"], headers=given()).status_code == 422, "without a purpose"
    for one, begins in zip(found, (b"SQLite format 3", b'{"type":"FeatureCollection"'), strict=True):
        answer = program.get(f"{one['href']}&purpose=交测绘院核对", headers=given())
        assert answer.status_code == 200 and answer.content.startswith(begins)
        assert answer.headers["content-type"] == one["type"]
    assert ("exported", "map/houses", "交测绘院核对") in {(x.outcome, x.about, x.reason) for x in log(land)}
    strange = {**given(), "sec-fetch-site": "cross-site"}
    assert program.get(f"{found[0]['href']}&purpose=交测绘院核对", headers=strange).status_code == 403


# --- an independent client --------------------------------------------------------------------------------


@contextmanager
def serving() -> Iterator[str]:
    """Our routes on a port of this machine."""
    config = uvicorn.Config(Starlette(routes=server.routes), port=0, log_level="warning", lifespan="off")
    running = uvicorn.Server(config)
    thread = Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        thread.join(0.01)
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}/ogc/"
    running.should_exit = True
    thread.join()


CLIENT = """
import json, sys
import pyogrio, shapely
there = f"OAPIF:{sys.argv[1]}"
pyogrio.set_gdal_config_options({"GDAL_HTTP_USERPWD": sys.argv[2], "GDAL_HTTP_AUTH": "BASIC", "GDAL_HTTP_TIMEOUT": "60"})
def rows(layer, **more):
    meta, _fids, shapes, cells = pyogrio.raw.read(there, layer=layer, **more)
    words = [shape and shape.wkt for shape in shapely.from_wkb(shapes)]
    return words, {name: [str(cell) for cell in column] for name, column in zip(meta["fields"], cells)}
told = {
    "layers": [str(name) for name, _kind in pyogrio.list_layers(there)],
    "houses": rows("houses", PAGE_SIZE="3"),
    "grids": rows("grids", bbox=(116.701, 23.301, 116.702, 23.302))[0],
}
print(json.dumps(told))
"""


@pytest.mark.sqlite
def test_gdal_reads_the_layers_as_it_reads_those_of_any_server(land: Office) -> None:
    """GDAL's own driver for OGC API Features, in a process of its own: layers, fields, pages, filters by place."""
    with serving() as address:
        asked = [sys.executable, "-c", CLIENT, address, f"li:{PASSWORD}"]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["layers"] == [one.name for one in sources(land.uow(Actor("li", "clerk", COMMUNITY)))]
    shapes, table = told["houses"]
    assert [round(shapely.from_wkt(one).x, 6) for one in shapes] == 4 * [116.705] + 4 * [116.715]
    assert all(address.startswith("海滨路") for address in table["address"])
    [drawn] = [shapely.from_wkt(one) for one in told["grids"] if one]
    assert drawn.equals(square(116.70, 23.30))
