"""Settings: what is in force, what cannot be right, and the page about them."""

from pathlib import Path

import pytest

from core.cli.settings_table import markdown
from core.kernel.settings import ROOT
from tests.core.cli.conftest import Run, said


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
    assert (found["LINGRID_PORT"], found["LINGRID_LOCK_AFTER"]) == ("8800", "9")
    assert found["LINGRID_OIDC_CLIENT_SECRET"] == "***"
    assert "geheim" not in result.output


def test_the_page_of_settings_is_current(run: Run) -> None:
    assert run("settings", "--markdown", port="8800").stdout == markdown()
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == markdown()


def test_the_password_of_a_database_is_not_printed(run: Run) -> None:
    result = run("settings", database_url="postgresql://lingrid:geheim-2026@host/office")
    assert "geheim-2026" not in result.output
    assert "postgresql://lingrid:***@host/office" in result.output
