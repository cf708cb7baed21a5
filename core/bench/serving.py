"""A real server on the bench's office: `python -m core serve` in a process of its own, on its own port."""

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
        known = dict(line.split(":", 1) for line in self._told("status").splitlines())
        return int(known["VmHWM"].split()[0]) / 1000 if known else None

    def processor_seconds(self) -> float | None:
        """Processor time so far: it says more than a clock on a busy machine; None where not known."""
        values = self._told("stat").rpartition(")")[2].split()
        return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK") if values else None

    def _told(self, name: str) -> str:
        """What Linux says about the process; "" elsewhere."""
        file = Path(f"/proc/{self.process.pid}/{name}")
        return file.read_text(encoding="utf-8") if file.exists() else ""


@contextmanager
def served(folder: Path, port: int = 0, url: str = "") -> Iterator[Served]:
    """Serve the folder for the length of the block; port 0 takes a free one.

    Raises Unavailable with what the server said when it does not start.
    """
    chosen = port or _free_port()
    with tempfile.TemporaryDirectory() as place:
        output = Path(place) / "serve.log"
        with output.open("wb") as told:
            begun = perf_counter()
            command, around = [sys.executable, "-m", "core", "serve"], _environment(folder, chosen, url)
            process = subprocess.Popen(command, cwd=ROOT, env=around, stdout=told, stderr=told)
            try:
                yield _answering(Served(f"http://{HOST}:{chosen}", process, begun, output))
            finally:
                process.terminate()
                process.wait()


def _environment(folder: Path, port: int, url: str) -> dict[str, str]:
    """Ours without any setting of the office that the bench is started from."""
    kept = {n: value for n, value in os.environ.items() if not n.startswith(("LINGRID_", "STREAMLIT_"))}
    ours = {
        "DATA": folder.resolve(),
        "DEMO": "none",
        "ADDRESS": HOST,
        "PORT": port,
        "PUBLIC_URL": f"http://{HOST}:{port}",
        "DATABASE_URL": url,
    }
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
