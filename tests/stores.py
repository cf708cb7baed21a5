"""The two databases an office may stand on, for tests: files to copy, and a PostgreSQL started for the tests alone.

A test that opens an office through the fixtures `office` or `town` runs once on each. Nothing has to be set up: where
the programs of PostgreSQL are, a server is started in a folder of its own and ended with the tests. With
LINGRID_TEST_POSTGRES a server that runs already is used; its address is that of a role that may make databases.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Protocol

import psycopg
import pytest

from core.kernel.crypto import Keyring
from core.kernel.database import Office
from core.kernel.postgresql import prepare
from core.kernel.settings import Settings

KEYS = Keyring({"k1": b"k" * 32})
HURRIED = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "max_connections=200",
)
"""Nothing in a test outlives the machine it runs on."""
Make = Callable[[Office], None]


class Compiled(dict[Any, Any]):
    """Statements compiled for any engine of one kind of database: each test opens a new one, and compiling anew was
    a third of all the time. SQLAlchemy tells them apart by their dialect object, here its name does."""

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__((key[0].name, *key[1:]))

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), value)

    def get(self, key: Any, default: Any = None) -> Any:
        """As of a dict."""
        return super().get((key[0].name, *key[1:]), default)


COMPILED = Compiled()


def programs() -> Path | None:
    """The folder with PostgreSQL's server programs, the newest version first; None when they are not here."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True
    )
    found = [*debian, *map(Path, os.environ.get("PATH", "").split(os.pathsep))]
    return next((path for path in found if (path / "initdb").exists()), None)


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _user() -> dict[str, Any]:
    """PostgreSQL does not run as root: then it runs as its own user, or as nobody."""
    if os.name == "nt" or os.geteuid():
        return {}
    names = {each.pw_name for each in pwd.getpwall()}
    return {"user": "postgres" if "postgres" in names else "nobody", "group": "nogroup", "extra_groups": ()}


def _end_with_parent() -> None:
    if shutil.which("true") and Path("/proc").exists():
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def wait_until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Look again and again until something holds; AssertionError when it never does."""
    until = monotonic() + seconds
    while not holds():
        assert monotonic() < until, "it never came to hold"
        sleep(0.02)


class Server:
    """A PostgreSQL in a folder, on a port of this machine only."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder, self.port = folder, port or free_port()
        self.data = folder / "data"
        self.bin = programs() or Path()
        self._running: subprocess.Popen[bytes] | None = None

    def url(self, name: str = "postgres") -> str:
        """The address of a database as its superuser."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's programs, as the user the server runs as."""
        command = [str(self.bin / program), *arguments]
        done = subprocess.run(command, capture_output=True, cwd=self.folder, check=False, **_user())
        assert done.returncode == 0, done.stderr.decode()

    def make(self) -> "Server":
        """Make its files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if user := _user():
            shutil.chown(self.folder, user["user"])
        arguments = (
            "-A",
            "trust",
            "-U",
            "postgres",
            "--locale=C",
            "--encoding=UTF8",
            "-N",
            "--no-instructions",
        )
        self.run("initdb", "-D", str(self.data), *arguments)
        return self

    def start(self, *options: str) -> "Server":
        """Start it and wait until it answers."""
        told = [f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}"]
        arguments = [word for option in (*told, *(options or HURRIED)) for word in ("-c", option)]
        log = (self.folder / "server.log").open("ab")
        self._running = subprocess.Popen(
            [str(self.bin / "postgres"), "-D", str(self.data), *arguments],
            cwd=self.folder,
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_parent,
            **_user(),
        )
        self._wait()
        return self

    def _wait(self) -> None:
        until = monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                if monotonic() > until or (self._running and self._running.poll() is not None):
                    raise
                sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT in good order, SIGQUIT as a crash does."""
        if self._running is not None:
            self._running.send_signal(how)
            self._running.wait(timeout=60)
            self._running = None


MEMORY, ROOM = Path("/dev/shm"), 3_000_000_000
"""A folder in memory, and the bytes it must have free: making a database for each test is all writing."""


def _folder() -> Path | None:
    """Where servers are made: in memory where there is room, else where temporary files go."""
    has_room = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if has_room else None


@contextmanager
def server() -> Iterator[Server]:
    """A server of the tests' own, gone afterwards."""
    with tempfile.TemporaryDirectory("", "lingrid-pg-", _folder(), ignore_cleanup_errors=True) as name:
        os.chmod(name, 0o755)
        running = Server(Path(name) / "pg").make().start()
        try:
            yield running
        finally:
            running.stop()


