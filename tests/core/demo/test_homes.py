"""Buildings and houses as the register would have filed them by hand."""

from core.demo.ground import METRES
from core.kernel.codes import codes
from core.kernel.search import tokens
from core.places.address import check_house_code, parse_address
from core.places.rules import building_address, door, short_address
from tests.core.demo.conftest import Rows

COMMUNITY = "440599001001"


def test_addresses_keys_and_codes_are_those_of_the_register(rows: Rows):
    found = rows(
        "SELECT h.*, b.road, b.number, b.estate, b.name, b.code AS building_code, b.address AS around, "
        "b.address_key AS around_key FROM house h JOIN building b ON b.id = h.building_id"
    )
    for row in found:
        place = building_address(row["road"], row["number"], row["estate"], row["name"])
        assert (place.text(), place.key(COMMUNITY)) == (row["around"], row["around_key"])
        address = door(place, row["unit"], row["floor"], row["room"])
        assert (address.text(), address.key(COMMUNITY)) == (row["address"], row["address_key"])
        assert parse_address(row["address"]).key(COMMUNITY) == row["address_key"]
        assert check_house_code(row["code"]).startswith(row["building_code"])
    assert len({row["address_key"] for row in found}) == len({row["code"] for row in found}) == len(found)


def test_search_documents_are_those_the_commands_would_file(rows: Rows):
    grids = {r["area"]: r["name"] for r in rows("SELECT area, name FROM area WHERE level = 'GRID'")}
    [community] = [r["name"] for r in rows("SELECT name FROM area WHERE level = 'COMMUNITY'")]
    docs = {r["id"]: r for r in rows("SELECT * FROM search_doc")}
    parts = "h.*, b.road, b.number, b.estate, b.name"
    for row in rows(f"SELECT {parts} FROM house h JOIN building b ON b.id = building_id"):
        place = building_address(row["road"], row["number"], row["estate"], row["name"])
        title = short_address(door(place, row["unit"], row["floor"], row["room"]))
        body = f"{community} {grids[row['area']]} {row['code']}"
        filed = docs[row["id"]]
        said = (filed["kind"], filed["area"], filed["title"], filed["body"])
        assert said == ("house", row["area"], title, body)
        assert filed["tok"] == tokens("house", row["area"], title, body)
    for filed in docs.values():
        if filed["kind"] in ("area", "building"):
            assert filed["tok"] == tokens(filed["kind"], filed["area"], filed["title"], filed["body"])


def test_every_code_is_in_its_list(rows: Rows):
    lists = {"state": "house_state", "use": "house_use", "ownership": "house_ownership"}
    for column, name in lists.items():
        assert {r[column] for r in rows(f"SELECT DISTINCT {column} FROM house")} <= set(codes(name)), column
    structures = {r["structure"] for r in rows("SELECT DISTINCT structure FROM building")}
    assert structures <= set(codes("house_structure"))
    sources = {r["verified_from"] for r in rows("SELECT DISTINCT verified_from FROM house")}
    assert sources - {""} <= set(codes("sources"))
    assert {r["trade"] for r in rows("SELECT DISTINCT trade FROM area")} - {""} <= set(codes("grid_trade"))


def test_some_houses_were_never_verified_and_none_in_the_future(rows: Rows):
    seen = [r["verified_at"] for r in rows("SELECT verified_at FROM house WHERE version = 1")]
    assert None in seen  # the others were visited a moment ago
    days = sorted(at[:10] for at in seen if at)
    assert "2024-11-20" <= days[0] < days[-1] < "2026-11-20"


def test_buildings_lie_near_the_middle_of_their_grid(rows: Rows):
    grids = {r["area"]: (r["lon"], r["lat"]) for r in rows("SELECT area, lon, lat FROM area")}
    for row in rows("SELECT area, lon, lat FROM building"):
        lon, lat = grids[row["area"]]
        assert abs(row["lon"] - lon) * METRES < 200
        assert abs(row["lat"] - lat) * METRES < 200
