#!/usr/bin/env python3
"""Start LinGrid with nothing but Python: `python3 run.py`, and `python3 run.py test` for its tests.

Standard library only, and written so that an old Python still reads it and can say that it is too old.
"""

import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import List, NoReturn, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
ROOM = 1.5e9  # bytes: the environment itself, pip's downloads, the tools of the tests
OFFICE = ["requirements.txt", "requirements.lock"]
TESTS = ["requirements-dev.txt", "requirements-dev.lock", *OFFICE]
TEST_DEFAULTS = ["-n", "2", "--dist=loadfile"]

HELP = """邻格 LinGrid
  python3 run.py                启动（首次自动安装） start the office, installing it the first time
  python3 run.py test [...]     运行全部测试         run the tests; the rest goes to pytest
  python3 run.py setup          只准备运行环境       only prepare the environment
  python3 run.py <command>      管理命令             any command of `python -m core`: demo, user, backup ...

  LINGRID_PORT=8502             端口                 port of the web server
  LINGRID_DATA=<folder>         数据文件夹           database, keys, files and backups
  LINGRID_WHEELS=<folder>       断网安装包文件夹     install from a folder of wheels, without a network"""


def stop(chinese: str, english: str) -> NoReturn:
    """End with exit code 1 and the reason, Chinese first."""
    raise SystemExit(chinese + "\n" + english)


def check_python(version: Sequence[object], bits: int = 64) -> None:
    """Stop on a Python that cannot run the office: too old, or the 32-bit build."""
    found, oldest = ".".join(map(str, version[:3])), ".".join(map(str, OLDEST))
    if tuple(version[:2]) < OLDEST or bits < 64:
        stop(
            f"需要 64 位的 Python {oldest} 或更高版本，当前是 {bits} 位的 {found}。请换新版运行 run.py。",
            f"A 64-bit Python {oldest} or newer is needed; this is {found}, {bits}-bit. Install one.",
        )


def chosen_port() -> int:
    """The port from LINGRID_PORT, else from settings.toml in the data folder, else 8501."""
    import tomllib  # newer than the oldest Python that must be able to read this file

    folder = Path(os.environ.get("LINGRID_DATA") or ROOT / "data" / "local")
    settings = {"port": 8501}
    with suppress(OSError, ValueError):  # no such file, or a broken one: the office itself says what is wrong
        settings.update(tomllib.loads((folder / "settings.toml").read_text("utf-8")))
    text = str(os.environ.get("LINGRID_PORT") or settings["port"])
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        stop(
            f"端口 {text} 无效，应为 1 到 65535 的整数，例如 LINGRID_PORT=8502。",
            f"Port {text} is not valid: it is a number from 1 to 65535, such as LINGRID_PORT=8502.",
        )
    return int(text)


def check_port(port: int) -> None:
    """Stop if the port cannot be had, on this machine's own address or on all of them."""
    try:
        for host in ("127.0.0.1", "0.0.0.0"):
            with socket.socket() as probe:
                if os.name == "posix":  # a port left a moment ago is free; Windows would share a busy one
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
    except OSError:
        other = min(port + 1, 65534)
        stop(
            f"端口 {port} 不能用，也许邻格已在运行，或被别的程序占用。可设置 LINGRID_PORT={other} 后重启。",
            f"Port {port} is taken; perhaps LinGrid runs already. For another set LINGRID_PORT={other}.",
        )


def check_folder(is_first: bool) -> None:
    """Stop if the program's folder takes no files or, the first time, has no room for the environment."""
    try:
        tempfile.TemporaryFile(dir=str(ROOT)).close()
    except OSError:
        stop(
            f"文件夹不可写：{ROOT}。请把程序移到您有写权限的文件夹。",
            f"Cannot write to {ROOT}. Move the program to a folder that is yours.",
        )
    free = shutil.disk_usage(str(ROOT)).free
    if is_first and free < ROOM:
        stop(
            f"磁盘空间不足：首次安装需要 {ROOM / 1e9:.1f} GB，现在只剩 {free / 1e9:.1f} GB。",
            f"Not enough disk space: {ROOM / 1e9:.1f} GB are needed at first, {free / 1e9:.1f} GB are free.",
        )


