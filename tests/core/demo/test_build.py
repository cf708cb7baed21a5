"""The demo as a whole: complete, consistent, the same for the same seed, and only into an empty office."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from core.accounts.passwords import fits
from core.demo.accounts import password
from core.demo.build import build
from core.kernel import audit
from core.kernel.access import Actor, roles
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid
from core.kernel.search import search
from tests.core.demo.conftest import TODAY, Rows, empty

TABLES = (
    "area",
    "building",
    "house",
    "household",
    "person",
    "residence",
    "relation",
    "declaredtag",
    "search_doc",
    "account",
    "register_rental",
    "register_fire",
    "register_dog",
    "register_volunteer",
    "register_care",
    "register_vacant",
)
BY_HAND = 10**9
"""Above it are the numbers of what people of the demo write by commands; they tell the time."""
SEALED = {"document_no", "phone", "password_hash", "password_at"}


def digest(office: Office) -> str:
    """Of every record that stands as it was made, but for what is sealed with a nonce of its own."""
    found = hashlib.sha256()
    with office.reader.connect() as connection:
        for table in TABLES:
            for row in connection.exec_driver_sql(
                f"SELECT * FROM {table} WHERE id < {BY_HAND} AND version = 1 ORDER BY id"
            ).mappings():
                found.update(repr([value for name, value in row.items() if name not in SEALED]).encode())
    return found.hexdigest()


def test_the_same_seed_makes_the_same_town_and_another_one_another(town: Office, tmp_path: Path):
    again, other = empty(tmp_path / "again"), empty(tmp_path / "other")
    build(again, "grid", 1, today=TODAY)
    build(other, "grid", 2, today=TODAY)
    assert digest(again) == digest(town)
    assert digest(other) != digest(town)
    again.close(), other.close()


def test_a_second_demo_is_refused_and_changes_nothing(town: Office):
    before = digest(town)
    with pytest.raises(Clash):
        build(town, "grid", 3)
    assert digest(town) == before


def test_an_unknown_size_is_refused(town: Office):
    with pytest.raises(Invalid, match="community"):
        build(town, "planet")


def test_the_progress_goes_from_nothing_to_all_in_words(tmp_path: Path):
    told: list[tuple[float, str]] = []
    office = empty(tmp_path)
    build(office, "grid", 1, lambda share, words: told.append((share, words)))
    shares = [share for share, _words in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(words for _share, words in told)
    office.close()


def test_the_counts_are_those_of_the_tables(tmp_path: Path):
    office = empty(tmp_path)
    counts = build(office, "grid", 1, today=TODAY)
    with office.reader.connect() as connection:
        for table, count in counts.items():
            found = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            grows = table in ("field_change", "search_doc")  # commands add to the past and to the search
            assert found == count or (grows and found > count), table
    assert 220 <= counts["person"] <= 420
    assert counts["area"] == 3 + 2 + 1
    office.close()


def test_every_link_leads_somewhere_and_the_file_is_sound(town: Office, rows: Rows):
    assert rows("PRAGMA foreign_key_check") == []
    assert rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    heads = "SELECT h.id FROM household h LEFT JOIN person p ON p.id = h.head_id AND p.household_id = h.id "
    assert rows(heads + "WHERE p.id IS NULL OR p.relation <> '02'") == []
    with town.reader.connect() as connection:
        connection.exec_driver_sql("INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)")


def test_households_and_houses_count_who_lives_there(rows: Rows):
    members = rows("SELECT household_id FROM person WHERE household_id IS NOT NULL")
    sizes = Counter(r["household_id"] for r in members)
    assert {r["id"]: r["size"] for r in rows("SELECT id, size FROM household")} == sizes
    living = Counter(r["house_id"] for r in rows("SELECT house_id FROM residence WHERE to_on IS NULL"))
    houses = rows("SELECT id, residents FROM house WHERE residents > 0")
    assert {r["id"]: r["residents"] for r in houses} == living


def test_people_stand_in_the_grid_of_their_house_and_only_homes_are_lived_in(rows: Rows):
    assert (
        rows(
            "SELECT p.id FROM person p JOIN residence r ON r.person_id = p.id AND r.to_on IS NULL "
            "JOIN house h ON h.id = r.house_id WHERE p.area <> h.area OR r.area <> h.area OR p.state <> 'here'"
        )
        == []
    )
    states = rows("SELECT DISTINCT state FROM house WHERE residents > 0")
    assert {r["state"] for r in states} == {"owned", "rented"}
    assert rows("SELECT id FROM person WHERE state = 'here' AND household_id IS NULL") == []


def test_nobody_lives_anywhere_before_birth_or_twice_at_a_time(rows: Rows):
    together = "SELECT 1 FROM residence r JOIN person p ON p.id = r.person_id "
    assert rows(together + "WHERE r.from_on < p.birth") == []
    assert (
        rows(
            "SELECT 1 FROM residence a JOIN residence b ON a.person_id = b.person_id AND a.id < b.id "
            "WHERE a.from_on <= coalesce(b.to_on, '9999') AND b.from_on <= coalesce(a.to_on, '9999')"
        )
        == []
    )


def test_the_past_of_a_house_can_be_asked(rows: Rows):
    assert rows("SELECT 1 FROM residence WHERE to_on IS NOT NULL AND from_on <= to_on")
    assert rows("SELECT 1 FROM residence WHERE from_on > to_on") == []
    assert {r["state"] for r in rows("SELECT DISTINCT state FROM person")} >= {"here", "away"}


def test_every_role_can_sign_in_with_the_one_password(rows: Rows):
    accounts = rows("SELECT login, role, area, password_hash, must_change, approved_by FROM account")
    assert {a["role"] for a in accounts} == {name for name, role in roles().items() if not role.internal}
    assert {a["approved_by"] for a in accounts} == {"demo"}
    assert not any(a["must_change"] for a in accounts)
    assert fits(accounts[0]["password_hash"], password())
    areas = {r["area"] for r in rows("SELECT area FROM area")}
    assert {a["area"] for a in accounts} <= areas


def test_a_larger_town_has_somebody_at_every_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from core.demo import plan

    monkeypatch.setitem(plan.SCALES, "two", plan.Scale(1, 2, 4, 2, 160))
    office = empty(tmp_path)
    counts = build(office, "two", 1, today=TODAY)
    with office.reader.connect() as connection:
        found = Counter(connection.exec_driver_sql("SELECT role FROM account").scalars())
        who = set(connection.exec_driver_sql("SELECT DISTINCT verified_by FROM house").scalars())
        logins = set(connection.exec_driver_sql("SELECT login FROM account").scalars())
    assert (found["grid_worker"], found["clerk"]) == (1 + 4, 1 + 2)
    assert counts["area"] == 1 + 1 + 2 + 4 + 2
    assert who - {""} <= logins
    office.close()


def test_the_search_box_finds_people_by_name_and_number_and_houses_by_address(town: Office, rows: Rows):
    actor = Actor("li", "clerk", "440599/001/001/")
    person = rows("SELECT id, name FROM person WHERE state = 'here' AND document_no IS NOT NULL LIMIT 1")[0]
    house = rows("SELECT id, address FROM house WHERE room <> '' LIMIT 1")[0]
    assert person["id"] in [hit.id for hit in search(town.uow(actor), person["name"])]
    assert house["id"] in [hit.id for hit in search(town.uow(actor), house["address"])]


def test_the_log_holds_a_line_for_each_table_and_verifies(town: Office, rows: Rows):
    assert audit.verify(town.reader).holds
    told = {r["about"] for r in rows("SELECT about FROM audit_entry WHERE outcome = 'loaded'")}
    assert {"person", "house", "search_doc", "account"} <= told
