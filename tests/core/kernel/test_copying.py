"""An office moves between the databases whole: by copying, and by a backup of one restored in the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from core.kernel import audit, copying, migrate
from core.kernel.access import job
from core.kernel.backup import backup, read_manifest
from core.kernel.database import Office
from core.kernel.lease import hold
from core.kernel.moving import move
from core.kernel.opening import open_office
from core.kernel.problems import Clash, Invalid, Unavailable
from core.kernel.restoring import restore
from core.kernel.rotation import rotate
from core.kernel.search import search
from core.kernel.settings import Settings
from tests import stores
from tests.core.kernel.test_restoring import wrong_files
from tests.offices import chosen, identity, office_in, people, phone, take_in

THREE = {f"林{n}": (identity(n), phone(n)) for n in range(3)}


@pytest.fixture
def goal(databases: stores.Databases, tmp_path: Path) -> Iterator[Settings]:
    """An office on PostgreSQL in the same folder, not opened yet."""
    yield chosen(tmp_path, database_url=databases.fresh(tmp_path).url)
    databases.tidy()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Office]:
    """An office of three on SQLite."""
    office = office_in(tmp_path, people=3)
    yield office
    office.close()


def well(chosen_: Settings) -> Office:
    """The office of the settings, open; people, search and log are as they were, and it goes on."""
    office = open_office(chosen_)
    assert people(office) == THREE
    assert [hit.title for hit in search(office.uow(job("test")), phone(1))] == ["林1"]
    assert audit.verify(office.reader).holds
    take_in(office.uow(job("test")), 7)
    assert len(people(office)) == 4
    return office


def test_an_office_moves_to_postgresql_and_back(small: Office, goal: Settings, tmp_path: Path) -> None:
    heard: list[float] = []
    moved = move(small, goal.url, heard.append)
    counts = {one.table: one.rows for one in moved}
    assert counts["person"] == counts["search_doc"] == 3
    assert heard == sorted(heard)
    office = well(goal)
    back = f"sqlite:///{(tmp_path / 'back' / 'office.db').as_posix()}"
    again = {one.table: one for one in move(office, back)}
    assert again["meta"] in moved
    assert again["person"].rows == 4
    office.close()
    returned = open_office(chosen(tmp_path, database_url=back))
    assert len(people(returned)) == 4
    assert audit.verify(returned.reader).holds
    returned.close()


def test_a_move_ends_in_an_empty_database_only(small: Office, goal: Settings) -> None:
    move(small, goal.url)
    with pytest.raises(Clash):
        move(small, goal.url)
    assert len(people(well(goal))) == 4


def test_a_served_office_is_not_moved(small: Office, goal: Settings) -> None:
    with hold(small.settings), pytest.raises(Unavailable):
        move(small, goal.url)
    with hold(goal), pytest.raises(Unavailable):
        move(small, goal.url)


def test_a_move_that_goes_wrong_leaves_nothing(
    small: Office, goal: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = copying._look
    monkeypatch.setattr(
        copying, "_look", lambda c, one, s: copying.Moved(one.name, look(c, one, s).rows, "x")
    )
    with pytest.raises(Unavailable, match="person"):
        move(small, goal.url)
    monkeypatch.setattr(copying, "_look", look)
    move(small, goal.url)
    well(goal).close()


def test_two_files_are_no_move(small: Office, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        move(small, f"sqlite:///{(tmp_path / 'other.db').as_posix()}")


def test_a_changed_character_changes_the_digest(small: Office) -> None:
    def digest() -> str:
        with small.reader.connect() as connection:
            tables = {one.name: one for one in copying.tables_of(connection)}
            return copying._look(connection, tables["person"], copying._Steps(1, lambda share: None)).digest

    before = digest()
    with small.writer.begin() as connection:
        connection.execute(text("UPDATE person SET sex = '9'"))
    assert digest() != before


# --- backups ----------------------------------------------------------------------------------------------


def test_a_backup_of_sqlite_is_restored_in_postgresql(small: Office, goal: Settings, tmp_path: Path) -> None:
    path = backup(small, tmp_path / "saved.zip")
    done = restore(goal, path)
    assert done.warning == done.aside == ""
    well(goal).close()


def test_a_backup_of_postgresql_is_restored_in_sqlite_and_in_postgresql(
    small: Office, goal: Settings, tmp_path: Path
) -> None:
    move(small, goal.url)
    office = open_office(goal)
    path = backup(office, tmp_path / "saved.zip", with_keys=True)
    assert read_manifest(path).counts["person"] == 3
    take_in(office.uow(job("test")), 5)
    office.close()
    assert restore(chosen(tmp_path / "new"), path).warning == ""
    well(chosen(tmp_path / "new")).close()
    with pytest.raises(Invalid):
        restore(goal, path)
    assert restore(goal, path, replace=True).aside
    well(goal).close()


def test_the_tables_from_before_a_restore_stay_in_a_schema_of_their_own(
    small: Office, goal: Settings, tmp_path: Path
) -> None:
    path = backup(small, tmp_path / "saved.zip")
    restore(goal, path)
    office = open_office(goal)
    take_in(office.uow(job("test")), 5)
    office.close()
    restore(goal, path, replace=True)
    office = well(goal)
    with office.reader.connect() as connection:
        asked = text("SELECT schemaname FROM pg_tables WHERE tablename = 'person' AND schemaname <> 'public'")
        aside = connection.execute(asked).scalar()
        assert connection.execute(text(f'SELECT count(*) FROM "{aside}".person')).scalar() == 4
    office.close()


def test_a_wrong_file_changes_nothing(small: Office, goal: Settings, tmp_path: Path) -> None:
    path = backup(small, tmp_path / "saved.zip")
    restore(goal, path)
    for wrong in wrong_files(path, tmp_path):
        with pytest.raises(Invalid):
            restore(goal, wrong, replace=True)
    well(goal).close()


def test_a_served_office_is_not_restored_over(small: Office, goal: Settings, tmp_path: Path) -> None:
    path = backup(small, tmp_path / "saved.zip")
    restore(goal, path)
    with hold(goal), pytest.raises(Unavailable):
        restore(goal, path, replace=True)
    well(goal).close()


def test_before_its_tables_change_a_database_is_copied_to_a_file(
    small: Office, goal: Settings, tmp_path: Path
) -> None:
    move(small, goal.url)
    office = open_office(goal)
    copy = migrate._copy_before(office, "now")
    office.close()
    restore(chosen(tmp_path / "copied", keys=small.ring.text().splitlines()[-1]), copy)
    well(chosen(tmp_path / "copied", keys=small.ring.text().splitlines()[-1])).close()


def test_keys_change_on_postgresql_too(small: Office, goal: Settings) -> None:
    move(small, goal.url)
    office = open_office(goal)
    done = rotate(office)
    assert (done.key, done.documents) == ("k2", 3)
    with office.reader.connect() as connection:
        tokens = connection.execute(text("SELECT document_no FROM person")).scalars().all()
    assert {token.partition(".")[0] for token in tokens} == {"k2"}
    office.close()
    well(goal).close()
