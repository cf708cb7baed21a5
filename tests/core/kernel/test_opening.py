"""Opening an office: what is wrong with keys or database is said in a sentence, and nothing is lost."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from core.kernel import audit
from core.kernel.access import job
from core.kernel.crypto import Keyring, write_key_file
from core.kernel.opening import open_office
from core.kernel.problems import Unavailable
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.models import Person
from tests.offices import chosen, identity, office_in, people, phone, rows, take_in


def test_a_fresh_office_gets_its_keys_once_and_only_its_owner_reads_them(tmp_path: Path) -> None:
    office_in(tmp_path, people=1).close()
    keys = (tmp_path / "keys.txt").read_text("utf-8")
    office = office_in(tmp_path)
    assert people(office) == {"林0": (identity(0), phone(0))}
    office.close()
    assert (tmp_path / "keys.txt").read_text("utf-8") == keys
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "keys.txt").stat().st_mode) == 0o600


def test_numbers_do_not_lie_open_in_any_file_of_the_office(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=3)
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    office.close()
    assert "林2".encode() in stored
    assert identity(2).encode() not in stored
    assert phone(2).encode() not in stored


def test_without_its_key_file_an_office_does_not_open_and_makes_no_new_one(tmp_path: Path) -> None:
    office_in(tmp_path).close()
    (tmp_path / "keys.txt").rename(tmp_path / "elsewhere.txt")
    with pytest.raises(Unavailable, match=r"keys\.txt"):
        open_office(chosen(tmp_path))
    assert not (tmp_path / "keys.txt").exists()


@pytest.mark.parametrize("name", ["k1", "k2"])
def test_with_another_key_an_office_does_not_open(tmp_path: Path, name: str) -> None:
    office_in(tmp_path).close()
    write_key_file(tmp_path / "keys.txt", Keyring({name: b"x" * 32}))
    with pytest.raises(Unavailable, match=r"key|密钥"):
        open_office(chosen(tmp_path))


def test_keys_from_the_environment_are_enough(tmp_path: Path) -> None:
    office_in(tmp_path, people=1).close()
    keys = (tmp_path / "keys.txt").read_text("utf-8").splitlines()[-1]
    (tmp_path / "keys.txt").unlink()
    office = open_office(chosen(tmp_path, keys=keys))
    assert people(office) == {"林0": (identity(0), phone(0))}
    office.close()


def test_a_broken_database_is_a_sentence(tmp_path: Path) -> None:
    office_in(tmp_path).close()
    (tmp_path / "office.db").write_bytes(b"this is no database" * 1000)
    with pytest.raises(Unavailable):
        open_office(chosen(tmp_path))


def test_a_damaged_page_is_a_sentence_when_it_is_read(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=1)
    office.close()
    ((root,),) = rows(tmp_path / "office.db", "SELECT rootpage FROM sqlite_schema WHERE name = 'person'")
    ((size,),) = rows(tmp_path / "office.db", "PRAGMA page_size")
    with (tmp_path / "office.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    office = office_in(tmp_path)
    with pytest.raises(Unavailable):
        people(office)
    with pytest.raises(Unavailable):
        take_in(office.uow(job("test")), 1)
    office.close()


def test_a_read_only_database_is_a_sentence_for_whoever_saves(tmp_path: Path) -> None:
    office_in(tmp_path, people=1).close()
    url = f"sqlite:///file:{(tmp_path / 'office.db').as_posix()}?mode=ro&uri=true"
    office = open_office(chosen(tmp_path, database_url=url))
    assert len(people(office)) == 1
    with pytest.raises(Unavailable):
        take_in(office.uow(job("test")), 1)
    assert len(people(office)) == 1
    office.close()


@command("person.edit")
def take_in_many(uow: UnitOfWork) -> None:
    """More people than fit on the disk of the test."""
    for number in range(1, 400):
        take_in(uow, number)


def test_a_full_disk_is_a_sentence_and_nothing_is_half_saved(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=1)
    office.reader.dispose()
    event.listen(office.reader, "connect", lambda raw, _record: raw.execute("PRAGMA max_page_count=90"))
    with pytest.raises(Unavailable):
        take_in_many(office.uow(job("test")))
    with office.reader.connect() as connection:
        assert connection.execute(select(func.count()).select_from(Person)).scalar() == 1
    assert audit.verify(office.reader).holds
    assert people(office) == {"林0": (identity(0), phone(0))}
    office.close()


def test_the_data_folder_may_move(tmp_path: Path) -> None:
    office_in(tmp_path / "here", people=1).close()
    shutil.move(tmp_path / "here", tmp_path / "新 there")
    office = office_in(tmp_path / "新 there")
    assert len(people(office)) == 1
    office.close()


def tampered(path: Path, statement: str) -> None:
    """Change the log behind the program's back."""
    for verb in ("update", "delete"):
        rows(path, f"DROP TRIGGER audit_entry_no_{verb}")
    rows(path, statement)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_entry SET who = 'nobody' WHERE id = 3", [(3, "changed")]),
        ("UPDATE audit_entry SET changes = '{}' WHERE id = 2", [(2, "changed")]),
        ("DELETE FROM audit_entry WHERE id = 2", [(2, "missing")]),
        ("DELETE FROM audit_entry WHERE id > 3", [(4, "cut off")]),
        ("DELETE FROM audit_entry", [(1, "cut off")]),
        ("UPDATE audit_head SET last = last - 1", [(6, "cut off")]),
    ],
)
def test_a_tampered_log_is_named_line_by_line(
    tmp_path: Path, statement: str, broken: list[tuple[int, str]]
) -> None:
    office_in(tmp_path, people=5).close()
    tampered(tmp_path / "office.db", statement)
    office = office_in(tmp_path)
    assert list(audit.verify(office.reader).broken) == broken
    assert audit.head_holds(office.reader) == (broken[0][1] != "cut off")
    office.close()
