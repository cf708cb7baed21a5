"""Restoring: never over an office, never from a wrong file, and the records are as they were."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from core.kernel.access import job
from core.kernel.backup import backup
from core.kernel.crypto import Keyring, write_key_file
from core.kernel.lease import hold
from core.kernel.opening import open_office
from core.kernel.problems import Invalid, Unavailable
from core.kernel.restoring import restore
from core.kernel.rotation import rotate
from tests.offices import chosen, identity, office_in, packed, people, phone, rows, take_in


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A backup, without keys, of an office with two people in `old`; `old` got a third one since."""
    office = office_in(tmp_path / "old", people=2)
    path = backup(office, tmp_path / "saved.zip")
    office.close()
    shutil.copyfile(tmp_path / "old" / "office.db", tmp_path / "two.db")
    office_in_with_third(tmp_path / "old")
    return path


def office_in_with_third(folder: Path) -> None:
    """One more person in the office of a folder."""
    office = office_in(folder)
    take_in(office.uow(job("test")), 2)
    office.close()


def count(folder: Path) -> int:
    """People in the database file of a folder."""
    ((number,),) = rows(folder / "office.db", "SELECT count(*) FROM person")
    return int(number)


def test_an_office_comes_back_in_an_empty_folder(tmp_path: Path, saved: Path) -> None:
    done = restore(chosen(tmp_path / "new"), saved)
    assert (done.database, done.aside) == (str(tmp_path / "new" / "office.db"), "")
    assert str(tmp_path / "new" / "keys.txt") in done.warning
    with pytest.raises(Unavailable):
        open_office(chosen(tmp_path / "new"))
    shutil.copyfile(tmp_path / "old" / "keys.txt", tmp_path / "new" / "keys.txt")
    office = office_in(tmp_path / "new")
    assert people(office) == {"林0": (identity(0), phone(0)), "林1": (identity(1), phone(1))}
    office.close()


def test_an_office_that_is_there_stays_unless_replace_is_said(tmp_path: Path, saved: Path) -> None:
    before = (tmp_path / "old" / "office.db").read_bytes()
    with pytest.raises(Invalid):
        restore(chosen(tmp_path / "old"), saved)
    assert (tmp_path / "old" / "office.db").read_bytes() == before


def test_with_replace_the_old_database_moves_aside_whole(tmp_path: Path, saved: Path) -> None:
    done = restore(chosen(tmp_path / "old"), saved, replace=True)
    assert done.warning == ""
    assert (count(tmp_path / "old"), count(Path(done.aside))) == (2, 3)
    office = office_in(tmp_path / "old")
    assert len(people(office)) == 2
    office.close()


def test_what_was_not_written_back_yet_moves_aside_too(tmp_path: Path, saved: Path) -> None:
    folder = tmp_path / "crashed"
    office = office_in(folder, people=3)
    for name in ("office.db", "office.db-wal"):
        shutil.copyfile(folder / name, tmp_path / name)
    office.close()
    for name in ("office.db", "office.db-wal"):
        shutil.copyfile(tmp_path / name, folder / name)
    done = restore(chosen(folder), saved, replace=True)
    assert count(Path(done.aside)) == 3
    assert not (folder / "office.db-wal").exists()


def test_a_running_office_is_not_restored_over(tmp_path: Path, saved: Path) -> None:
    with hold(chosen(tmp_path / "old")), pytest.raises(Unavailable):
        restore(chosen(tmp_path / "old"), saved, replace=True)
    assert count(tmp_path / "old") == 3


def test_a_copy_from_before_a_migration_can_be_restored(tmp_path: Path, saved: Path) -> None:
    restore(chosen(tmp_path / "old"), tmp_path / "two.db", replace=True)
    assert count(tmp_path / "old") == 2


def test_keys_in_the_backup_are_taken_when_there_are_no_others(tmp_path: Path) -> None:
    office = office_in(tmp_path / "old", people=1)
    path = backup(office, tmp_path / "full.zip", with_keys=True)
    office.close()
    assert restore(chosen(tmp_path / "new"), path).warning == ""
    office = office_in(tmp_path / "new")
    assert people(office) == {"林0": (identity(0), phone(0))}
    office.close()