def fingerprint(files: List[str]) -> str:
    """What a stamp in .venv says; changes with the requirement files and with Python's version."""
    contents = [(ROOT / name).read_bytes() for name in files]
    return hashlib.sha256(repr((sys.version_info[:2], contents)).encode()).hexdigest()


def is_venv_sound() -> bool:
    """Whether .venv is whole and belongs to this version of Python."""
    config, version = VENV / "pyvenv.cfg", " = {}.{}.".format(*sys.version_info[:2])
    if not PYTHON.exists() or not config.exists() or version not in config.read_text("utf-8"):
        return False
    return subprocess.run([str(PYTHON), "-m", "pip", "--version"], stdout=subprocess.DEVNULL).returncode == 0


def make_venv() -> None:
    """Make .venv, or make it anew."""
    missing = not (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"))
    if missing or subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)]).returncode:
        stop(
            "无法创建运行环境 .venv，多半缺少 venv 组件。Debian、统信、麒麟：sudo apt install python3-venv",
            "Cannot make .venv; most often venv is missing. Debian and Ubuntu: sudo apt install python3-venv",
        )


def pip_install(files: List[str]) -> None:
    """Let pip install the requirement files; a second try carries on from what is there."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    if os.environ.get("LINGRID_WHEELS"):
        command += ["--no-index", "--find-links", os.path.abspath(os.environ["LINGRID_WHEELS"])]
    if subprocess.run([*command, "-r", str(ROOT / files[0])]).returncode:
        fetch = f"python3 -m pip download -r {files[0]} -d wheels"
        stop(
            "安装没有完成（原因见上），多半是连不上网络。检查网络后重新运行，会接着装。"
            f"断网安装：在能上网的同类电脑上运行 {fetch}，拷来 wheels 后设置 LINGRID_WHEELS=wheels。",
            "The install did not finish (see above); most often there is no network. Run again to carry on. "
            f"Without one: {fetch} on a like computer that has, bring the folder, set LINGRID_WHEELS=wheels.",
        )


def prepare(*wanted: List[str]) -> None:
    """Install requirement files unless that is done already; the last ones given include the others."""
    stamps = {VENV / (files[0] + ".installed"): fingerprint(files) for files in wanted}
    if PYTHON.exists() and all(stamp.exists() and stamp.read_text() == stamps[stamp] for stamp in stamps):
        return
    check_folder(is_first=not any(stamp.exists() for stamp in stamps))
    print("正在准备运行环境，首次需要几分钟……\nPreparing; the first time takes minutes ...", flush=True)
    if not is_venv_sound():
        make_venv()
    for stamp in stamps:
        stamp.unlink(missing_ok=True)
    pip_install(wanted[-1])
    for stamp, text in stamps.items():  # last of all, so that an interrupted install is taken up again
        stamp.write_text(text)


def hand_over(arguments: List[str]) -> int:
    """Become the environment's Python in the program's folder; Windows: wait for it, give its exit code."""
    os.chdir(str(ROOT))
    if os.name != "nt":
        os.execv(str(PYTHON), [str(PYTHON), *arguments])
    child = subprocess.Popen([str(PYTHON), *arguments])
    while True:
        with suppress(KeyboardInterrupt):  # Ctrl-C reached the child as well: let it end in its own way
            return child.wait()


def run(command: str, rest: List[str]) -> int:
    """Check, prepare, and hand over to what was asked for."""
    check_python(sys.version_info, sys.maxsize.bit_length() + 1)
    if command == "serve":
        check_port(chosen_port())
    prepare(*([OFFICE, TESTS] if command == "test" else [OFFICE]))
    if command == "setup":
        print("运行环境已就绪。启动：python3 run.py\nReady. Start: python3 run.py")
        return 0
    if command == "test":
        return hand_over(["-m", "pytest", *(rest or TEST_DEFAULTS)])
    return hand_over(["-m", "core", command, *rest])


def main(arguments: List[str]) -> int:
    """Run what the command line asks for, or help; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console without Chinese still gets the English
    if {"-h", "--help", "help"} & set(arguments[:1]):
        print(HELP)
        return 0
    try:
        return run((arguments or ["serve"])[0], arguments[1:])
    except KeyboardInterrupt:
        stop("已中断，重新运行会接着做。", "Interrupted; run again to carry on.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
