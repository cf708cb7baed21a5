"""The command line: what it does, what it prints, and that trouble is a sentence and an exit code."""

import json
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from core.accounts import door
from core.cli import serving
from core.cli.app import app
from core.cli.settings_table import markdown
from core.kernel import database
from core.kernel.crypto import Keyring, write_key_file
from core.kernel.i18n import speak
from core.kernel.lease import hold
from core.kernel.settings import ROOT, settings
from core.starting import build
from tests.offices import chosen, office_in, people, rows, run_python

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command for the office in tmp_path; nobody sees a traceback."""
    monkeypatch.setenv("LINGRID_DATA", str(tmp_path))
    monkeypatch.setenv("LINGRID_DEMO", "none")

    def invoke(*arguments: object, code: int = 0, **variables: str) -> Result:
        settings.cache_clear()
        env = {f"LINGRID_{name.upper()}": value for name, value in variables.items()}
        result = CliRunner().invoke(app, [str(each) for each in arguments], env=env)
        assert result.exit_code == code, result.output + repr(result.exception)
        assert "Traceback" not in result.output
        return result

    yield invoke
    settings.cache_clear()
    database.use(None)
    speak("zh_CN")


def said(result: Result) -> Any:
    """What was printed, as JSON."""
    return json.loads(result.stdout)


def community(run: Run) -> None:
    """An office with the areas of a district."""
    run("areas", "load", "--shipped", "shantou", "--root", "440512")


# --- areas and accounts ------------------------------------------------------------


def test_a_real_community_starts_with_areas_and_an_administrator_who_can_sign_in(tmp_path: Path, run: Run) -> None:
    assert said(run("areas", "load", "--shipped", "shantou", "--root", "440512", "--json"))["added"] == 69
    made = said(run("user", "add", "admin", "--name", "管理员", "--role", "system_admin", "--json"))
    (line,) = said(run("user", "list", "--json"))
    assert (line["login"], line["role"], line["area"], line["state"]) == ("admin", "system_admin", "440512/", "active")
    office = office_in(tmp_path)
    database.use(office)
    assert door.sign_in(door.gate(), "admin", made["password"])
    office.close()


def test_an_account_may_stand_in_an_area_named_by_its_code(run: Run) -> None:
    community(run)
    run("user", "add", "chen", "--name", "陈", "--role", "lead", "--area", "440512001")
    assert [line["area"] for line in said(run("user", "list", "--json"))] == ["440512/001/"]


def test_a_reset_prints_a_new_password(tmp_path: Path, run: Run) -> None:
    community(run)
    first = said(run("user", "add", "chen", "--name", "陈", "--role", "lead", "--json"))
    second = said(run("user", "reset", "chen", "--json"))
    assert second["login"] == "chen"
    assert second["password"] != first["password"]
    assert second["password"] not in (tmp_path / "office.db").read_bytes().decode("latin-1")


@pytest.mark.parametrize(("arguments", "why"), [
    (("user", "reset", "nobody"), "nobody"),
    (("user", "add", "chen", "--name", "陈", "--role", "lead", "--area", "440599"), "440599"),
    (("user", "add", "chen", "--name", "陈", "--role", "emperor"), ""),
    (("user", "add", "c h", "--name", "陈", "--role", "lead"), ""),
    (("areas", "load"), ""),
    (("areas", "load", "--shipped", "atlantis"), "shantou"),
    (("areas", "load", "absent.csv"), "absent.csv"),
    (("demo",), "LINGRID_DATA"),
    (("restore", "absent.zip"), "absent.zip"),
    (("backup", "README.md"), "README.md"),
])
def test_what_cannot_be_done_is_a_sentence_and_exit_code_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, arguments: tuple[str, ...], why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("here already", encoding="utf-8")
    community(run)
    run("user", "add", "admin", "--name", "管理员", "--role", "system_admin")
    result = run(*arguments, code=2)
    assert why in result.stderr
    assert result.stderr.strip()
    assert result.stdout == ""


def test_a_list_from_excel_on_windows_is_read(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "list.csv"
    text = "code,level,name,parent\r\n440599,county,示例区,\r\n440599001,street,海棠街道,440599\r\n"
    path.write_bytes(text.encode("gb18030"))
    assert said(run("areas", "load", path, "--json")) == {"added": 2, "changed": 0, "closed": 0, "same": 0}
    path.write_bytes(text.encode("utf-8-sig"))
    assert said(run("areas", "load", path, "--json"))["same"] == 2


def test_a_list_without_its_columns_names_them(tmp_path: Path, run: Run) -> None:
    (tmp_path / "list.csv").write_text("code,name\n440599,示例区\n", encoding="utf-8")
    assert "level, parent" in run("areas", "load", tmp_path / "list.csv", code=2).stderr


# --- backup, restore, log, keys ----------------------------------------------------


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


# --- check, migrate, settings ------------------------------------------------------


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


@pytest.mark.parametrize(("harm", "names"), [
    (_other_key, {"Keys", "Audit log"}),
    (lambda folder: (folder / "keys.txt").unlink(), {"Key file", "Keys", "Audit log"}),
    (_old_tables, {"Tables"}),
    (_cut_log, {"Audit log"}),
    (_no_database, {"Keys", "Tables", "Database", "Audit log"}),
])
def test_a_check_names_what_is_wrong(tmp_path: Path, run: Run, harm: Callable[[Path], None], names: set[str]) -> None:
    office_in(tmp_path, people=2).close()
    harm(tmp_path)
    assert wrong(run) == names


@pytest.mark.skipif(os.name == "nt", reason="files have no such mode there")
def test_a_key_file_that_others_can_read_is_named_and_left_as_it_is(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path).close()
    _open_key_file(tmp_path)
    assert wrong(run) == {"Key file"}
    assert stat.S_IMODE((tmp_path / "keys.txt").stat().st_mode) == 0o644


def test_migrate_says_what_it_did(tmp_path: Path, run: Run) -> None:
    assert said(run("migrate", "--json")) == {"before": "", "after": "0001", "copy": None}
    assert said(run("migrate", "--json")) == {"before": "0001", "after": "0001", "copy": None}


def test_trouble_with_the_database_is_a_sentence_for_every_command(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path).close()
    _no_database(tmp_path)
    for command in (("user", "list"), ("migrate",), ("backup",), ("audit", "verify"), ("key", "rotate"), ("serve",)):
        assert len(run(*command, code=2).stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(("name", "value"), [("port", "eighty"), ("port", "99999"), ("demo", "town")])
def test_a_setting_that_cannot_be_right_is_named(run: Run, name: str, value: str) -> None:
    assert f"LINGRID_{name.upper()}" in run("settings", code=2, **{name: value}).stderr


def test_a_broken_settings_file_is_a_sentence(tmp_path: Path, run: Run) -> None:
    (tmp_path / "settings.toml").write_text("port = = 1", encoding="utf-8")
    assert "settings.toml" in run("settings", code=2).stderr


def test_settings_show_what_is_in_force_but_no_secret(tmp_path: Path, run: Run) -> None:
    (tmp_path / "settings.toml").write_text("port = 8700\nlock_after = 9\n", encoding="utf-8")
    result = run("settings", "--json", port="8800", oidc_client_secret="geheim")
    found = {one["variable"]: one["value"] for one in said(result)}
    assert (found["LINGRID_PORT"], found["LINGRID_LOCK_AFTER"], found["LINGRID_OIDC_CLIENT_SECRET"]) == ("8800", "9", "***")
    assert "geheim" not in result.output


def test_the_page_of_settings_is_current(run: Run) -> None:
    assert run("settings", "--markdown", port="8800").stdout == markdown()
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == markdown()


# --- serve -------------------------------------------------------------------------


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """With which options the web server was started."""
    found: list[list[str]] = []
    monkeypatch.setattr(serving, "run_server", lambda office: found.append(list(serving.options(office.settings))))
    return found


def test_serving_prints_the_address_and_nothing_of_a_demo_that_is_not_there(run: Run, served: list[list[str]]) -> None:
    result = run("serve", port="8621", language="en")
    assert "http://localhost:8621" in result.stdout
    assert "password" not in result.stdout
    assert "--server.port=8621" in served[0]
    assert not [option for option in served[0] if "ssl" in option]


def test_the_demo_office_prints_its_sign_ins_and_how_to_go_on(
    tmp_path: Path, run: Run, served: list[list[str]]
) -> None:
    office = office_in(tmp_path)
    build(office, "grid", 1, None)
    office.close()
    printed = run("serve", demo="community", language="en").stdout
    for words in ("Linge-2026", "shenji", "LINGRID_DEMO", "LINGRID_SSL_CERT", "user add"):
        assert words in printed


def test_an_own_certificate_is_handed_on(tmp_path: Path, run: Run, served: list[list[str]]) -> None:
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    both = {"ssl_cert": str(tmp_path / "cert.pem"), "ssl_key": str(tmp_path / "key.pem")}
    assert "https://localhost:8501" in run("serve", address="0.0.0.0", **both).stdout
    assert {"--server.address=0.0.0.0", f"--server.sslCertFile={both['ssl_cert']}"} <= set(served[0])


@pytest.mark.parametrize("given", [{"ssl_cert": "cert.pem"}, {"ssl_cert": "absent.pem", "ssl_key": "absent.key"}])
def test_half_a_certificate_is_refused(run: Run, served: list[list[str]], given: dict[str, str]) -> None:
    run("serve", code=2, **given)
    assert served == []


def test_the_cookie_secret_is_the_same_in_every_process_and_changes_with_the_key() -> None:
    ring = Keyring({"k1": b"k" * 32})
    assert serving.cookie_secret(ring) == serving.cookie_secret(Keyring({"k1": b"k" * 32}))
    assert serving.cookie_secret(ring) != serving.cookie_secret(ring.with_new_key())
    assert len(serving.cookie_secret(ring)) == 64


def test_the_module_runs_as_a_program() -> None:
    result = run_python("import runpy, sys; sys.argv = ['core', '--help']; runpy.run_module('core', run_name='__main__')")
    assert result.returncode == 0
    for name in ("serve", "demo", "areas", "user", "migrate", "backup", "restore", "audit", "key", "check", "settings"):
        assert name in result.stdout
