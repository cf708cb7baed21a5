"""Several processes of one office behind nginx, as docs/nginx.conf sets them up: one office for whoever works in it."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.bench.visitor import Visitor, sign_in
from core.demo.build import build
from core.kernel import audit, database
from core.kernel.database import Office
from core.kernel.lease import alone
from core.kernel.opening import open_office
from core.kernel.problems import Unavailable
from core.kernel.settings import ROOT
from tests import stores
from tests.offices import chosen

T = TypeVar("T")
PASSWORD = "Linge-2026"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
AROUND = """
{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ }}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  log_format where "$upstream_addr $uri"; access_log {folder}/access.log where;
  include {folder}/office.conf;
}}
"""


@dataclass
class Running:
    """An office, its processes by the name of their route, and where nginx answers for them."""

    office: Office
    origin: str
    ports: dict[str, int]
    processes: dict[str, subprocess.Popen[bytes]]
    folder: Path

    def enter(self, route: str, login: str = "li") -> str:
        """Sign in through nginx at one of the processes; the Cookie header."""
        cookie = sign_in(self.origin, login, PASSWORD)
        return re.sub(r"route=\w", f"route={route}", cookie)

    def answered(self) -> Counter[int]:
        """How often each port has answered so far."""
        lines = (self.folder / "access.log").read_text(encoding="utf-8").splitlines()
        return Counter(int(line.split()[0].rpartition(":")[2]) for line in lines if ":" in line.split()[0])


def _serve(folder: Path, url: str, port: int, origin: str) -> subprocess.Popen[bytes]:
    kept = {n: value for n, value in os.environ.items() if not n.startswith(("LINGRID_", "STREAMLIT_"))}
    ours = {"DATA": folder, "DEMO": "none", "PORT": port, "PUBLIC_URL": origin, "DATABASE_URL": url}
    log = (folder / f"server-{port}.log").open("wb")
    return subprocess.Popen(
        [sys.executable, "-m", "core", "serve"],
        cwd=ROOT,
        env={**kept, **{f"LINGRID_{name}": str(value) for name, value in ours.items()}},
        stdout=log,
        stderr=log,
    )


def _nginx(folder: Path, origin_port: int, ports: dict[str, int]) -> subprocess.Popen[bytes]:
    """nginx with the file that the documentation gives, on other ports."""
    text = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    for known, port in (("8501", ports["a"]), ("8502", ports["b"]), ("8080", origin_port)):
        text = text.replace(known, str(port))
    (folder / "office.conf").write_text(text, encoding="utf-8")
    (folder / "nginx.conf").write_text(
        AROUND.format(folder=folder, user="" if os.geteuid() else "user root;"), encoding="utf-8"
    )
    return subprocess.Popen([str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")])


def _answers(origin: str) -> bool:
    try:
        return httpx.get(f"{origin}/api/health", trust_env=False).is_success
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def running(databases: stores.Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The invented community on PostgreSQL, served by two processes behind nginx."""
    if NGINX is None:
        if os.environ.get("LINGRID_CI"):
            pytest.exit("nginx is missing: see .ci/run", returncode=1)
        pytest.skip(
            "nginx is not installed, so nothing stands before the processes (apt install nginx-light)"
        )
    folder = tmp_path_factory.mktemp("processes")
    made = databases.fresh(folder).url
    office = open_office(chosen(folder, database_url=made))
    build(office, scale="grid", seed=1)
    database.use(office)
    front, ports = stores.free_port(), {"a": stores.free_port(), "b": stores.free_port()}
    origin = f"http://127.0.0.1:{front}"
    processes = {name: _serve(folder, made, port, origin) for name, port in ports.items()}
    nginx = _nginx(folder, front, ports)
    try:
        for port in (*ports.values(), front):
            stores.wait_until(lambda port=port: _answers(f"http://127.0.0.1:{port}"), 120)
        yield Running(office, origin, ports, processes, folder)
    finally:
        for each in (nginx, *processes.values()):
            each.terminate()
            each.wait(timeout=30)
        database.use(None)
        office.close()
        databases.tidy()


def finished(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives, run in a thread of its own: a browser of other tests may keep a loop in this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


def look(running: Running, cookie: str, page: str = "people") -> float:
    """Open a page through nginx; Unavailable when it breaks or nobody is signed in."""

    async def go() -> float:
        async with Visitor(running.origin, cookie) as tab:
            await tab.open()
            return await tab.open(page)

    return finished(go())


def test_both_processes_serve_whoever_comes_through_nginx(running: Running) -> None:
    for route in running.ports:
        look(running, running.enter(route))
    assert set(running.answered()) >= set(running.ports.values())


def test_a_browser_stays_with_its_process(running: Running) -> None:
    cookie = running.enter("b")
    before = running.answered()
    for _time in range(3):
        look(running, cookie)
    after = running.answered()
    assert after[running.ports["b"]] > before[running.ports["b"]]
    assert after[running.ports["a"]] == before[running.ports["a"]]


def test_who_signed_in_at_one_is_known_at_the_other_and_signed_out_at_both(running: Running) -> None:
    cookie = running.enter("a")
    other = cookie.replace("route=a", "route=b")
    for each in (cookie, other):
        look(running, each)
    told = {"cookie": cookie, "origin": running.origin}
    assert httpx.post(f"{running.origin}/api/session/end", headers=told, json={}, trust_env=False).is_success
    for each in (cookie, other):
        with pytest.raises(Unavailable):
            look(running, each)


def test_a_file_arrives_at_the_process_that_asked_for_it(running: Running) -> None:
    async def upload() -> list[int]:
        cookie = running.enter("a")
        async with Visitor(running.origin, cookie) as tab:
            await tab.open()
            asked = BackMsg()
            asked.file_urls_request.request_id = "one"
            asked.file_urls_request.file_names.append("照片.jpg")
            await tab.connection.send(asked.SerializeToString())
            while True:
                message = ForwardMsg.FromString(await tab._message())
                if message.WhichOneof("type") == "file_urls_response":
                    break
            path = message.file_urls_response.file_urls[0].upload_url
            proof = httpx.get(f"{running.origin}/_stcore/health", headers={"cookie": cookie}, trust_env=False)
            xsrf = proof.cookies["_streamlit_xsrf"]
            cookie += f"; _streamlit_xsrf={xsrf}"
            told = {"cookie": cookie, "origin": running.origin, "x-xsrftoken": xsrf}
            sent = {"files": {"file": ("照片.jpg", b"\xff\xd8" + b"x" * 3_000_000)}, "trust_env": False}
            right = httpx.put(running.origin + path, headers=told, **sent)  # type: ignore[arg-type]
            told["cookie"] = cookie.replace("route=a", "route=b")
            sent["files"] = {
                "file": ("照片.jpg", b"\xff\xd8")
            }  # a refusal amid a long body would be asked again
            wrong = httpx.put(running.origin + path, headers=told, **sent)  # type: ignore[arg-type]
            return [right.status_code, wrong.status_code]

    right, wrong = finished(upload())
    assert right < 300 <= wrong


def test_no_restore_under_either_of_them(running: Running) -> None:
    with pytest.raises(Unavailable), alone(running.office.settings):
        pass


def test_one_is_killed_and_its_people_go_on_at_the_other(running: Running) -> None:
    cookie = running.enter("a")
    look(running, cookie)
    running.processes["a"].kill()
    running.processes["a"].wait()
    look(running, cookie)
    assert look(running, running.enter("b")) > 0
    assert audit.verify(running.office.reader).holds
