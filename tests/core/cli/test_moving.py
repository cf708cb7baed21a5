"""`copy`: from a file to PostgreSQL by one command, said and compared table by table."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.kernel.lease import hold
from core.kernel.opening import open_office
from core.kernel.settings import Settings
from tests import stores
from tests.core.cli.conftest import Run, said
from tests.offices import chosen, office_in, people


@pytest.fixture
def goal(databases: stores.Databases, tmp_path: Path) -> Iterator[Settings]:
    """An office on PostgreSQL in the same folder, not opened yet."""
    yield chosen(tmp_path, database_url=databases.fresh(tmp_path).url)
    databases.tidy()


def test_an_office_is_copied_and_goes_on_there(tmp_path: Path, run: Run, goal: Settings) -> None:
    office_in(tmp_path, people=3).close()
    told = run("copy", "--to", goal.url).output
    assert "person" in told and f"LINGRID_DATABASE_URL={goal.url}" in told
    assert run("check", database_url=goal.url)
    office = open_office(goal)
    assert len(people(office)) == 3
    office.close()
    assert said(run("audit", "verify", "--json", database_url=goal.url))["holds"]


def test_a_database_that_is_missing_is_made(tmp_path: Path, run: Run, databases: stores.Databases) -> None:
    office_in(tmp_path, people=1).close()
    names = [f"lingrid_made_by_{verb}" for verb in ("copying", "restoring")]
    try:
        run("copy", "--to", databases.at(names[0]))
        made = said(run("backup", "--json", database_url=databases.at(names[0])))
        run("restore", made["file"], database_url=databases.at(names[1]))
        assert run("check", database_url=databases.at(names[1]))
    finally:
        for name in names:
            databases.do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_what_was_copied_comes_as_json_too(tmp_path: Path, run: Run, goal: Settings) -> None:
    office_in(tmp_path, people=2).close()
    tables = {one["table"]: one for one in said(run("copy", "--to", goal.url, "--json"))}
    assert tables["person"]["rows"] == 2
    assert len(tables["person"]["digest"]) == 32


def test_trouble_is_a_sentence(tmp_path: Path, run: Run, goal: Settings) -> None:
    office_in(tmp_path, people=1).close()
    run("copy", "--to", goal.url)
    run("copy", "--to", goal.url, code=2)
    run("copy", "--to", f"sqlite:///{(tmp_path / 'other.db').as_posix()}", code=2)
    run("copy", "--to", "mysql://localhost/office", code=2)
    run("copy", "--to", f"postgresql://postgres@127.0.0.1:{stores.free_port()}/office", code=2)
    with hold(chosen(tmp_path)):
        run("copy", "--to", goal.url, code=2)


def test_a_backup_of_postgresql_comes_and_goes_by_the_same_commands(
    tmp_path: Path, run: Run, goal: Settings
) -> None:
    office_in(tmp_path, people=3).close()
    run("copy", "--to", goal.url)
    made = said(run("backup", "--json", database_url=goal.url))
    run("restore", made["file"], database_url=goal.url, code=2)
    assert "replaced-" in run("restore", made["file"], "--replace", database_url=goal.url).output
    run("key", "rotate", database_url=goal.url)
    office = open_office(goal)
    assert len(people(office)) == 3
    office.close()
