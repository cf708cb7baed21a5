"""Backups, the audit log and keys from the command line."""

import sqlite3
from contextlib import closing
from pathlib import Path

from core.kernel.lease import hold
from tests.core.cli.conftest import Run, said
from tests.offices import chosen, office_in, people, rows


def test_a_backup_goes_and_comes_back(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path, people=2).close()
    file = Path(said(run("backup", "--json"))["file"])
    assert [Path(one["path"]).name for one in said(run("backup", "--list", "--json"))] == [file.name]
    assert file.name in run("backup", "--list").stdout
    run("restore", file, code=2)
    done = said(run("restore", file.name, "--replace", "--json"))
    assert rows(Path(done["aside"]) / "office.db", "SELECT count(*) FROM person") == [(2,)]
    wanted = "SELECT permission, who, about FROM audit_entry ORDER BY id DESC LIMIT 1"
    assert rows(tmp_path / "office.db", wanted) == [("backup.restore", "cli", f"Backup/{file.name}")]


def test_a_backup_with_keys_is_warned_of(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path).close()
    speaks_english = run("backup", tmp_path / "a.zip", "--with-keys", language="en")
    assert "Lock it away" in speaks_english.stdout


def test_a_restored_office_without_its_keys_is_a_warning_and_exit_code_one(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path / "old", people=1).close()
    file = Path(said(run("backup", tmp_path / "saved.zip", "--json", data=str(tmp_path / "old")))["file"])
    assert "keys.txt" in run("restore", file, code=1).stderr


def test_a_tampered_log_line_is_named_and_the_exit_code_is_one(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path, people=4).close()
    assert said(run("audit", "verify", "--json")) == {"lines": 4, "broken": [], "holds": True}
    with closing(sqlite3.connect(tmp_path / "office.db")) as connection:
        connection.execute("DROP TRIGGER audit_entry_no_update")
        connection.execute("UPDATE audit_entry SET who = 'nobody' WHERE id = 3")
        connection.commit()
    assert said(run("audit", "verify", "--json", code=1))["broken"] == [[3, "changed"]]
    assert "3" in run("audit", "verify", code=1).stdout


def test_the_key_can_be_changed_but_not_under_a_server(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path, people=2).close()
    assert said(run("key", "rotate", "--json")) == {"key": "k2", "values": 4, "documents": 2}
    with hold(chosen(tmp_path)):
        assert run("key", "rotate", code=2).stdout == ""
    office = office_in(tmp_path)
    assert len(people(office)) == 2
    office.close()
