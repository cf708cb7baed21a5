"""The gateway that speaks HTTP, against a server of our own."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from pydantic import SecretStr

from core.kernel.problems import Unavailable
from core.kernel.settings import Settings
from core.sms_gateways import http

Taken = list[tuple[dict[str, str], str]]


@pytest.fixture
def server() -> Iterator[tuple[str, Taken]]:
    """Its address, and the headers and bodies that came; /full refuses."""
    taken: Taken = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(503 if self.path == "/full" else 200)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Nothing: a log would hold the number."""

    made = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}", taken
    made.shutdown()
    made.server_close()


def chosen(monkeypatch: pytest.MonkeyPatch, **values: object) -> None:
    """The settings of the office."""
    made = Settings(**values)  # type: ignore[arg-type]
    monkeypatch.setattr(http, "settings", lambda: made)


def test_json_by_default(server: tuple[str, Taken], monkeypatch: pytest.MonkeyPatch) -> None:
    address, taken = server
    chosen(monkeypatch, sms_url=address, sms_headers=SecretStr("Authorization: Bearer k\nX-App: 1"))
    http.HTTP.send("19900001111", '验证码 "12"\n34')
    headers, body = taken[0]
    assert json.loads(body) == {"phone": "19900001111", "text": '验证码 "12"\n34'}
    assert headers["authorization"] == "Bearer k" and headers["x-app"] == "1"


def test_a_form_where_the_provider_wants_one(
    server: tuple[str, Taken], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, taken = server
    kind = SecretStr("Content-Type: application/x-www-form-urlencoded")
    chosen(monkeypatch, sms_url=address, sms_body="to={phone}&msg={text}", sms_headers=kind)
    http.HTTP.send("19900001111", "验证码 1&2")
    assert parse_qs(taken[0][1]) == {"to": ["19900001111"], "msg": ["验证码 1&2"]}


@pytest.mark.parametrize("path", ["/full", None])
def test_a_gateway_that_does_not_take_it_is_told(
    server: tuple[str, Taken], monkeypatch: pytest.MonkeyPatch, path: str | None
) -> None:
    chosen(monkeypatch, sms_url=server[0] + path if path else "http://127.0.0.1:9")
    with pytest.raises(Unavailable):
        http.HTTP.send("19900001111", "x")


def test_without_an_address_there_is_no_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen(monkeypatch)
    assert not http.HTTP.is_set()
