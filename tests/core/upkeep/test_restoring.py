"""A restore test tells a good backup from a damaged one, and leaves the office and its keys alone."""

import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.jobs.keeping import make_backup, try_backup
from core.kernel import access
from core.kernel.backup import DATABASE, MANIFEST, digest, folder, list_backups
from core.kernel.database import Office
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.upkeep.restoring import faults_of
from tests.conftest import create_tables
from tests.offices import office_in

pytestmark = pytest.mark.sqlite


def quiet(share: float, words: str = "") -> None:
    """A progress nobody hears."""


@pytest.fixture
def kept(tmp_path: Path) -> Office:
    """An office as the program opens it, with some people."""
    office = office_in(tmp_path, people=3)
    create_tables(office)
    yield office
    office.close()


def machine(office: Office) -> UnitOfWork:
    """The machine at work."""
    return office.uow(access.job("backup"))


def newest(office: Office) -> Path:
    """The newest backup."""
    return list_backups(office.settings)[0].path


def test_a_good_backup_is_restored_whole_and_nothing_is_left_behind(kept: Office) -> None:
    make_backup(machine(kept), quiet)
    before, key = sorted(folder(kept.settings).iterdir()), kept.ring.current
    assert try_backup(machine(kept), quiet) == {"file": newest(kept).name, "faults": []}
    assert sorted(folder(kept.settings).iterdir()) == before and kept.ring.current == key


def _repacked(path: Path, change: Callable[[Path], None], *, honest: bool) -> None:
    """Put a changed database into a backup; `honest` writes its new digest into the manifest."""
    work = path.parent / "work"
    work.mkdir()
    with zipfile.ZipFile(path) as archive:
        archive.extractall(work)
    was = digest(work / DATABASE)
    change(work / DATABASE)
    told = (work / MANIFEST).read_text()
    if honest:
        told = told.replace(was, digest(work / DATABASE))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MANIFEST, told)
        archive.write(work / DATABASE, DATABASE)
    shutil.rmtree(work)


def _sql(*statements: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return change


def _bytes(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 8000] = b"\0" * 8000
    path.write_bytes(raw)


HARM = {
    "changed by a byte": (_bytes, False),
    "damaged pages": (_bytes, True),
    "a person fewer": (_sql("DELETE FROM search_doc", "DELETE FROM person WHERE name = '林1'"), True),
    "a line of the log changed": (
        _sql("DROP TRIGGER audit_entry_no_update", "UPDATE audit_entry SET who = 'nobody' WHERE id = 2"),
        True,
    ),
}


@pytest.mark.parametrize("name", HARM)
def test_a_damaged_backup_is_told_with_what_is_wrong(kept: Office, name: str) -> None:
    make_backup(machine(kept), quiet)
    change, honest = HARM[name]
    _repacked(newest(kept), change, honest=honest)
    faults = faults_of(kept, newest(kept), quiet)
    assert faults and all(faults)


def test_a_file_that_is_no_backup_is_told(kept: Office) -> None:
    folder(kept.settings).mkdir(exist_ok=True)
    (folder(kept.settings) / "lingrid-x.zip").write_bytes(b"PK nothing")
    assert try_backup(machine(kept), quiet)["faults"]


def test_without_a_backup_there_is_nothing_to_test(kept: Office) -> None:
    with pytest.raises(Invalid):
        try_backup(machine(kept), quiet)


def test_old_backups_go_but_the_newest_seven_stay(kept: Office) -> None:
    import os
    import time

    make_backup(machine(kept), quiet)
    first = newest(kept)
    for n in range(9):
        copy = first.with_name(f"lingrid-old{n}.zip")
        shutil.copyfile(first, copy)
        os.utime(copy, (time.time() - 200 * 86400 - n,) * 2)
    first.unlink()
    told = make_backup(machine(kept), quiet)
    assert told["cleared"] == 3 and len(list_backups(kept.settings)) == 7
