"""Backups: whole and consistent while people work, and they say what they are."""

import json
import os
import stat
import zipfile
from pathlib import Path
from threading import Event, Thread

import pytest

from core.kernel import files
from core.kernel.access import job
from core.kernel.audit import verify
from core.kernel.backup import backup, list_backups, read_manifest
from core.kernel.problems import Invalid, Unavailable
from core.kernel.restoring import restore
from core.kernel.revisions import revisions
from tests.offices import chosen, identity, office_in, packed, people, rows, take_in


def test_a_backup_says_what_is_in_it(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office", people=3)
    path = backup(office)
    told = read_manifest(path)
    assert path.parent == tmp_path / "office" / "backups"
    assert (told.product, told.revision, told.key, told.with_keys) == (
        "LinGrid",
        revisions()[-1],
        "k1",
        False,
    )
    assert told.counts["person"] == told.counts["search_doc"] == 3
    assert len(packed(path, "office.db")) == told.size
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    office.close()


def test_the_keys_are_in_it_only_when_asked(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office", people=1)
    without = backup(office, tmp_path / "without.zip")
    with_keys = backup(office, tmp_path / "with.zip", with_keys=True)
    assert packed(with_keys, "keys.txt") == (tmp_path / "office" / "keys.txt").read_bytes()
    with pytest.raises(KeyError):
        packed(without, "keys.txt")
    office.close()


def test_the_audit_log_knows_of_the_backup(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    path = backup(office)
    office.close()
    wanted = "SELECT permission, about FROM audit_entry ORDER BY id DESC LIMIT 1"
    assert rows(tmp_path / "office.db", wanted) == [("backup.make", f"Backup/{path.name}")]


def test_a_backup_never_overwrites_and_leaves_nothing_behind(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office")
    there = tmp_path / "kept" / "mine.zip"
    there.parent.mkdir()
    there.write_text("something else")
    with pytest.raises(Invalid):
        backup(office, there)
    into_folder = backup(office, there.parent)
    assert there.read_text() == "something else"
    assert sorted(p.name for p in there.parent.iterdir()) == sorted([there.name, into_folder.name])
    office.close()


def test_a_backup_taken_while_people_save_is_whole_and_consistent(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office", people=2)
    started, enough = Event(), Event()

    def save() -> None:
        for number in range(2, 1000):
            take_in(office.uow(job("writer")), number)
            started.set()
            if enough.is_set():
                return

    writer = Thread(target=save)
    writer.start()
    started.wait()
    paths = [backup(office, tmp_path / f"{n}.zip") for n in range(3)]
    enough.set()
    writer.join()
    saved = len(people(office))
    office.close()
    for path in paths:
        restore(chosen(tmp_path / path.stem), path)
        (tmp_path / path.stem / "keys.txt").write_bytes((tmp_path / "office" / "keys.txt").read_bytes())
        copy = office_in(tmp_path / path.stem)
        found, counts = people(copy), read_manifest(path).counts
        assert 2 < len(found) == counts["person"] == counts["search_doc"] <= saved
        assert all(number == identity(int(name[1:])) for name, (number, _phone) in found.items())
        assert verify(copy.reader).lines == counts["audit_entry"]
        assert verify(copy.reader).holds
        copy.close()


def test_a_damaged_database_is_not_backed_up_as_if_it_were_well(tmp_path: Path) -> None:
    office_in(tmp_path / "office", people=1).close()
    database = tmp_path / "office" / "office.db"
    ((root,),) = rows(database, "SELECT rootpage FROM sqlite_schema WHERE name = 'ix_person_name'")
    ((size,),) = rows(database, "PRAGMA page_size")
    with database.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    office = office_in(tmp_path / "office")
    with pytest.raises(Unavailable):
        backup(office, tmp_path / "kept.zip")
    office.close()
    assert not (tmp_path / "kept.zip").exists()


def test_the_list_shows_the_newest_first_and_names_the_damaged(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    paths = [backup(office, tmp_path / "backups" / f"{n}.zip") for n in range(2)]
    office.close()
    broken = tmp_path / "backups" / "broken.zip"
    broken.write_text("no zip")
    for age, path in enumerate((broken, *reversed(paths))):
        os.utime(path, (1_800_000_000 - age, 1_800_000_000 - age))
    found = list_backups(chosen(tmp_path))
    assert [(one.path.name, one.is_damaged) for one in found] == [
        ("broken.zip", True),
        ("1.zip", False),
        ("0.zip", False),
    ]
    assert found[1].manifest == read_manifest(paths[1])


@pytest.mark.parametrize("told", [{}, [], {"product": "LinGrid"}, "not json", {"extra": 1}])
def test_a_zip_of_something_else_is_no_backup(tmp_path: Path, told: object) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", told if isinstance(told, str) else json.dumps(told))
    with pytest.raises(Invalid, match=r"other\.zip"):
        read_manifest(path)


def test_photos_come_along_and_come_back_as_sealed_as_they_were(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office")
    digest = files.put(office, b"a picture of the door")
    path = backup(office, tmp_path / "all.zip", with_keys=True)
    office.close()
    assert read_manifest(path).files == 1
    assert b"picture" not in packed(path, f"files/{digest[:2]}/{digest}")
    restore(chosen(tmp_path / "new"), path)
    again = office_in(tmp_path / "new")
    assert files.read(again, digest) == b"a picture of the door"
    again.close()


def test_a_backup_brings_nothing_but_its_own_files(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office")
    path = backup(office, tmp_path / "all.zip", with_keys=True)
    office.close()
    with zipfile.ZipFile(path, "a") as archive:
        for name in ("files/ab/../../evil", "files/ab/short", "../evil", "files/ab/" + "a" * 64 + ".small"):
            archive.writestr(name, b"evil")
    restore(chosen(tmp_path / "new"), path)
    found = [one for one in tmp_path.rglob("*") if one.is_file() and one.read_bytes() == b"evil"]
    assert not found
