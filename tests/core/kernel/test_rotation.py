"""Changing the key: everything is readable and findable afterwards, and a crash at any point does no harm."""

import base64
from pathlib import Path

import pytest
from sqlalchemy import text

from core.kernel import audit, rotation
from core.kernel.access import Actor, job, roles
from core.kernel.database import Office
from core.kernel.lease import hold
from core.kernel.opening import open_office
from core.kernel.problems import Unavailable
from core.kernel.rotation import rotate, sealed_columns
from core.kernel.search import search
from tests.offices import chosen, identity, office_in, people, phone, rows, run_python, take_in

EVERYBODY = {f"林{n}": (identity(n), phone(n)) for n in range(5)}
CRASH = """
import os, sys
from pathlib import Path
import core.models
from core.kernel import rotation
from core.kernel.opening import open_office
from core.kernel.settings import Settings
rotation.BATCH = 2
office = open_office(Settings(data=Path(sys.argv[1]), demo="none"))
def die(done, total):
    if done >= int(sys.argv[2]):
        os._exit(9)
rotation.rotate(office, die)
"""


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five people are several batches."""
    monkeypatch.setattr(rotation, "BATCH", 2)


def found(office: Office, words: str) -> list[str]:
    """Names that the search finds."""
    return [hit.title for hit in search(office.uow(job("test")), words)]


def assert_all_is_well(office: Office, key: str) -> None:
    """Everybody can be read and found, with this key and no other."""
    assert office.ring.current == key
    assert people(office) == EVERYBODY
    assert found(office, identity(3)) == found(office, phone(3)) == ["林3"]
    assert found(office, phone(3)[-4:]) == ["林3"]
    assert audit.verify(office.reader).holds
    with office.reader.connect() as connection:
        tokens = connection.execute(text("SELECT document_no, phone FROM person")).all()
    assert {token.partition(".")[0] for row in tokens for token in row} == {key}


def test_after_a_change_of_keys_everything_reads_and_is_found(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=5)
    steps: list[tuple[int, int]] = []
    done = rotate(office, lambda done, total: steps.append((done, total)))
    assert done == ("k2", 10, 5)
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1] >= 10
    assert_all_is_well(office, "k2")
    office.close()
    office = office_in(tmp_path)
    assert_all_is_well(office, "k2")
    office.close()


def test_no_mark_or_ciphertext_of_the_old_key_stays(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=5)
    old = office.ring
    wanted = "SELECT document_no, phone FROM person"
    before = {token.encode() for row in rows(tmp_path / "office.db", wanted) for token in row}
    before |= {old.index(identity(3), "document").encode(), old.tail(phone(3), "phone").encode()}
    rotate(office)
    office.close()
    stored = (tmp_path / "office.db").read_bytes()
    assert not [token for token in before if token in stored]


def test_people_without_numbers_are_passed_over(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=3)
    with office.writer.begin() as connection:
        without = "UPDATE person SET document_no = NULL, document_no_index = NULL WHERE name = '林1'"
        connection.execute(text(without))
    assert rotate(office).values == 5
    assert people(office)["林1"] == ("", phone(1))
    office.close()


def test_the_log_says_who_changed_the_key_and_old_lines_still_hold(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=5)
    before = audit.verify(office.reader).lines
    rotate(office)
    assert audit.verify(office.reader) == audit.Verdict(before + 1, ())
    office.close()
    wanted = "SELECT permission, who, role, about, key FROM audit_entry ORDER BY id DESC LIMIT 1"
    assert rows(tmp_path / "office.db", wanted) == [("key.rotate", "rotation", "job", "Key/k2", "k2")]


def test_it_may_be_done_again_and_again(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=5)
    assert [rotate(office).key for _n in range(3)] == ["k2", "k3", "k4"]
    assert_all_is_well(office, "k4")
    take_in(office.uow(job("test")), 5)
    assert found(office, identity(5)) == ["林5"]
    office.close()


@pytest.mark.parametrize("done", [0, 4, 6, 10])
def test_after_a_crash_in_the_middle_the_office_opens_and_all_is_readable(tmp_path: Path, done: int) -> None:
    office_in(tmp_path, people=5).close()
    assert run_python(CRASH, tmp_path, done).returncode == 9
    office = office_in(tmp_path)
    assert list(office.ring.masters) == ["k1", "k2"]
    assert_all_is_well(office, "k1")
    assert rotate(office).key == "k2"
    assert_all_is_well(office, "k2")
    office.close()


def test_trouble_in_the_middle_leaves_the_office_with_its_old_key(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=5)

    def trouble(done: int, total: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rotate(office, trouble)
    assert_all_is_well(office, "k1")
    office.close()


def test_a_value_that_does_not_open_stops_it_before_anything_changes(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=5)
    with office.writer.begin() as connection:
        connection.execute(text("UPDATE person SET phone = document_no WHERE name = '林4'"))
    with pytest.raises(Unavailable):
        rotate(office)
    assert people_but_last(office) == {f"林{n}": (identity(n), phone(n)) for n in range(4)}
    office.close()


def people_but_last(office: Office) -> dict[str, tuple[str, str]]:
    """Those whose numbers are whole."""
    with office.writer.begin() as connection:
        connection.execute(text("UPDATE person SET phone = NULL WHERE name = '林4'"))
    return {name: numbers for name, numbers in people(office).items() if name != "林4"}


def test_a_served_office_keeps_its_key(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=5)
    with hold(chosen(tmp_path)), pytest.raises(Unavailable):
        rotate(office)
    assert list(office.ring.masters) == ["k1"]
    assert_all_is_well(office, "k1")
    office.close()


def test_keys_from_the_environment_are_changed_by_appending_one(tmp_path: Path) -> None:
    first, second = (f"k{n}:{base64.b64encode(bytes([n]) * 32).decode()}" for n in (1, 2))
    office = open_office(chosen(tmp_path, keys=first))
    for number in range(5):
        take_in(office.uow(job("test")), number)
    with pytest.raises(Unavailable, match="k2"):
        rotate(office)
    office.close()
    office = open_office(chosen(tmp_path, keys=f"{first},{second}"))
    assert_all_is_well(office, "k1")
    rotate(office)
    assert_all_is_well(office, "k2")
    assert not (tmp_path / "keys.txt").exists()
    office.close()


def test_only_the_machine_itself_may_change_keys(tmp_path: Path) -> None:
    assert [name for name, role in roles().items() if "key.rotate" in role.may] == ["job"]
    assert not Actor("a", "system_admin", "440599/").may("key.rotate")


def test_every_sealed_column_has_its_marks_where_the_search_looks_for_them() -> None:
    found = {table.name: columns for table, columns in sealed_columns().items()}
    assert found["person"] == {"document_no": "document", "phone": "phone"}
    for table, columns in sealed_columns().items():
        searched = {name for name in columns if f"{name}_index" in table.columns}
        assert all(f"{name}_tail" in table.columns for name in searched - {"token"})  # scanned, never typed
        assert searched or table.name not in ("person", "organisation")


def test_a_table_that_nobody_imported_stops_it(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=1)
    with office.writer.begin() as connection:
        connection.execute(text("CREATE TABLE dog (id INTEGER, owner_phone TEXT)"))
    with pytest.raises(RuntimeError, match="dog"):
        rotate(office)
    assert people(office) == {"林0": EVERYBODY["林0"]}
    office.close()
