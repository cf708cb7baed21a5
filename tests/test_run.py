"""The launcher: what it says when it cannot go on, and that it hands over what was asked for."""

import ast
import runpy
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import run

SOURCE = (run.ROOT / "run.py").read_text("utf-8")


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def reason(stopped: pytest.ExceptionInfo[SystemExit]) -> tuple[str, str]:
    """The Chinese and the English line of a stop."""
    chinese, english = str(stopped.value).split("\n")
    assert any("一" <= letter <= "鿿" for letter in chinese)
    assert english.isascii()
    return chinese, english


def imports(nodes: Sequence[ast.AST]) -> set[str]:
    """The top-level packages that these statements import."""
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {
        name.split(".")[0]
        for name in plain | {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}
    }


def test_it_imports_nothing_but_the_standard_library() -> None:
    found = imports(list(ast.walk(ast.parse(SOURCE))))
    assert {"subprocess", "tomllib"} <= found <= sys.stdlib_module_names


def test_an_old_python_can_still_read_it() -> None:
    tree = ast.parse(SOURCE, feature_version=(3, 7))
    assert "tomllib" not in imports(tree.body)


def test_it_stays_short() -> None:
    assert len(SOURCE.splitlines()) <= 200


@pytest.mark.parametrize("version", [(3, 7, 16), (3, 10, 13), (2, 7, 18)])
def test_an_old_python_is_told_what_is_needed(version: tuple[int, int, int]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run.check_python(version)
    for line in reason(stopped):
        assert "3.11" in line
        assert ".".join(map(str, version)) in line


def test_a_32_bit_python_is_told_to_change() -> None:
    with pytest.raises(SystemExit) as stopped:
        run.check_python((3, 12, 1), bits=32)
    assert "32-bit" in reason(stopped)[1]


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 2), (4, 0, 0)])
def test_a_new_enough_python_passes(version: tuple[int, int, int]) -> None:
    assert run.check_python(version) is None


def test_a_taken_port_is_named_with_another_to_try(taken_port: int) -> None:
    with pytest.raises(SystemExit) as stopped:
        run.check_port(taken_port)
    chinese, english = reason(stopped)
    assert f"端口 {taken_port}" in chinese
    assert f"Port {taken_port}" in english
    assert "LINGRID_PORT=" in chinese


def test_a_free_port_passes() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    assert run.check_port(port) is None


def test_the_port_comes_from_the_environment_then_the_file_then_8501(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINGRID_DATA", str(tmp_path))
    monkeypatch.delenv("LINGRID_PORT", raising=False)
    assert run.chosen_port() == 8501
    (tmp_path / "settings.toml").write_text("port = 9100")
    assert run.chosen_port() == 9100
    monkeypatch.setenv("LINGRID_PORT", "9200")
    assert run.chosen_port() == 9200


def test_a_broken_settings_file_is_left_to_the_office_to_explain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINGRID_DATA", str(tmp_path))
    monkeypatch.delenv("LINGRID_PORT", raising=False)
    (tmp_path / "settings.toml").write_text("port = = 1")
    assert run.chosen_port() == 8501


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80.5"])
def test_a_senseless_port_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGRID_PORT", text)
    with pytest.raises(SystemExit) as stopped:
        run.chosen_port()
    assert text in reason(stopped)[1]


def test_a_prepared_folder_hands_over_and_returns_the_exit_code(tmp_path: Path) -> None:
    for name in ("run.py", *run.TESTS):
        shutil.copy(run.ROOT / name, tmp_path)
    launcher = runpy.run_path(str(tmp_path / "run.py"))
    launcher["PYTHON"].parent.mkdir(parents=True)
    launcher["PYTHON"].symlink_to(sys.executable)
    (tmp_path / ".venv" / "requirements.txt.installed").write_text(
        launcher["fingerprint"](launcher["OFFICE"])
    )
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "__main__.py").write_text("import sys\nprint(sys.argv[1:])\nsys.exit(7)\n")
    ended = subprocess.run(
        [sys.executable, str(tmp_path / "run.py"), "backup", "a b"], capture_output=True, text=True, cwd="/"
    )
    assert (ended.returncode, ended.stdout) == (7, "['backup', 'a b']\n")
