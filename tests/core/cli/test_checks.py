"""`check`: it names what is wrong and changes nothing."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.cli.app import app
from core.kernel.crypto import Keyring, write_key_file
from tests.core.cli.conftest import Run
from tests.offices import office_in, rows


def wrong(run: Run) -> set[str]:
    """Names of what a check finds wrong."""
    result = CliRunner().invoke(app, ["check", "--json"])
    found = {one["name"] for one in json.loads(result.stdout) if not one["is_well"]}
    assert result.exit_code == (1 if found else 0)
    return found


def test_a_well_office_passes_its_check(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path, people=1).close()
    assert wrong(run) == set()
    assert "OK" in run("check").stdout


def test_a_check_of_nothing_makes_nothing(tmp_path: Path, run: Run) -> None:
    assert wrong(run) == {"Database"}
    assert list(tmp_path.iterdir()) == []


def _open_key_file(folder: Path) -> None:
    (folder / "keys.txt").chmod(0o644)


def _other_key(folder: Path) -> None:
    write_key_file(folder / "keys.txt", Keyring({"k1": b"x" * 32}))


def _old_tables(folder: Path) -> None:
    rows(folder / "office.db", "UPDATE alembic_version SET version_num = '0000'")


def _cut_log(folder: Path) -> None:
    rows(folder / "office.db", "UPDATE audit_head SET last = 1")


def _no_database(folder: Path) -> None:
    (folder / "office.db").write_bytes(b"not a database at all" * 100)


@pytest.mark.parametrize(
    ("harm", "names"),
    [
        (_other_key, {"Keys", "Audit log"}),
        (lambda folder: (folder / "keys.txt").unlink(), {"Key file", "Keys", "Audit log"}),
        (_old_tables, {"Tables"}),
        (_cut_log, {"Audit log"}),
        (_no_database, {"Keys", "Tables", "Database", "Audit log"}),
    ],
)
def test_a_check_names_what_is_wrong(
    tmp_path: Path, run: Run, harm: Callable[[Path], None], names: set[str]
) -> None:
    office_in(tmp_path, people=2).close()
    harm(tmp_path)
    assert wrong(run) == names


@pytest.mark.skipif(os.name == "nt", reason="files have no such mode there")
def test_a_key_file_that_others_can_read_is_named_and_left_as_it_is(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path).close()
    _open_key_file(tmp_path)
    assert wrong(run) == {"Key file"}
    assert stat.S_IMODE((tmp_path / "keys.txt").stat().st_mode) == 0o644