def test_keys_that_do_not_fit_are_kept_aside(tmp_path: Path) -> None:
    office = office_in(tmp_path / "old", people=1)
    path = backup(office, tmp_path / "full.zip", with_keys=True)
    office.close()
    other = Keyring({"k1": b"x" * 32})
    write_key_file(tmp_path / "new" / "keys.txt", other)
    assert restore(chosen(tmp_path / "new"), path).warning == ""
    (aside,) = (tmp_path / "new").glob("keys-replaced-*.txt")
    assert aside.read_text("utf-8") == other.text()
    office_in(tmp_path / "new").close()


def test_a_backup_from_before_a_change_of_keys_opens_with_the_new_file(tmp_path: Path, saved: Path) -> None:
    office = office_in(tmp_path / "old")
    rotate(office)
    office.close()
    assert restore(chosen(tmp_path / "old"), saved, replace=True).warning == ""
    office = office_in(tmp_path / "old")
    assert people(office) == {"林0": (identity(0), phone(0)), "林1": (identity(1), phone(1))}
    assert office.ring.current == "k1"
    office.close()


def test_a_backup_of_another_office_is_restored_with_a_warning(tmp_path: Path, saved: Path) -> None:
    write_key_file(tmp_path / "new" / "keys.txt", Keyring({"k1": b"x" * 32}))
    assert restore(chosen(tmp_path / "new"), saved).warning


def repacked(source: Path, target: Path, name: str, content: bytes | None) -> Path:
    """The backup with one part changed, or left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
            elif content is not None:
                new.writestr(part, content)
    return target


def wrong_files(saved: Path, tmp_path: Path) -> list[Path]:
    """Files that are no backup of ours any more."""
    text, truncated, image = tmp_path / "text.zip", tmp_path / "cut.zip", tmp_path / "notes.db"
    text.write_text("hello")
    truncated.write_bytes(saved.read_bytes()[:-2000])
    rows(image, "CREATE TABLE meta (name TEXT, value TEXT)")
    flipped = bytearray(saved.read_bytes())
    flipped[len(flipped) // 2] ^= 0xFF
    (tmp_path / "flipped.zip").write_bytes(flipped)
    database = packed(saved, "office.db")
    return [
        text,
        truncated,
        image,
        tmp_path / "flipped.zip",
        tmp_path / "absent.zip",
        tmp_path,
        repacked(saved, tmp_path / "other.zip", "office.db", database.replace("林".encode(), "黄".encode())),
        repacked(saved, tmp_path / "without.zip", "office.db", None),
        repacked(saved, tmp_path / "untold.zip", "manifest.json", None),
    ]


def test_a_wrong_or_damaged_file_is_refused_and_the_office_untouched(tmp_path: Path, saved: Path) -> None:
    before = (tmp_path / "old" / "office.db").read_bytes()
    for path in wrong_files(saved, tmp_path):
        with pytest.raises(Invalid):
            restore(chosen(tmp_path / "old"), path, replace=True)
    assert (tmp_path / "old" / "office.db").read_bytes() == before
    assert not list((tmp_path / "old").glob(".lingrid-*"))


def test_a_backup_of_a_newer_program_is_refused(tmp_path: Path, saved: Path) -> None:
    rows(tmp_path / "two.db", "UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(Invalid, match="0999"):
        restore(chosen(tmp_path / "new"), tmp_path / "two.db")
    assert not (tmp_path / "new" / "office.db").exists()


def test_a_backup_writes_nowhere_but_where_it_belongs(tmp_path: Path, saved: Path) -> None:
    evil = repacked(saved, tmp_path / "evil.zip", "none", None)
    with zipfile.ZipFile(evil, "a") as archive:
        archive.writestr("../outside.txt", "x")
        archive.writestr("keys.txt", Keyring({"k1": b"x" * 32}).text())
    restore(chosen(tmp_path / "new"), evil)
    assert not list(tmp_path.rglob("outside.txt"))
    assert not (tmp_path / "new" / "keys.txt").exists()
    assert json.loads(packed(evil, "manifest.json"))["with_keys"] is False
