"""The launcher installs only what has changed, takes up what was interrupted, and says why it cannot."""

import errno
import runpy
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

import run
from tests.test_run import reason


@pytest.fixture
def pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A copy of the requirement files in a folder of its own, where programs are noted instead of run."""
    for name in run.TESTS:
        shutil.copy(run.ROOT / name, tmp_path)
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=9e9))
    monkeypatch.delenv("LINGRID_WHEELS", raising=False)
    noted = SimpleNamespace(calls=[], exit_code=0)
    noted.installs = lambda: [call for call in noted.calls if "install" in call]

    def program(command: list[str], **_: object) -> SimpleNamespace:
        noted.calls.append(command)
        if "venv" in command:
            make_venv(tmp_path)
        return SimpleNamespace(returncode=noted.exit_code if "install" in command else 0)

    monkeypatch.setattr(subprocess, "run", program)
    return noted


def make_venv(folder: Path, version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """What `python -m venv` leaves, as far as the launcher looks at it."""
    (folder / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
    (folder / ".venv" / "bin" / "python").touch()
    (folder / ".venv" / "pyvenv.cfg").write_text(f"version = {'.'.join(map(str, version))}\n")


def test_too_little_disk_stops_the_first_install_before_it_begins(
    pip: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2e8))
    with pytest.raises(SystemExit) as stopped:
        run.prepare(run.OFFICE)
    assert "磁盘空间不足" in reason(stopped)[0]
    assert "0.2 GB" in reason(stopped)[1]
    assert pip.calls == []


def test_a_small_update_does_not_ask_for_the_space_of_a_first_install(
    pip: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.prepare(run.OFFICE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2e8))
    (run.ROOT / "requirements.lock").write_text("typer==0.0\n")
    run.prepare(run.OFFICE)
    assert len(pip.installs()) == 2


def test_a_folder_that_takes_no_files_is_named(pip: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(SystemExit) as stopped:
        run.prepare(run.OFFICE)
    assert str(run.ROOT) in reason(stopped)[0]
    assert pip.calls == []


def test_a_python_without_venv_says_what_to_install(
    pip: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SystemExit) as stopped:
        run.prepare(run.OFFICE)
    assert all("apt install python3-venv" in line for line in reason(stopped))
    assert pip.calls == []


def test_a_failing_pip_speaks_of_the_network_and_of_the_wheels_folder(pip: SimpleNamespace) -> None:
    pip.exit_code = 1
    with pytest.raises(SystemExit) as stopped:
        run.prepare(run.OFFICE)
    chinese, english = reason(stopped)
    assert "连不上网络" in chinese
    assert "no network" in english
    assert all("LINGRID_WHEELS=wheels" in line and "pip download" in line for line in (chinese, english))


def test_an_install_that_failed_is_taken_up_again(pip: SimpleNamespace) -> None:
    pip.exit_code = 1
    with pytest.raises(SystemExit):
        run.prepare(run.OFFICE)
    pip.exit_code = 0
    run.prepare(run.OFFICE)
    assert len(pip.installs()) == 2


def test_a_failed_update_leaves_no_stamp_of_the_version_before(pip: SimpleNamespace) -> None:
    before = (run.ROOT / "requirements.lock").read_text("utf-8")
    run.prepare(run.OFFICE)
    (run.ROOT / "requirements.lock").write_text("typer==0.0\n")
    pip.exit_code = 1
    with pytest.raises(SystemExit):
        run.prepare(run.OFFICE)
    pip.exit_code = 0
    (run.ROOT / "requirements.lock").write_text(before, "utf-8")
    run.prepare(run.OFFICE)
    assert len(pip.installs()) == 3


def test_a_second_start_runs_nothing(pip: SimpleNamespace) -> None:
    run.prepare(run.OFFICE)
    pip.calls.clear()
    run.prepare(run.OFFICE)
    assert pip.calls == []


def test_changed_requirements_are_installed(pip: SimpleNamespace) -> None:
    run.prepare(run.OFFICE)
    (run.ROOT / "requirements.txt").write_text("typer\n")
    run.prepare(run.OFFICE)
    assert [call[-1] for call in pip.installs()] == [str(run.ROOT / "requirements.txt")] * 2


def test_the_tests_add_their_own_requirements_once(pip: SimpleNamespace) -> None:
    run.prepare(run.OFFICE)
    run.prepare(run.OFFICE, run.TESTS)
    run.prepare(run.OFFICE, run.TESTS)
    run.prepare(run.OFFICE)
    assert [Path(call[-1]).name for call in pip.installs()] == ["requirements.txt", "requirements-dev.txt"]


def test_a_venv_of_another_python_is_made_anew(pip: SimpleNamespace, tmp_path: Path) -> None:
    make_venv(tmp_path, (3, 6, 1))
    run.prepare(run.OFFICE)
    assert pip.calls[0][1:4] == ["-m", "venv", "--clear"]


def test_a_sound_venv_is_kept(pip: SimpleNamespace, tmp_path: Path) -> None:
    make_venv(tmp_path)
    run.prepare(run.OFFICE)
    assert not any("venv" in call for call in pip.calls)


def test_a_folder_of_wheels_replaces_the_network(
    pip: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LINGRID_WHEELS", "wheels")
    run.prepare(run.OFFICE)
    (call,) = pip.installs()
    assert call[call.index("--no-index") + 1 :][:2] == ["--find-links", str(tmp_path / "wheels")]


@pytest.mark.parametrize(
    ("typed", "handed_over"),
    [
        (["serve", "--now"], ["-m", "core", "serve", "--now"]),
        ([], ["-m", "core", "serve"]),
        (["backup", "a.zip"], ["-m", "core", "backup", "a.zip"]),
        (["test"], ["-m", "pytest", "-n", "2", "--dist=loadfile"]),
        (["test", "-k", "run"], ["-m", "pytest", "-k", "run"]),
    ],
)
def test_arguments_are_passed_on_and_the_exit_code_comes_back(
    typed: list[str], handed_over: list[str], pip: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(run, "hand_over", lambda arguments: asked.append(arguments) or 5)
    monkeypatch.setattr(run, "check_port", lambda _: None)
    assert run.main(typed) == 5
    assert asked == [handed_over]
    assert len(pip.installs()) == 1


def test_setup_prepares_and_starts_nothing(pip: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["setup"]) == 0
    assert "运行环境已就绪" in capsys.readouterr().out
    assert len(pip.installs()) == 1


def test_a_port_that_cannot_be_had_is_told_before_anything_is_installed(
    pip: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv("LINGRID_PORT", str(other.getsockname()[1]))
        with pytest.raises(SystemExit, match="LINGRID_PORT"):
            run.main([])
    assert pip.calls == []


def test_ctrl_c_during_the_install_says_that_it_will_carry_on(
    pip: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "pip_install", interrupt)
    with pytest.raises(SystemExit) as stopped:
        run.main(["setup"])
    assert "已中断" in reason(stopped)[0]


def test_help_names_the_commands_and_installs_nothing(
    pip: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["run.py", "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(Path(run.__file__)), run_name="__main__")
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("run.py test", "run.py setup", "LINGRID_PORT", "LINGRID_WHEELS"))
    assert pip.calls == []