@contextmanager
def follower_of(first: Server) -> Iterator[Server]:
    """A streaming replica of a server, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lingrid-pg-", ignore_cleanup_errors=True) as name:
        os.chmod(name, 0o755)
        second = Server(Path(name) / "pg")
        second.folder.mkdir()
        if user := _user():
            shutil.chown(second.folder, user["user"])
        where = ("-h", "127.0.0.1", "-p", str(first.port), "-U", "postgres")
        second.run("pg_basebackup", *where, "-D", str(second.data), "-R", "-c", "fast", "-N")
        second.start()
        try:
            yield second
        finally:
            second.stop()


class Store(Protocol):
    """A kind of database: gives fresh offices, empty or as a copy of one that was made once."""

    def fresh(self, folder: Path) -> Settings:
        """Settings of an office without a single table."""
        ...

    def copy(self, name: str, make: Make, folder: Path) -> Settings:
        """Settings of an office that `make` filled; it is asked once for each name."""
        ...


class Files:
    """SQLite: a template is a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fresh(self, folder: Path) -> Settings:
        """Settings of an office without a single table."""
        return Settings(data=folder, demo="none", database_url="")

    def copy(self, name: str, make: Make, folder: Path) -> Settings:
        """Settings of an office that `make` filled; it is asked once for each name."""
        template = self.folder / name
        if not template.exists():
            template.mkdir()
            office = Office(self.fresh(template), KEYS)
            make(office)
            office.close()
        shutil.copyfile(template / "office.db", folder / "office.db")
        return self.fresh(folder)


class Databases:
    """PostgreSQL: a template is a database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = psycopg.connect(url, autocommit=True)
        self._templates: set[str] = set()
        self._given: list[str] = []

    def at(self, name: str) -> str:
        """The address of a database."""
        return self.url.rpartition("/")[0] + "/" + name

    def do(self, statement: str) -> None:
        """A statement about databases."""
        self._connection.execute(statement)  # type: ignore[call-overload]

    def _name(self, word: str) -> str:
        name = f"lingrid_{os.getpid()}_{len(self._given)}_{word}"
        self._given.append(name)
        return name

    def fresh(self, folder: Path) -> Settings:
        """Settings of an office without a single table."""
        url = self.at(self._name("fresh"))
        prepare(url)
        return Settings(data=folder, demo="none", database_url=url)

    def copy(self, name: str, make: Make, folder: Path) -> Settings:
        """Settings of an office that `make` filled; it is asked once for each name."""
        template = f"lingrid_{os.getpid()}_{name}"
        if name not in self._templates:
            prepare(self.at(template))
            office = Office(Settings(data=folder, demo="none", database_url=self.at(template)), KEYS)
            make(office)
            office.close()
            self._templates.add(name)
        given = self._name(name)
        self.do(f"CREATE DATABASE {given} TEMPLATE {template} STRATEGY file_copy")
        return Settings(data=folder, demo="none", database_url=self.at(given))

    def tidy(self) -> None:
        """Drop what tests were given."""
        while self._given:
            self.do(f"DROP DATABASE IF EXISTS {self._given.pop()} WITH (FORCE)")

    def close(self) -> None:
        """Drop everything."""
        self._given += [f"lingrid_{os.getpid()}_{name}" for name in self._templates]
        self.tidy()
        self._connection.close()


def tamper(office: Office, statement: str) -> None:
    """Change the audit log as only the owner of the database can: with its guards taken away."""
    guards = {
        "sqlite": [f"DROP TRIGGER audit_entry_no_{verb}" for verb in ("update", "delete")],
        "postgresql": ["ALTER TABLE audit_entry DISABLE TRIGGER ALL"],
    }
    with office.writer.begin() as connection:
        for each in (*guards[connection.dialect.name], statement):
            connection.exec_driver_sql(each)


def wanted_or_skip() -> None:
    """Skip a test when there is no PostgreSQL to try; under CI there must be one."""
    if os.environ.get("LINGRID_TEST_POSTGRES") or programs():
        return
    if os.environ.get("LINGRID_CI"):
        pytest.exit("the tests must run on PostgreSQL too, and there is none: see .ci/run", returncode=1)
    pytest.skip("PostgreSQL is not installed, so this is tried on SQLite only (apt install postgresql)")
