"""A real server on the bench's office: `python -m core serve` in a process of its own, on a port of its own."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

import httpx

from core.kernel.i18n import _
from core.kernel.problems import Unavailable
from core.kernel.settings import ROOT

HOST = "127.0.0.1"
LONGEST_START = 120.0
STEP = 0.02


@dataclass(frozen=True)
class Served:
    """A running server: where it is, its process, and the moment at which it was started."""

    origin: str
    process: subprocess.Popen[bytes]
    begun: float
    output: Path

    def peak_megabytes(self) -> float | None:
        """The most memory that it has held so far; None where the system does not say (Linux does)."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return None
        known = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        return int(known["VmHWM"].split()[0]) / 1000


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[Served]:
    """Serve the folder for the length of the block; port 0 takes a free one. Raises Unavailable with what it said."""
    chosen = port or _free_port()
    with tempfile.TemporaryDirectory() as place:
        output = Path(place) / "serve.log"
        with output.open("wb") as told:
            begun = perf_counter()
            process = subprocess.Popen(
                [sys.executable, "-m", "core", "serve"], cwd=ROOT, env=_environment(folder, chosen), stdout=told, stderr=told
            )
            try:
                yield _answering(Served(f"http://{HOST}:{chosen}", process, begun, output))
            finally:
                process.terminate()
                process.wait()


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Ours without any setting of the office that the bench is started from."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINGRID_", "STREAMLIT_"))}
    ours = {"DATA": folder.resolve(), "PORT": port, "ADDRESS": HOST, "DEMO": "none", "PUBLIC_URL": f"http://{HOST}:{port}"}
    return {**kept, **{f"LINGRID_{name}": str(value) for name, value in ours.items()}}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def _answering(server: Served) -> Served:
    """The server as soon as it answers."""
    while perf_counter() - server.begun < LONGEST_START and server.process.poll() is None:
        try:
            if httpx.get(f"{server.origin}/api/health", trust_env=False).json()["ok"]:
                return server
        except (httpx.TransportError, ValueError):
            sleep(STEP)
    said = server.output.read_text(encoding="utf-8", errors="replace").strip()[-600:]
    raise Unavailable(_("The server of the bench does not start: {said}").format(said=said))
