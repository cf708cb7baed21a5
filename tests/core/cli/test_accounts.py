"""Areas and accounts: how a real community begins, and what cannot be done is a sentence."""

from pathlib import Path

import pytest

from core.accounts import door
from core.kernel import database
from tests.core.cli.conftest import Run, said
from tests.offices import office_in


def community(run: Run) -> None:
    """An office with the areas of a district."""
    run("areas", "load", "--shipped", "shantou", "--root", "440512")


def test_a_real_community_starts_with_areas_and_an_administrator(tmp_path: Path, run: Run) -> None:
    assert said(run("areas", "load", "--shipped", "shantou", "--root", "440512", "--json"))["added"] == 69
    made = said(run("user", "add", "admin", "--name", "管理员", "--role", "system_admin", "--json"))
    (line,) = said(run("user", "list", "--json"))
    facts = [line[name] for name in ("login", "role", "area", "state")]
    assert facts == ["admin", "system_admin", "440512/", "active"]
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


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
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
    ],
)
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
